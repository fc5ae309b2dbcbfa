// A loopback proxy in front of a real API server that notes every request on its way: the witness of what a program asks for.
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {request as secureRequest} from 'node:https';
import type {IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {ClusterFacts} from '../cluster/harness.ts';

/** One request as it came by. */
export type Seen = {
  readonly method: string;
  readonly url: string;
  /** Whom it is made as, when that is somebody else. */
  readonly as?: string | undefined;
  /** What it carried; complete once the server has answered. */
  body: string;
};

/** True for what changes something or types into a container: not for reads, dry runs, and questions about one's own rights. */
export const isWrite = ({method, url}: Pick<Seen, 'method' | 'url'>): boolean => {
  const {pathname, searchParams} = new URL(url, 'http://server');
  if (/\/pods\/[^/]+\/(?:exec|attach)$/.test(pathname)) return true;
  if (method === 'GET' || searchParams.getAll('dryRun').includes('All')) return false;
  return !/^\/apis\/auth(?:orization|entication)[.]k8s[.]io\/[^/]+\/self/.test(pathname);
};

/** A proxy that runs, and a kubeconfig's text that leads through it with the administrator's rights. */
export type Witness = AsyncDisposable & {
  readonly seen: readonly Seen[];
  readonly writes: () => readonly Seen[];
  readonly kubeconfig: string;
  readonly server: string;
  /** Starts to look anew. */
  readonly forget: () => void;
};

const asOf = ({headers}: IncomingMessage): string | undefined => headers['impersonate-user'] as string | undefined;

/** Starts one. Upgrades are noted and refused. */
export const witnessOf = async (facts: ClusterFacts): Promise<Witness> => {
  const ca = readFileSync(facts.certificateAuthority);
  const token = /token: "?([^"\s]+)"?/.exec(readFileSync(facts.kubeconfigs.admin, 'utf8'))?.[1] ?? '';
  const target = new URL(facts.server);
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const one: Seen = {method: request.method ?? '', url: request.url ?? '', as: asOf(request), body: ''};
    seen.push(one);
    request.on('data', (chunk: Buffer) => (one.body += chunk.toString('utf8')));
    const onward = secureRequest(
      {
        host: target.hostname,
        port: target.port,
        path: request.url,
        method: request.method,
        headers: {...request.headers, authorization: `Bearer ${token}`},
        ca,
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        // A watch without news sends its headers at once, too.
        response.flushHeaders();
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  server.on('upgrade', (request, socket) => {
    seen.push({method: request.method ?? '', url: request.url ?? '', as: asOf(request), body: ''});
    socket.end('HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  const part = (name: string, what: string, body: string): string => `${what}s:\n- name: ${name}\n  ${what}: ${body}\n`;
  return {
    seen,
    writes: () => seen.filter(isWrite),
    kubeconfig: `apiVersion: v1\nkind: Config\n${part('w', 'cluster', `{server: "http://127.0.0.1:${port}"}`)}${part('w', 'user', '{}')}${part('w', 'context', '{cluster: w, user: w}')}current-context: w\n`,
    server: `http://127.0.0.1:${port}`,
    forget: () => void seen.splice(0),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

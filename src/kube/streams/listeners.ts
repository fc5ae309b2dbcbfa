// Local TCP listeners of a port-forward, with kubectl's rules for `localhost`: both 127.0.0.1 and ::1, one of them is enough.
import {createServer, isIPv4, isIPv6, type Server, type Socket} from 'node:net';
import {KdeckError} from '../../base/errors.ts';

/** One address that is listened on. */
export type Listening = {readonly address: string; readonly port: number};

/** Result of opening listeners: what listens, and the words about what does not. */
export type OpenedListeners = {
  readonly listening: readonly Listening[];
  /** Set when the port counts as not forwarded. */
  readonly error: string | undefined;
  readonly close: () => Promise<void>;
};

type Wanted = {readonly address: string; readonly needed: 'one' | 'each'};

/** Addresses of `--address`, in kubectl's order. */
export const addressesOf = (given: readonly string[]): readonly Wanted[] => {
  if (given.length === 0) throw new KdeckError('KD-FORWARD-ADDRESS', 'you must specify at least 1 address');
  const wanted = new Map<string, Wanted>();
  for (const address of given) {
    if (address === 'localhost') {
      for (const local of ['127.0.0.1', '::1']) if (!wanted.has(local)) wanted.set(local, {address: local, needed: 'one'});
    } else if (isIPv4(address) || isIPv6(address)) wanted.set(address, {address, needed: 'each'});
    else throw new KdeckError('KD-FORWARD-ADDRESS', `${address} is not a valid IP`);
  }
  return [...wanted.values()].toSorted((a, b) => (a.address < b.address ? -1 : 1));
};

const WORDS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'bind: address already in use',
  EADDRNOTAVAIL: 'bind: cannot assign requested address',
  EACCES: 'bind: permission denied',
  EAFNOSUPPORT: 'socket: address family not supported by protocol',
};

const listen = (address: string, port: number, onConnection: (socket: Socket) => void): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer({allowHalfOpen: true, pauseOnConnect: true, noDelay: true}, onConnection);
    server.once('error', reject);
    server.listen({host: address, port, ipv6Only: isIPv6(address)}, () => {
      server.off('error', reject);
      resolve(server);
    });
  });

const hostPort = (address: string, port: number): string => (isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`);

/**
 * Listens on every address. Port 0 takes a free one, the same for all addresses. Connections come paused and half-open.
 */
export const openListeners = async (
  addresses: readonly string[],
  wantedPort: number,
  onConnection: (socket: Socket) => void,
): Promise<OpenedListeners> => {
  const wanted = addressesOf(addresses);
  const servers: Server[] = [];
  const listening: Listening[] = [];
  const errors: string[] = [];
  const failed = {one: 0, each: 0};
  let port = wantedPort;
  for (const {address, needed} of wanted) {
    try {
      const server = await listen(address, port, onConnection);
      servers.push(server);
      const bound = server.address();
      if (bound !== null && typeof bound === 'object') port = bound.port;
      listening.push({address, port});
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      failed[needed] += 1;
      errors.push(
        `unable to create listener: Error listen ${isIPv6(address) ? 'tcp6' : 'tcp4'} ${hostPort(address, port)}: ${WORDS[code] ?? code}`,
      );
    }
  }
  const allFailed =
    failed.one > 0 && !wanted.some(({needed, address}) => needed === 'one' && listening.some((one) => one.address === address));
  const error =
    allFailed || failed.each > 0 ? `Listeners failed to create with the following errors: [${errors.join(' ')}]` : undefined;
  return {
    listening,
    error,
    close: async () => {
      await Promise.all(servers.map((server) => new Promise<void>((done) => void server.close(() => done()))));
    },
  };
};

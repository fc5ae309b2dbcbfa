// Port-forwards to a real pod: many connections at once with whole bodies, refused ports, replaced pods.
import {createHash} from 'node:crypto';
import {get} from 'node:http';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {openForward, type ForwardState} from '../../../src/operations/forward.ts';
import {execute} from '../../../src/operations/exec.ts';
import {Writable} from 'node:stream';
import {until} from '../../support/streams/loopback.ts';
import {onCluster, place, POD, type Place} from './place.ts';

const fetchHash = (port: number, path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const hash = createHash('md5');
    get({host: '127.0.0.1', port, path, agent: false}, (response) => {
      response.on('data', (part: Buffer) => hash.update(part));
      response.on('end', () => resolve(hash.digest('hex')));
      response.on('error', reject);
    }).on('error', reject);
  });

const HTTPD =
  'mkdir /www; i=0; while [ $i -lt 20 ]; do head -c $((50000 + i * 7001)) /dev/urandom > /www/$i; i=$((i+1)); done; exec httpd -f -p 8080 -h /www';

describe.skipIf(!onCluster)('port-forward to a real pod', () => {
  let at: Place;
  beforeAll(async () => {
    at = await place('forward');
    await at.pod('web', [{name: 'main', command: ['sh', '-c', HTTPD]}]);
    await at.create({group: 'apps', version: 'v1', plural: 'deployments'}, {
      metadata: {name: 'site'},
      spec: {
        replicas: 1,
        selector: {matchLabels: {app: 'site'}},
        template: {
          metadata: {labels: {app: 'site'}},
          spec: {
            terminationGracePeriodSeconds: 0,
            containers: [
              {
                name: 'main',
                image: 'kdeck.test/busybox:1',
                imagePullPolicy: 'IfNotPresent',
                command: ['sh', '-c', 'mkdir /www; hostname > /www/who; exec httpd -f -p 8080 -h /www'],
                ports: [{name: 'http', containerPort: 8080}],
              },
            ],
          },
        },
      },
    } as never);
  });
  afterAll(() => at[Symbol.asyncDispose]());

  test('20 connections at once, every body whole', async () => {
    const parts: Buffer[] = [];
    await execute(at.cluster.client, {
      namespace: at.namespace,
      pod: 'web',
      command: ['sh', '-c', 'cd /www; i=0; while [ $i -lt 20 ]; do md5sum $i; i=$((i+1)); done'],
      tty: false,
      stdout: new Writable({write: (chunk: Buffer, _encoding, done) => (parts.push(chunk), done())}),
    });
    const expected = Buffer.concat(parts)
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]);
    expect(expected).toHaveLength(20);
    const forward = await openForward(
      at.cluster.client,
      {...POD, kind: 'Pod', namespace: at.namespace, name: 'web'},
      {spec: ':8080'},
    );
    await using _ = forward;
    const port = forward.listening[0]?.port ?? 0;
    expect(await Promise.all(expected.map((_hash, i) => fetchHash(port, `/${i}`)))).toEqual(expected);
  });

  test('a port nobody listens on is told', async () => {
    const troubles: string[] = [];
    const forward = await openForward(
      at.cluster.client,
      {...POD, kind: 'Pod', namespace: at.namespace, name: 'web'},
      {spec: ':81', onTrouble: (text) => troubles.push(text)},
    );
    await using _ = forward;
    await expect(fetchHash(forward.listening[0]?.port ?? 0, '/')).rejects.toThrow();
    expect(troubles.join()).toMatch(/connection refused/i);
    expect(forward.state.phase).toBe('ready');
  });

  test('follows a Deployment to its next pod', async () => {
    const states: ForwardState[] = [];
    const forward = await openForward(
      at.cluster.client,
      {group: 'apps', version: 'v1', plural: 'deployments', kind: 'Deployment', namespace: at.namespace, name: 'site'},
      {spec: ':http', onState: (state) => states.push(state)},
    );
    await using _ = forward;
    await until(() => states.at(-1)?.phase === 'ready', 'a pod', 60_000);
    const port = forward.listening[0]?.port ?? 0;
    const first = forward.state.phase === 'ready' ? forward.state.to.pod : '';
    const hash = createHash('md5').update(`${first}\n`).digest('hex');
    await until(async () => (await fetchHash(port, '/who').catch(() => '')) === hash, 'the first pod answers', 20_000);
    await at.cluster.client.request({
      method: 'DELETE',
      path: `/api/v1/namespaces/${at.namespace}/pods/${first}`,
      body: {gracePeriodSeconds: 0},
    });
    await until(() => forward.state.phase === 'ready' && forward.state.to.pod !== first, 'the next pod', 60_000);
    const second = forward.state.phase === 'ready' ? forward.state.to.pod : '';
    const nextHash = createHash('md5').update(`${second}\n`).digest('hex');
    await until(async () => (await fetchHash(port, '/who').catch(() => '')) === nextHash, 'the next pod answers', 20_000);
    expect(states.map(({phase}) => phase)).toContain('rebinding');
  });
});

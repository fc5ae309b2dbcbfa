// Logs of a real container runtime: 200,000 lines complete, a follow that is cut and resumed, restarts.
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {followLog, linesOf, readLog, wholeLines} from '../../../src/operations/logs.ts';
import type {KubeClient} from '../../../src/kube/client.ts';
import {onCluster, place, type Place} from './place.ts';

describe.skipIf(!onCluster)('logs of a real kubelet', () => {
  let at: Place;
  beforeAll(async () => {
    at = await place('logs');
    await at.pod('many', [{name: 'main', command: ['sh', '-c', 'seq 1 200000; sleep 3600']}]);
    await at.pod(
      'slow',
      [{name: 'main', command: ['sh', '-c', 'i=0; while [ $i -lt 400 ]; do i=$((i+1)); echo $i; usleep 20000; done']}],
      {restartPolicy: 'Never'},
    );
    await at.pod('again', [{name: 'main', command: ['sh', '-c', 'echo begin; usleep 500000; echo end; exit 1']}]);
  });
  afterAll(() => at[Symbol.asyncDispose]());

  test('200,000 lines come complete and in order while following', async () => {
    const stream = await readLog(at.cluster.client, {namespace: at.namespace, pod: 'many', container: 'main', follow: true});
    let count = 0;
    for await (const block of wholeLines(stream.body)) {
      for (const line of linesOf(block)) {
        count += 1;
        if (line.toString() !== `${count}\n`) throw new Error(`line ${count} is ${JSON.stringify(line.toString())}`);
      }
      if (count === 200_000) break;
    }
    stream.close();
    expect(count).toBe(200_000);
  });

  test('a follow that is cut again and again loses and repeats nothing', async () => {
    const {client} = at.cluster;
    let cuts = 0;
    // Ends each log stream after a while, as a proxy would.
    const cutting = {
      ...({} as KubeClient),
      request: client.request.bind(client),
      stream: async (request: Parameters<KubeClient['stream']>[0]) => {
        const stream = await client.stream(request);
        if (!request.path.endsWith('/log')) return stream;
        const body = async function* (): AsyncGenerator<Buffer> {
          let bytes = 0;
          for await (const chunk of stream.body) {
            yield chunk;
            bytes += chunk.length;
            if (bytes > 3000 && cuts < 5) {
              cuts += 1;
              stream.close();
              return;
            }
          }
        };
        return {...stream, body: body()};
      },
    } as KubeClient;
    const numbers: number[] = [];
    const kinds = new Set<string>();
    for await (const event of followLog(cutting, {namespace: at.namespace, pod: 'slow', container: 'main', follow: true})) {
      kinds.add(event.type);
      if (event.type === 'lines') numbers.push(...event.lines.map(({text}) => Number(text)));
    }
    expect(cuts).toBe(5);
    expect(numbers).toEqual(Array.from({length: 400}, (_, i) => i + 1));
    expect(kinds.has('gap')).toBe(false);
    expect(kinds.has('ended')).toBe(true);
  });

  test('goes on with the next instance of a container that restarts', async () => {
    const stop = new AbortController();
    const texts: string[] = [];
    for await (const event of followLog(
      at.cluster.client,
      {namespace: at.namespace, pod: 'again', container: 'main', follow: true},
      {signal: stop.signal},
    )) {
      if (event.type === 'lines') texts.push(...event.lines.map(({text}) => text));
      if (event.type === 'restarted') texts.push('--');
      if (texts.filter((text) => text === '--').length === 1 && texts.at(-1) === 'end') stop.abort();
    }
    expect(texts.join(' ')).toMatch(/(^|-- )begin end -- begin end$/);
  });

  test("the server's sentence about a wrong container is kept", async () => {
    await expect(readLog(at.cluster.client, {namespace: at.namespace, pod: 'many', container: 'nope'})).rejects.toThrow(
      'container nope is not valid for pod many',
    );
  });
});

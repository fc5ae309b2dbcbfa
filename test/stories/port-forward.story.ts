// Port-forwards, by a person: started from a form, used from outside, alive when the pod is replaced, stopped by a key.
import {get} from 'node:http';
import {createServer} from 'node:net';
import type {AddressInfo} from 'node:net';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {freshNamespace} from '../support/cluster/namespace.ts';
import type {StoryNamespace} from '../support/cluster/namespace.ts';
import type {Deck} from '../support/deck/deck.ts';
import {openRealDeck} from '../support/deck/real.ts';

let shop: StoryNamespace;
let deck: Deck | undefined;

const opens = async (line: string): Promise<Deck> =>
  (deck = await openRealDeck(shop.facts.kubeconfigs.admin, {namespaces: [shop.name], size: [140, 40], line}));

const read = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    get({host: '127.0.0.1', port, path: '/who', agent: false, timeout: 10_000}, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('end', () => resolve(text.trim()));
      response.on('error', reject);
    }).on('error', reject);
  });

/** Local port of the first forward, as the screen says it. */
const portShown = (of: Deck): number => Number(/localhost:(\d+)/.exec(of.terminal.text())?.[1] ?? 0);

beforeAll(async () => {
  shop = await freshNamespace('forward');
  await shop.kubectl(
    'create',
    'deployment',
    'site',
    '--image=kdeck.test/busybox:1',
    '--port=8080',
    '--',
    'sh',
    '-c',
    'mkdir /www; hostname > /www/who; exec httpd -f -p 8080 -h /www',
  );
  await shop.kubectl('patch', 'deployment', 'site', '-p', '{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":0}}}}');
  await shop.kubectl('expose', 'deployment', 'site', '--port=80', '--target-port=8080');
  await shop.kubectl('rollout', 'status', 'deployment/site', '--timeout=120s');
});
afterEach(async () => {
  await deck?.ends();
  deck = undefined;
});
afterAll(() => shop?.remove());

/** Name of the one pod that is not going away. */
const podNow = async (): Promise<string> => {
  const {items} = JSON.parse(await shop.kubectl('get', 'pods', '-l', 'app=site', '-o', 'json')) as {
    items: {metadata: {name: string; deletionTimestamp?: string}}[];
  };
  return items.find(({metadata}) => metadata.deletionTimestamp === undefined)?.metadata.name ?? '';
};

test('a forward to a Deployment serves, outlives its screen and its pod, and ends when it is told to', async () => {
  const of = await opens('deployments');
  await of.waits('the list', () => of.rowProblem('site', {READY: '1/1'}) === undefined);
  await of.does('object.port-forward');
  await of.waits('the form', () => of.session.showing.overlay === 'dialog');
  // The port stands there, read from the Deployment.
  of.saw('8080, of container busybox');
  of.saw('localhost:8080 will lead to port 8080');
  await of.presses('enter', 'ctrl+u');
  await of.types('0');
  of.saw('a free port of localhost');
  await of.presses('enter');
  await of.waits('the forward', () => of.terminal.text().includes('1 forward'));

  await of.does('app.forwards');
  await of.waits('it is ready', () => /localhost:\d+ +deployment site .* ready /.test(of.terminal.text()));
  const port = portShown(of);
  const first = await podNow();
  expect(await read(port)).toBe(first);
  await of.waits('the connection is counted', () => of.session.app.forwards[0]?.connections === 1);

  // Somewhere else in kdeck it goes on.
  await of.goes('configmaps');
  expect(await read(port)).toBe(first);

  await shop.kubectl('delete', 'pod', first, '--wait=false');
  await of.waits('another pod', () => {
    const state = of.session.app.forwards[0]?.state;
    return state?.phase === 'ready' && state.to.pod !== first;
  });
  const second = await podNow();
  expect(second).not.toBe(first);
  await of.waits('a word about it', () => of.terminal.text().includes(`goes on with pod ${second}`));
  await expect.poll(() => read(port).catch(() => ''), {timeout: 20_000}).toBe(second);

  await of.does('app.forwards');
  await of.waits('the new pod in the list', () => of.terminal.text().includes(second));
  await of.does('forwards.stop');
  await of.waits('nothing left', () => of.terminal.text().includes('Nothing is forwarded'));
  of.missed('1 forward ');
  await expect(read(port)).rejects.toThrow(/ECONNREFUSED/);
});

test('without any pod it waits and says so, and goes on when one comes', async () => {
  await shop.kubectl('scale', 'deployment', 'site', '--replicas=0');
  await shop.kubectl('wait', '--for=delete', 'pod', '-l', 'app=site', '--timeout=60s');
  const of = await opens('services');
  await of.waits('the list', () => of.rowProblem('site') === undefined);
  await of.does('object.port-forward');
  await of.waits('the form', () => of.session.showing.overlay === 'dialog');
  of.saw('80, of the Service');
  // Port 80 is not for everybody to listen on: a free one is offered.
  of.saw('a free port of localhost');
  await of.presses('enter', 'enter');
  await of.does('app.forwards');
  await of.waits('it waits', () => of.terminal.text().includes('no running pod'));
  await shop.kubectl('scale', 'deployment', 'site', '--replicas=1');
  await of.waits('it is ready', () => / ready /.test(of.terminal.text()));
  expect(await read(portShown(of))).toBe(await podNow());
  await of.presses('enter');
  of.saw('Stop forwarding localhost:');
  await of.presses('tab', 'enter');
  await of.waits('nothing left', () => of.terminal.text().includes('Nothing is forwarded'));
});

test('a local port that is taken is told, stays in the list with its reason, and nothing is forwarded', async () => {
  const other = createServer();
  // Both addresses of localhost, where there are two.
  await new Promise<void>((resolve) => other.listen(0, () => resolve()));
  const {port} = other.address() as AddressInfo;
  const of = await opens('deployments');
  try {
    await of.waits('the list', () => of.rowProblem('site', {}) === undefined);
    await of.does('object.port-forward');
    await of.waits('the form', () => of.session.showing.overlay === 'dialog');
    await of.presses('enter', 'ctrl+u');
    await of.types(String(port));
    await of.presses('enter');
    await of.does('app.forwards');
    await of.waits('the reason', () => of.terminal.text().includes(`port ${port} of this machine is in use`));
  } finally {
    other.close();
  }
});

import type {ServerResponse} from 'node:http';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {follow, names, when, whenPhase} from '../../test/support/live/settled.ts';
import {Gate} from '../../test/support/live/gate.ts';
import {ServedList} from '../../test/support/live/served-list.ts';
import {
  cutBeforeAnswer,
  cutBody,
  held,
  json,
  retryAfter,
  silence,
  status,
  text,
  truncatedJson,
} from '../../test/support/wire-faults/answers.ts';
import {clientFor} from '../../test/support/wire-faults/client.ts';
import {startFaultyServer, type FaultyServer} from '../../test/support/wire-faults/server.ts';
import type {KubeClient} from '../kube/client.ts';
import type {KubeObject} from '../kube/types/object.ts';
import type {ReflectorTiming} from '../kube/watch/timing.ts';
import {kind} from '../resources/kind.ts';
import type {Phase} from './live-list.ts';
import {openWatchCache, type CacheOptions, type ClusterCache} from './watch-cache.ts';

type Thing = KubeObject & {status?: {phase?: string}; spec?: {nodeName?: string}};

const pods = kind<Thing>({
  ref: {group: '', version: 'v1', plural: 'pods'},
  kind: 'Pod',
  singular: 'pod',
  shortNames: [],
  namespaced: true,
  family: 'workloads',
  columns: [],
  keep: ['status.phase', 'spec.nodeName'],
});
const nodes = kind<Thing>({
  ...pods,
  ref: {group: '', version: 'v1', plural: 'nodes'},
  kind: 'Node',
  singular: 'node',
  namespaced: false,
});

const ALL = {namespaces: 'all'} as const;
const PODS = '/api/v1/pods';

/** So short that a test takes no time, except for waits a test is about. */
const FAST: ReflectorTiming = {
  retry: {first: 5, longest: 20},
  slowRetry: {first: 20, longest: 40},
  poll: 30,
  shortWatch: 0,
  grace: 10,
  slow: 5000,
  watchSilence: 20_000,
  listSilence: 20_000,
  watchAnswer: 20_000,
  listAnswer: 20_000,
  watchSeconds: [300, 600],
};

let server: FaultyServer;
let client: KubeClient;
let cache: ClusterCache;

const opened = (options: CacheOptions = {}): ClusterCache => (cache = openWatchCache(client, {timing: FAST, grace: 0, ...options}));
const errorOf = (phase: Phase): string => ('error' in phase ? phase.error.message : '');
const forbidden = status(403, 'Forbidden', 'pods is forbidden: User "x" cannot list resource "pods" in API group ""');

beforeEach(async () => {
  server = await startFaultyServer({tls: false});
  client = await clientFor(server.kubeconfig(), {transport: 'live'});
});
afterEach(async () => {
  await cache[Symbol.asyncDispose]();
  await client[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

describe('a live list', () => {
  it('needs one list and one watch when it is small, and follows what happens', async () => {
    const served = new ServedList(server, PODS);
    served.add('a', {spec: {nodeName: 'n1', secret: 'not kept'}, status: {phase: 'Running'}});
    const list = opened().open(pods, ALL);
    expect(list.phase).toStrictEqual({is: 'loading', received: 0});
    const reports = follow(list);
    await whenPhase(list, 'live');
    expect([...list.items.values()]).toStrictEqual([
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {name: 'a', namespace: 'default', uid: 'uid-1', resourceVersion: '101'},
        spec: {nodeName: 'n1'},
        status: {phase: 'Running'},
      },
    ]);
    await server.waitFor(served.watch);
    expect(served.lists.map(({query}) => query.get('limit'))).toStrictEqual(['500']);
    expect(Object.fromEntries(served.watches[0]?.query ?? [])).toMatchObject({allowWatchBookmarks: 'true', resourceVersion: '101'});
    expect(Number(served.watches[0]?.query.get('timeoutSeconds'))).toBeGreaterThanOrEqual(300);

    const before = list.items.get('uid-1');
    const {revision} = list;
    served.add('b');
    served.change('a', {status: {phase: 'Failed'}});
    await when(list, ({items}) => items.size === 2 && items.get('uid-1') !== before);
    expect(before?.status?.phase).toBe('Running');
    expect(list.items.get('uid-1')?.status?.phase).toBe('Failed');
    expect(list.revision).toBeGreaterThan(revision);
    served.remove('b');
    await when(list, ({items}) => items.size === 1);
    expect(reports.removed()).toStrictEqual(['uid-2']);
    expect(reports.phases).toStrictEqual(['loading', 'live']);
  });

  it('paints the first page, and then takes the rest in one list that may be cached by the server', async () => {
    const served = new ServedList(server, PODS);
    for (let index = 0; index < 1200; index++) served.add(`pod-${index}`);
    const rest = held(served.answer());
    server.next((seen) => seen.path === PODS && seen.query.get('limit') === null, rest.answer);
    const list = opened().open(pods, ALL);
    await when(list, ({items}) => items.size === 500);
    expect(list.phase).toStrictEqual({is: 'loading', received: 500});
    await rest.reached;
    rest.release();
    await whenPhase(list, 'live');
    expect(list.items.size).toBe(1200);
    await server.waitFor(served.watch);
    expect(served.lists.map(({query}) => [query.get('limit'), query.get('resourceVersion')])).toStrictEqual([
      ['500', null],
      [null, '0'],
    ]);
    expect(served.watches).toHaveLength(1);
  });

  it('drops what the first page showed and the whole list does not', async () => {
    const served = new ServedList(server, PODS);
    for (let index = 0; index < 600; index++) served.add(`pod-${index}`);
    const rest = held(served.answer());
    server.next((seen) => seen.path === PODS && seen.query.get('limit') === null, rest.answer);
    const list = opened().open(pods, ALL);
    await when(list, ({items}) => items.size === 500);
    await rest.reached;
    served.remove('pod-3');
    rest.release();
    await whenPhase(list, 'live');
    expect(list.items.size).toBe(599);
    expect(names(list)).not.toContain('pod-3');
  });

  it('finds objects by namespace, node, owner and label, also after they changed', async () => {
    const served = new ServedList(server, PODS);
    served.add('a', {spec: {nodeName: 'n1'}}, {labels: {app: 'web'}, ownerReferences: [{uid: 'rs-1'}]});
    served.add('b', {spec: {nodeName: 'n1'}}, {namespace: 'other', labels: {app: 'web'}});
    served.add('c', {spec: {nodeName: 'n2'}}, {labels: {app: 'db'}});
    const list = opened().open(pods, ALL);
    await whenPhase(list, 'live');
    const by = (index: 'namespace' | 'node' | 'owner' | 'label', key: string) =>
      list.by(index, key).map(({metadata}) => metadata.name);
    expect(by('namespace', 'other')).toStrictEqual(['b']);
    expect(by('node', 'n1')).toStrictEqual(['a', 'b']);
    expect(by('owner', 'rs-1')).toStrictEqual(['a']);
    expect(by('label', 'app=web')).toStrictEqual(['a', 'b']);
    served.change('b', {spec: {nodeName: 'n2'}});
    served.remove('c');
    await when(list, ({items}) => items.size === 2);
    expect(by('node', 'n1')).toStrictEqual(['a']);
    expect(by('node', 'n2')).toStrictEqual(['b']);
    expect(by('label', 'app=db')).toStrictEqual([]);
  });

  it('asks the server for selectors and keeps such lists apart', async () => {
    const served = new ServedList(server, PODS);
    opened();
    cache.open(pods, {namespaces: 'all', labelSelector: 'app=web'});
    cache.open(pods, {namespaces: 'all', fieldSelector: 'spec.nodeName=n1'});
    const seen = await server.waitFor(served.list, 2);
    const asked = seen.map(({query}) => `${query.get('labelSelector')} ${query.get('fieldSelector')}`);
    expect(new Set(asked)).toStrictEqual(new Set(['app=web null', 'null spec.nodeName=n1']));
  });

  it('releases the first change at once and then at most ten times a second', async () => {
    const served = new ServedList(server, PODS);
    const list = opened().open(pods, ALL);
    await whenPhase(list, 'live');
    await server.waitFor(served.watch);
    const times: number[] = [];
    list.subscribe(() => times.push(performance.now()));
    const writing = setInterval(() => {
      served.add(`p${served.version}`);
      served.add(`p${served.version}`);
    }, 2);
    await when(list, () => times.length >= 6);
    clearInterval(writing);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThan(90);
    await when(list, ({items}) => items.size === served.objects.size);
  });
});

describe('a live list in trouble', () => {
  it('resumes a cut watch from where it was, without listing and without a word', async () => {
    const served = new ServedList(server, PODS);
    served.add('a');
    const list = opened({timing: {...FAST, grace: 10_000}}).open(pods, ALL);
    const reports = follow(list);
    await whenPhase(list, 'live');
    await server.waitFor(served.watch);
    served.cutWatches();
    served.add('b');
    await when(list, ({items}) => items.size === 2);
    expect(served.lists).toHaveLength(1);
    expect(served.watches[1]?.query.get('resourceVersion')).toBe('101');
    expect(reports.phases).toStrictEqual(['loading', 'live']);
    expect(reports.changed()).toStrictEqual(['uid-1', 'uid-2']);
  });

  it('resumes from the last bookmark after the server ended the watch', async () => {
    const served = new ServedList(server, PODS);
    served.add('a');
    const list = opened().open(pods, ALL);
    await whenPhase(list, 'live');
    await server.waitFor(served.watch);
    const reports = follow(list);
    served.bookmark();
    served.bookmark();
    served.endWatches();
    await server.waitFor(served.watch, 2);
    expect(served.watches[1]?.query.get('resourceVersion')).toBe('103');
    expect(reports.changes).toStrictEqual([]);
  });

  it.each(['in the watch', 'when it is opened'])(
    'lists again when its version is too old, told %s, and reports real changes only',
    async (where) => {
      const served = new ServedList(server, PODS);
      for (const name of ['same', 'changed', 'gone']) served.add(name);
      const list = opened().open(pods, ALL);
      await whenPhase(list, 'live');
      await server.waitFor(served.watch);
      const same = list.items.get('uid-1');
      const reports = follow(list);
      served.silently(() => {
        served.change('changed', {status: {phase: 'Failed'}});
        served.remove('gone');
        served.add('new');
      });
      if (where === 'in the watch') served.expire();
      else {
        served.compact();
        served.cutWatches();
      }
      await when(list, () => reports.removed().length > 0);
      await server.waitFor((seen) => served.watch(seen) && Number(seen.query.get('resourceVersion')) >= 107);
      await whenPhase(list, 'live');
      expect(reports.changed().toSorted()).toStrictEqual(['uid-2', 'uid-4']);
      expect(reports.removed()).toStrictEqual(['uid-3']);
      expect(list.items.get('uid-1')).toBe(same);
      // Never older than what was already shown.
      expect(Number(served.lists[1]?.query.get('resourceVersion'))).toBeGreaterThanOrEqual(103);
    },
  );

  it('takes a server whose history went back, as after a restored backup', async () => {
    const served = new ServedList(server, PODS);
    served.add('a');
    const list = opened().open(pods, ALL);
    await whenPhase(list, 'live');
    await server.waitFor(served.watch);
    const tooLarge = status(504, 'Timeout', 'Too large resource version: 101, current: 7', {
      causes: [{reason: 'ResourceVersionTooLarge', message: 'Too large resource version'}],
    });
    server.next(served.watch, tooLarge);
    served.silently(() => served.add('b'));
    served.cutWatches();
    await when(list, ({items}) => items.size === 2);
    expect(served.lists.at(-1)?.query.get('resourceVersion')).toBeNull();
  });

  it.each([
    [
      'cut in the middle',
      cutBody(JSON.stringify({kind: 'PodList', metadata: {resourceVersion: '1'}, items: [{metadata: {name: 'x', uid: 'x'}}]}), 60),
    ],
    [
      'truncated JSON',
      truncatedJson({kind: 'PodList', metadata: {resourceVersion: '1'}, items: [{metadata: {name: 'x', uid: 'x'}}]}, 70),
    ],
    ['a login page', text('<html>please log in</html>', 200, {'content-type': 'text/html'})],
    ['JSON that is no list', json({hello: 'world'})],
    ['a server error', status(500, 'InternalError', 'etcd is on fire')],
  ])('says what is wrong with a first list: %s; and comes up by itself', async (_name, answer) => {
    const served = new ServedList(server, PODS);
    served.add('a');
    server.next(served.list, answer);
    const list = opened().open(pods, ALL);
    await whenPhase(list, 'stale');
    expect(errorOf(list.phase)).not.toBe('');
    await whenPhase(list, 'live');
    expect(names(list)).toStrictEqual(['a']);
  });

  it('comes up when the first answer never came', async () => {
    const served = new ServedList(server, PODS);
    served.add('a');
    server.next(served.list, cutBeforeAnswer());
    const list = opened().open(pods, ALL);
    await whenPhase(list, 'live');
    expect(names(list)).toStrictEqual(['a']);
  });

  it('waits as long as the server asks for with 429', async () => {
    const served = new ServedList(server, PODS);
    served.add('a');
    server.next(served.list, retryAfter(429, 0));
    const list = opened().open(pods, ALL);
    await whenPhase(list, 'live');
    expect(served.lists).toHaveLength(2);
  });

  it('keeps the picture, marks it stale and comes back by itself when the server restarts', async () => {
    await using gate = await Gate.before(server.port);
    await using behind = await clientFor(server.kubeconfig({}, {server: `http://127.0.0.1:${gate.port}`}), {transport: 'live'});
    const served = new ServedList(server, PODS);
    served.add('a');
    cache = openWatchCache(behind, {timing: FAST});
    const list = cache.open(pods, ALL);
    await whenPhase(list, 'live');
    await server.waitFor(served.watch);
    await gate.shut();
    served.add('b');
    await whenPhase(list, 'stale');
    const {phase} = list;
    expect(errorOf(phase)).toMatch(/refused/);
    expect(phase).toMatchObject({since: expect.any(Date)});
    expect(names(list)).toStrictEqual(['a']);
    await gate.open();
    await when(list, ({items}) => items.size === 2);
    await whenPhase(list, 'live');
    expect(served.lists).toHaveLength(1);
    await cache[Symbol.asyncDispose]();
  });

  it('leaves a connection that is dead without a word, also where all watches share it', async () => {
    await using shared = await startFaultyServer({http2: true});
    await using gate = await Gate.before(shared.port);
    await using behind = await clientFor(shared.kubeconfig({}, {server: `https://127.0.0.1:${gate.port}`}), {
      transport: 'live',
      dialTimeouts: {quiet: 50},
    });
    const served = new ServedList(shared, PODS);
    served.add('a');
    cache = openWatchCache(behind, {timing: FAST});
    const list = cache.open(pods, ALL);
    await whenPhase(list, 'live');
    await shared.waitFor(served.watch);
    gate.freeze();
    served.add('b');
    await when(list, ({items}) => items.size === 2);
    expect(served.lists).toHaveLength(1);
    // The list's own, the watch's, and the one that the watch went over to.
    expect(new Set(shared.requests.map(({connection}) => connection)).size).toBe(3);
    await cache[Symbol.asyncDispose]();
  });

  it('notices a watch that has fallen silent, and opens a new one', async () => {
    const served = new ServedList(server, PODS);
    served.add('a');
    const list = opened({timing: {...FAST, watchSilence: 30}}).open(pods, ALL);
    await server.waitFor(served.watch, 3);
    expect(served.lists).toHaveLength(1);
    expect(names(list)).toStrictEqual(['a']);
  });

  it('gives up a watch that is never answered, and a list that stops in the middle', async () => {
    const served = new ServedList(server, PODS);
    served.add('a');
    server.next(served.watch, silence());
    server.next(served.list, ({response}) => {
      (response as ServerResponse).writeHead(200, {'content-type': 'application/json'}).write('{"kind":"PodList","items":[');
    });
    const list = opened({timing: {...FAST, watchAnswer: 30, listSilence: 30}}).open(pods, ALL);
    await whenPhase(list, 'stale');
    await whenPhase(list, 'live');
    await server.waitFor(served.watch, 2);
    served.add('b');
    await when(list, ({items}) => items.size === 2);
  });

  it('lists again after a watch event that is not readable', async () => {
    const served = new ServedList(server, PODS);
    served.add('a');
    const list = opened().open(pods, ALL);
    await whenPhase(list, 'live');
    await server.waitFor(served.watch);
    served.silently(() => served.add('b'));
    served.send('{"type":"MODIFIED","obj\n');
    await when(list, ({items}) => items.size === 2);
    expect(served.lists).toHaveLength(2);
  });

  it('does not race a server that ends every watch at once', async () => {
    const served = new ServedList(server, PODS);
    const waits = {first: 40, longest: 80};
    const list = opened({timing: {...FAST, shortWatch: 1000, retry: waits}}).open(pods, ALL);
    await whenPhase(list, 'live');
    const start = performance.now();
    server.always(
      served.watch,
      ({response}) => void (response as ServerResponse).writeHead(200, {'content-type': 'application/json'}).end(),
    );
    served.endWatches();
    await server.waitFor(served.watch, 6);
    // The first retry is quick, the others wait.
    expect(performance.now() - start).toBeGreaterThan(3 * waits.first);
  });

  it('says so when a first list does not come', async () => {
    const served = new ServedList(server, PODS);
    const late = held(served.answer());
    server.next(served.list, late.answer);
    const list = opened({timing: {...FAST, slow: 10}}).open(pods, ALL);
    await whenPhase(list, 'stale');
    expect(errorOf(list.phase)).toBe('The server has not answered yet.');
    late.release();
    await whenPhase(list, 'live');
  });

  it('tries again at once when asked to', async () => {
    const served = new ServedList(server, PODS);
    server.next(served.list, status(500, 'InternalError', 'no'));
    const list = opened({timing: {...FAST, retry: {first: 3_600_000, longest: 3_600_000}}}).open(pods, ALL);
    await whenPhase(list, 'stale');
    cache.retryNow();
    await whenPhase(list, 'live');
  });
});

describe('what the server does not allow or does not know', () => {
  it('is denied, holds nothing, and comes up when it is allowed', async () => {
    const served = new ServedList(server, PODS);
    served.add('a');
    server.next(served.list, forbidden, forbidden);
    const list = opened().open(pods, ALL);
    await whenPhase(list, 'denied');
    expect(errorOf(list.phase)).toMatch(/forbidden/);
    expect(list.items.size).toBe(0);
    await whenPhase(list, 'live');
    expect(names(list)).toStrictEqual(['a']);
  });

  it('is absent when the cluster does not serve the type, and appears with it', async () => {
    const list = opened().open(nodes, ALL);
    await whenPhase(list, 'absent');
    new ServedList(server, '/api/v1/nodes').add('n1');
    await whenPhase(list, 'live');
    expect(names(list)).toStrictEqual(['n1']);
  });

  it('loses a list that was live only after the server said so three times', async () => {
    const served = new ServedList(server, PODS);
    served.add('a');
    const list = opened().open(pods, ALL);
    await whenPhase(list, 'live');
    await server.waitFor(served.watch);
    // A restarting server answers like this for a moment.
    server.next(served.watch, forbidden);
    server.next(served.list, forbidden);
    served.cutWatches();
    await server.waitFor(served.watch, 3);
    expect(names(list)).toStrictEqual(['a']);
    const reports = follow(list);
    const listed = served.lists.length;
    server.always(served.list, forbidden).always(served.watch, forbidden);
    served.cutWatches();
    await whenPhase(list, 'denied');
    expect(served.lists.length - listed).toBeGreaterThanOrEqual(3);
    expect(list.items.size).toBe(0);
    expect(reports.changes.at(-1)).toMatchObject({reset: true, removed: new Set(['uid-1'])});
    server.always((seen) => seen.path === PODS, served.answer());
    await whenPhase(list, 'live');
    expect(names(list)).toStrictEqual(['a']);
  });

  it('is polled when it can be listed but not watched, and reports real changes only', async () => {
    const served = new ServedList(server, PODS);
    served.add('a', {}, {uid: undefined});
    served.add('b', {status: {phase: 'Running'}});
    server.always(served.watch, status(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource'));
    const list = opened().open(pods, ALL);
    await whenPhase(list, 'live');
    const reports = follow(list);
    await server.waitFor(served.list, 3);
    expect(reports.changes).toStrictEqual([]);
    served.change('b', {status: {phase: 'Failed'}});
    await when(list, ({items}) => items.get('uid-2')?.status?.phase === 'Failed');
    expect(reports.changed()).toStrictEqual(['uid-2']);
    expect(served.watches).toHaveLength(1);
    expect(list.phase.is).toBe('live');
  });

  it('falls back to JSON when the server refuses protobuf', async () => {
    const served = new ServedList(server, PODS);
    served.add('a');
    server.always(
      (seen) => served.list(seen) && String(seen.headers['accept']).includes('protobuf'),
      status(406, 'NotAcceptable', 'only the following media types are accepted: application/json'),
    );
    const list = opened().open(pods, ALL);
    const reports = follow(list);
    await whenPhase(list, 'live');
    expect(names(list)).toStrictEqual(['a']);
    expect(served.lists.map(({headers}) => headers['accept'])).toStrictEqual([
      'application/vnd.kubernetes.protobuf,application/json',
      'application/json',
    ]);
    expect(reports.phases).toStrictEqual(['loading', 'live']);
  });
});

describe('several namespaces', () => {
  const inNamespace = (namespace: string): ServedList => new ServedList(server, `/api/v1/namespaces/${namespace}/pods`);

  it('are one list with a phase each; a denied one does not empty the rest', async () => {
    const [a, b] = [inNamespace('team-a'), inNamespace('team-b')];
    a.add('one', {}, {namespace: 'team-a', uid: 'ua'});
    b.add('two', {}, {namespace: 'team-b', uid: 'ub'});
    server.always('/api/v1/namespaces/team-c/pods', forbidden);
    const list = opened().open(pods, {namespaces: ['team-a', 'team-b', 'team-c']});
    const reports = follow(list);
    await when(list, ({phases, phase}) => phase.is === 'live' && phases.get('team-c')?.is === 'denied');
    expect([...list.phases].map(([namespace, {is}]) => [namespace, is])).toStrictEqual([
      ['team-a', 'live'],
      ['team-b', 'live'],
      ['team-c', 'denied'],
    ]);
    expect(names(list)).toStrictEqual(['one', 'two']);
    expect(list.items.get('ub')?.metadata.name).toBe('two');
    expect([...list.items.keys()]).toStrictEqual(['ua', 'ub']);
    expect(list.by('namespace', 'team-b').map(({metadata}) => metadata.uid)).toStrictEqual(['ub']);
    a.remove('one');
    b.add('three', {}, {namespace: 'team-b', uid: 'uc'});
    await when(list, ({items}) => items.has('uc') && !items.has('ua'));
    expect(reports.removed()).toStrictEqual(['ua']);
    expect(server.seen(PODS)).toHaveLength(0);
  });

  it('stand in for the whole cluster when that is denied, and give way when it is not', async () => {
    const whole = new ServedList(server, PODS);
    whole.add('everything', {}, {uid: 'u0'});
    const one = inNamespace('team-a');
    one.add('mine', {}, {namespace: 'team-a', uid: 'ua'});
    server.always('/api/v1/namespaces/team-b/pods', forbidden);
    server.always(PODS, forbidden);
    const list = opened({candidateNamespaces: () => ['team-a', 'team-b']}).open(pods, ALL);
    const reports = follow(list);
    await when(list, ({items}) => items.size === 1);
    expect(names(list)).toStrictEqual(['mine']);
    expect(list.phase.is).toBe('live');
    await when(list, ({phases}) => phases.get('team-b')?.is === 'denied');
    expect(list.phases.get('team-a')).toStrictEqual({is: 'live'});
    expect(reports.changes.some(({reset}) => reset)).toBe(true);
    server.always(PODS, whole.answer());
    await when(list, ({items}) => items.has('u0'));
    expect(names(list)).toStrictEqual(['everything']);
    expect(list.phases.size).toBe(0);
  });

  it('say that they stand in, and for what, until the whole cluster may be listed', async () => {
    const whole = new ServedList(server, PODS);
    inNamespace('team-a').add('mine', {}, {namespace: 'team-a', uid: 'ua'});
    server.always(PODS, forbidden);
    const list = opened({candidateNamespaces: () => ['team-a']}).open(pods, ALL);
    expect(list.instead).toBeUndefined();
    await when(list, ({items}) => items.size === 1);
    expect(list.instead?.namespaces).toStrictEqual(['team-a']);
    expect(list.instead?.error.message).toContain('pods is forbidden');
    server.always(PODS, whole.answer());
    await when(list, ({instead}) => instead === undefined);
    expect(list.phase.is).toBe('live');
  });

  it('take up names that are suggested or used later, and tell where something was found', async () => {
    const found: string[] = [];
    inNamespace('team-a').add('one', {}, {namespace: 'team-a', uid: 'ua'});
    inNamespace('team-b').add('two', {}, {namespace: 'team-b', uid: 'ub'});
    // A namespace that exists and is empty is nothing to remember.
    void inNamespace('team-c');
    server.always(PODS, forbidden);
    const list = opened({onFound: (namespace) => found.push(namespace)}).open(pods, ALL);
    await whenPhase(list, 'denied');
    expect(list.instead?.namespaces).toStrictEqual([]);
    cache.suggest(['team-a', 'team-c']);
    await when(list, ({items}) => items.size === 1);
    using other = cache.open(pods, {namespaces: ['team-b']});
    await when(list, ({items}) => items.size === 2);
    expect(list.instead?.namespaces).toStrictEqual(['team-a', 'team-c', 'team-b']);
    expect(other.instead).toBeUndefined();
    expect(found.sort()).toStrictEqual(['team-a', 'team-b']);
    expect(cache.candidates()).toStrictEqual(['team-a', 'team-c', 'team-b']);
  });

  it('are denied as a whole when nobody knows a namespace to try', async () => {
    server.always(PODS, forbidden);
    const list = opened().open(pods, ALL);
    await whenPhase(list, 'denied');
    expect(list.items.size).toBe(0);
  });

  it('mean nothing to kinds without namespaces', async () => {
    const served = new ServedList(server, '/api/v1/nodes');
    served.add('n1');
    const list = opened({candidateNamespaces: () => ['team-a']}).open(nodes, {namespaces: ['team-a']});
    await whenPhase(list, 'live');
    expect(names(list)).toStrictEqual(['n1']);
  });
});

describe('the cache', () => {
  it('shares lists, keeps them for a while after the last reader, and then ends the watch', async () => {
    const served = new ServedList(server, PODS);
    served.add('a');
    opened({grace: 60_000});
    const first = cache.open(pods, ALL);
    const second = cache.open(pods, ALL);
    await whenPhase(first, 'live');
    first[Symbol.dispose]();
    served.add('b');
    await when(second, ({items}) => items.size === 2);
    second[Symbol.dispose]();
    const third = cache.open(pods, ALL);
    expect(third.phase.is).toBe('live');
    expect(third.items.size).toBe(2);
    expect(served.lists).toHaveLength(1);
    third[Symbol.dispose]();
    await cache[Symbol.asyncDispose]();

    opened({grace: 0});
    const list = cache.open(pods, ALL);
    await whenPhase(list, 'live');
    await server.waitFor(served.watch, 2);
    list[Symbol.dispose]();
    expect(cache.rows).toBe(0);
    expect([...cache.lists]).toHaveLength(0);
  });

  it('closes a list by itself when its grace is over', async () => {
    const served = new ServedList(server, PODS);
    served.add('a');
    opened({grace: 10});
    const list = cache.open(pods, ALL);
    await whenPhase(list, 'live');
    const closed = Promise.withResolvers<void>();
    await server.waitFor(served.watch);
    const watchGone = setInterval(() => cache.rows === 0 && closed.resolve(), 1);
    list[Symbol.dispose]();
    await closed.promise;
    clearInterval(watchGone);
    expect([...cache.lists]).toHaveLength(0);
  });

  it('stops at its limit of rows and says so, after letting go of lists nobody reads', async () => {
    const served = new ServedList(server, PODS);
    for (let index = 0; index < 8; index++) served.add(`p${index}`);
    const other = new ServedList(server, '/api/v1/nodes');
    for (let index = 0; index < 5; index++) other.add(`n${index}`);
    opened({maxRows: 10, grace: 60_000});
    const unread = cache.open(nodes, ALL);
    await whenPhase(unread, 'live');
    unread[Symbol.dispose]();
    const list = cache.open(pods, ALL);
    await whenPhase(list, 'live');
    expect(cache.rows).toBe(8);
    const more = cache.open(nodes, ALL);
    await whenPhase(more, 'stale');
    expect(errorOf(more.phase)).toMatch(/10 objects.*not complete/);
    expect(cache.rows).toBe(10);
    list[Symbol.dispose]();
    cache.retryNow();
    await whenPhase(more, 'live');
    expect(more.items.size).toBe(5);
  });
});

describe('a table of the server', () => {
  const row = (name: string, version: string, cell: string) => ({
    cells: [name, cell],
    object: {
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: {name, uid: `u-${name}`, resourceVersion: version, labels: {a: 'b'}, managedFields: [{}]},
    },
  });
  const columns = [
    {name: 'Name', type: 'string', format: 'name', priority: 0},
    {name: 'Ready', type: 'string', priority: 1},
  ];
  const certificates = {group: 'cert-manager.io', version: 'v1', plural: 'certificates'};
  const path = '/apis/cert-manager.io/v1/certificates';

  it("has the server's cells and columns and follows changes", async () => {
    const {controlled} = await import('../../test/support/wire-faults/answers.ts');
    const watch = controlled();
    server.always(
      (seen) => seen.path === path && seen.query.get('watch') === null,
      json({
        kind: 'Table',
        apiVersion: 'meta.k8s.io/v1',
        metadata: {resourceVersion: '5'},
        columnDefinitions: columns,
        rows: [row('a', '4', 'True'), row('b', '5', 'False')],
      }),
    );
    server.always((seen) => seen.path === path && seen.query.get('watch') === 'true', watch.answer);
    const table = opened().openTable(certificates, ALL);
    await whenPhase(table, 'live');
    expect(table.columns).toStrictEqual([
      {name: 'Name', type: 'string', wide: false, format: 'name'},
      {name: 'Ready', type: 'string', wide: true},
    ]);
    expect([...table.items.values()]).toStrictEqual([
      {metadata: {name: 'a', uid: 'u-a', resourceVersion: '4', labels: {a: 'b'}}, cells: ['a', 'True']},
      {metadata: {name: 'b', uid: 'u-b', resourceVersion: '5', labels: {a: 'b'}}, cells: ['b', 'False']},
    ]);
    expect(server.seen((seen) => seen.path === path)[0]?.query.get('includeObject')).toBe('Metadata');
    await watch.opened;
    await watch.write(`${JSON.stringify({type: 'MODIFIED', object: {kind: 'Table', rows: [row('b', '6', 'True')]}})}\n`);
    await when(table, ({items}) => items.get('u-b')?.cells[1] === 'True');
    await watch.write(`${JSON.stringify({type: 'DELETED', object: {kind: 'Table', rows: [row('a', '7', 'True')]}})}\n`);
    await when(table, ({items}) => items.size === 1);
  });

  it('shows names and times when the server makes no tables', async () => {
    const served = new ServedList(server, path);
    served.add('a', {}, {creationTimestamp: '2026-01-01T00:00:00Z'});
    const table = opened().openTable(certificates, ALL);
    await whenPhase(table, 'live');
    expect(table.columns.map(({name}) => name)).toStrictEqual(['Name', 'Created At']);
    expect([...table.items.values()].map(({cells}) => cells)).toStrictEqual([['a', '2026-01-01T00:00:00Z']]);
  });
});

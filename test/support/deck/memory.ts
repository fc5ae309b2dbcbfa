// A deck over a cache in memory: whole-program tests that need no cluster. Writes go into a list that tests read.
import {MemoryCache} from './memory-cache.ts';
import {openDeck} from './deck.ts';
import type {Deck, DeckOptions} from './deck.ts';
import type {ApiResource, KubeObject} from '../../../src/kube/types/object.ts';
import type {Operations} from '../../../src/resources/operations.ts';
import {kindKey} from '../../../src/resources/kind.ts';
import {connectionOf} from '../../../src/tui/connection.ts';
import type {Opened} from '../../../src/tui/options.ts';
import type {Place} from '../../../src/tui/session/app.ts';
import type {Connection} from '../../../src/tui/session/services.ts';

/** What was asked of the cluster, in order. */
export type Asked = {readonly what: string; readonly name: string; readonly details?: unknown};

export type MemoryDeck = {readonly deck: Deck; readonly cache: MemoryCache; readonly asked: Asked[]};

const hands = (asked: Asked[], fail: (name: string) => string | undefined): Operations =>
  new Proxy({} as Operations, {
    get:
      (_target, what: string) =>
      async (target: {readonly name: string}, ...details: unknown[]) => {
        const problem = fail(target.name);
        if (problem !== undefined) throw new Error(problem);
        asked.push({what, name: target.name, details: details[0]});
        return {said: `${target.name} done`};
      },
  });

export type MemoryOptions = Partial<DeckOptions> & {
  readonly namespaces?: readonly string[] | 'all';
  readonly readonly?: boolean;
  readonly fill?: (cache: MemoryCache) => void;
  readonly resources?: readonly ApiResource[];
  /** Why a write on an object of this name fails. */
  readonly fail?: (name: string) => string | undefined;
  readonly connection?: Partial<Connection>;
};

/** Opens a deck in memory. */
export const openMemoryDeck = async (options: MemoryOptions = {}): Promise<MemoryDeck> => {
  const cache = new MemoryCache();
  options.fill?.(cache);
  const asked: Asked[] = [];
  const fail = options.fail ?? (() => undefined);
  const placeOf = (context: string): Place => ({
    context,
    cluster: 'kind',
    user: 'admin',
    namespaces: options.namespaces ?? ['shop'],
    readonly: options.readonly === true,
  });
  const open = async (context: string): Promise<Opened> => {
    const cluster = {
      client: {
        server: 'https://memory',
        clusterId: context,
        readonly: options.readonly === true,
        request: () => Promise.reject(new Error('no server in this test')),
      },
      discovery: {resources: () => Promise.resolve(options.resources ?? [])},
      context,
      clusterName: 'kind',
      userName: 'admin',
      namespace: 'shop',
      namespaceExplicit: false,
    } as unknown as Opened['connection']['cluster'];
    const real = connectionOf({cluster, cache, now: () => new Date()});
    const find = (resource: ApiResource, at: {readonly namespace?: string | undefined; readonly name: string}): KubeObject => {
      const found = cache.find(kindKey(resource), at.namespace, at.name);
      if (found === undefined) throw new Error(`${resource.plural} "${at.name}" not found`);
      return found;
    };
    return {
      place: placeOf(context),
      connection: {
        ...real,
        operations: hands(asked, fail),
        view: {
          ...real.view,
          list: async (ref) => cache.all(kindKey(ref)) as never,
          get: async (ref, at) => cache.find(kindKey(ref), at.namespace, at.name) as never,
          eventsOf: async () => [],
        },
        serverVersion: () => Promise.resolve('v1.36.3'),
        usage: () => Promise.resolve(undefined),
        read: async (resource, at) => ({...find(resource, at), apiVersion: resource.version, kind: resource.kind}),
        remove: async (_resource, object, details) => {
          const problem = fail(object.name);
          if (problem !== undefined) throw new Error(problem);
          asked.push({what: 'remove', name: object.name, details});
          return `${object.name} deleted`;
        },
        close: () => Promise.resolve(),
        ...options.connection,
      },
    };
  };
  const deck = await openDeck({
    open,
    place: placeOf('dev'),
    contextList: ['dev', 'Prod:EU'].map((name) => ({name, cluster: 'kind', user: 'admin', namespace: 'shop'})),
    ...options,
  });
  return {deck, cache, asked};
};

let counter = 0;

/** A pod that runs, changed as told. */
export const pod = (
  name: string,
  change: {
    readonly namespace?: string;
    readonly waiting?: string;
    readonly owner?: string;
    readonly labels?: Record<string, string>;
    readonly uid?: string;
    readonly node?: string;
  } = {},
): KubeObject => {
  const ready = change.waiting === undefined;
  return {
    metadata: {
      name,
      namespace: change.namespace ?? 'shop',
      uid: change.uid ?? `uid-${name}`,
      resourceVersion: String(++counter),
      creationTimestamp: '2026-11-21T10:00:00Z',
      labels: change.labels ?? {},
      ...(change.owner === undefined
        ? {}
        : {
            ownerReferences: [
              {apiVersion: 'apps/v1', kind: 'ReplicaSet', name: change.owner, uid: `uid-${change.owner}`, controller: true},
            ],
          }),
    },
    spec: {nodeName: change.node ?? 'node-1', containers: [{name: 'app', image: 'app:1'}]},
    status: {
      phase: ready ? 'Running' : 'Pending',
      conditions: [
        {type: 'Ready', status: ready ? 'True' : 'False'},
        {type: 'PodScheduled', status: 'True'},
      ],
      containerStatuses: [
        {
          name: 'app',
          image: 'app:1',
          imageID: '',
          ready,
          restartCount: 0,
          started: ready,
          state: ready
            ? {running: {startedAt: '2026-11-21T10:00:00Z'}}
            : {waiting: {reason: change.waiting, message: 'no such image'}},
        },
      ],
    },
  } as unknown as KubeObject;
};

/** A Deployment. */
export const deployment = (name: string, replicas = 2): KubeObject =>
  ({
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      resourceVersion: String(++counter),
      creationTimestamp: '2026-11-21T10:00:00Z',
      generation: 1,
    },
    spec: {
      replicas,
      selector: {matchLabels: {app: name}, matchExpressions: [{key: 'tier', operator: 'In', values: ['web', 'api']}]},
      template: {metadata: {labels: {app: name}}, spec: {containers: [{name: 'app', image: 'app:1'}]}},
    },
    status: {
      observedGeneration: 1,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
      conditions: [{type: 'Available', status: 'True'}],
    },
  }) as unknown as KubeObject;

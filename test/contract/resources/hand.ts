// The independent hand of these tests: kubectl applies and describes, client-node reads its credentials.
import {KubeConfig} from '@kubernetes/client-node';
import {execFile} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {Agent, request} from 'node:https';
import {promisify} from 'node:util';
import type {AnyObject, KubeList, ResourceRef, Table} from '../../../src/kube/types/object.ts';
import type {ClusterView} from '../../../src/resources/kind.ts';
import type {CoreEvent} from '../../../src/kube/types/wire.ts';
import {eventQueries} from '../../../src/resources/shared/describe/events.ts';
import {events} from '../../../src/resources/shared/refs.ts';
import {runningCluster} from '../../support/cluster/harness.ts';

const run = promisify(execFile);

/** A hand on the shared cluster with a namespace of its own. */
export type Hand = {
  readonly namespace: string;
  readonly kubectl: (args: readonly string[], input?: string) => Promise<string>;
  readonly get: <T>(path: string, accept?: string) => Promise<T>;
  /** The world as kinds see it, read with one-off GETs at a time that stands still. */
  readonly view: (now: Date) => ClusterView;
  readonly table: (ref: ResourceRef, namespace?: string) => Promise<{table: Table; from: number; to: number}>;
  readonly remove: () => Promise<void>;
};

/** Path of a list or object. */
export const pathOf = ({group, version, plural}: ResourceRef, namespace?: string, name?: string): string =>
  `${group === '' ? `/api/${version}` : `/apis/${group}/${version}`}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${plural}${name === undefined ? '' : `/${name}`}`;

/** Opens the hand and makes its namespace. */
export const openHand = async (purpose: string): Promise<Hand> => {
  const facts = await runningCluster();
  const namespace = `res-${purpose}-${randomBytes(3).toString('hex')}`;
  const config = new KubeConfig();
  config.loadFromFile(facts.kubeconfigs.admin);
  const token = config.getCurrentUser()?.token ?? '';
  const agent = new Agent({keepAlive: true, ca: Buffer.from(config.getCurrentCluster()?.caData ?? '', 'base64')});

  const get = <T>(path: string, accept = 'application/json'): Promise<T> =>
    new Promise((resolve, reject) => {
      const sent = request(new URL(path, facts.server), {agent, headers: {accept, authorization: `Bearer ${token}`}}, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const body = Buffer.concat(chunks).toString();
          if (answer.statusCode === 200) resolve(JSON.parse(body) as T);
          else reject(Object.assign(new Error((JSON.parse(body) as {message: string}).message), {code: answer.statusCode}));
        });
      });
      sent.on('error', reject);
      sent.end();
    });

  const kubectl = async (args: readonly string[], input?: string): Promise<string> => {
    const env = {...process.env, KUBECONFIG: facts.kubeconfigs.admin};
    const child = run(facts.kubectl, [...args], {env, maxBuffer: 64 << 20});
    if (input !== undefined) child.child.stdin?.end(input);
    return (await child).stdout;
  };

  const list = async (
    ref: ResourceRef,
    at: {namespace?: string | undefined; labelSelector?: string | undefined; fieldSelector?: string | undefined} = {},
  ): Promise<AnyObject[]> => {
    const query = new URLSearchParams();
    if (at.labelSelector) query.set('labelSelector', at.labelSelector);
    if (at.fieldSelector) query.set('fieldSelector', at.fieldSelector);
    return (await get<KubeList>(`${pathOf(ref, at.namespace)}?${query.toString()}`)).items;
  };

  const view = (now: Date): ClusterView => ({
    now: () => now,
    list: async (ref, at) => (await list(ref, at)) as never,
    get: async (ref, {namespace: place, name}) => {
      try {
        return await get(pathOf(ref, place, name));
      } catch (error) {
        if ((error as {code?: number}).code === 404) return undefined;
        throw error;
      }
    },
    eventsOf: async (object) => {
      const found = await Promise.all(eventQueries(object).map((query) => list(events, query)));
      return found.flat() as unknown as CoreEvent[];
    },
  });

  await kubectl(['create', 'namespace', namespace]);
  return {
    namespace,
    kubectl,
    get,
    view,
    table: async (ref, place = namespace) => {
      const from = Date.now();
      const table = await get<Table>(
        `${pathOf(ref, place === '' ? undefined : place)}?includeObject=Object`,
        'application/json;as=Table;v=v1;g=meta.k8s.io',
      );
      return {table, from, to: Date.now()};
    },
    remove: async () => {
      // Pods of the zoo keep themselves alive with a finalizer; nobody else would take it away.
      const pods = (await kubectl(['get', 'pods', '-n', namespace, '-l', 'zoo=held', '-o', 'name']))
        .split('\n')
        .filter((name) => name !== '');
      await Promise.all(
        pods.map((name) => kubectl(['patch', name, '-n', namespace, '--type=merge', '-p', '{"metadata":{"finalizers":null}}'])),
      );
      await kubectl(['delete', 'pv', '-l', `zoo=${namespace}`, '--wait=false', '--ignore-not-found']);
      await kubectl(['delete', 'namespace', namespace, '--wait=false']);
      agent.destroy();
    },
  };
};

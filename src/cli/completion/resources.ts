// Words for types and names of objects, as kubectl completes them.
import type {KubeList} from '../../kube/types/object.ts';
import {pathOf} from '../../kube/types/object.ts';
import type {Completion, VerbContext} from '../verb.ts';

/** Names of all objects of a type in the namespace of the line; none when anything goes wrong, for a shell cannot show why. */
export const namesOf = async (context: Pick<VerbContext, 'cluster'>, type: string): Promise<readonly string[]> => {
  try {
    const cluster = await context.cluster();
    const [resource] = await cluster.discovery.find(type);
    if (resource === undefined) return [];
    const answer = await cluster.client.request({
      path: pathOf(resource, {namespace: resource.namespaced ? cluster.namespace : undefined}),
      accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json',
      timeout: 5000,
    });
    return (answer.json<KubeList>().items ?? []).map(({metadata}) => metadata.name ?? '');
  } catch {
    return [];
  }
};

/** Types that can be read, as `plural.group`. */
const typesOf = async (context: VerbContext): Promise<readonly string[]> => {
  try {
    const {discovery} = await context.cluster();
    const seen = new Set<string>();
    const types = (await discovery.resources()).filter(({verbs}) => verbs.includes('get'));
    for (const {plural, group} of types.toSorted((a, b) =>
      a.group < b.group ? -1 : a.group > b.group ? 1 : a.plural < b.plural ? -1 : 1,
    )) {
      seen.add(group === '' ? plural : `${plural}.${group}`);
    }
    return [...seen];
  } catch {
    return [];
  }
};

/** `TYPE`, `TYPE NAME…` and `TYPE/NAME…`; several types with commas. */
export const completeResources = async (context: VerbContext, word: string): Promise<Completion> => {
  const {args} = context;
  const [first] = args;
  if (first !== undefined && !first.includes('/')) {
    const names = await namesOf(context, first);
    return {words: names.filter((name) => !args.includes(name, 1))};
  }
  const slash = word.indexOf('/');
  if (slash !== -1) {
    const type = word.slice(0, slash);
    const pairs = (await namesOf(context, type)).map((name) => `${type}/${name}`);
    return {words: pairs.filter((pair) => !args.includes(pair))};
  }
  const types = await typesOf(context);
  if (first !== undefined) return {words: types.map((type) => `${type}/`), space: false};
  const before = word.slice(0, word.lastIndexOf(',') + 1);
  return {words: types.map((type) => `${before}${type}`)};
};

const WITH_PODS = [
  'daemonsets',
  'deployments',
  'pods',
  'jobs',
  'replicasets',
  'replicationcontrollers',
  'services',
  'statefulsets',
];

/** Pod names, and types that have pods for the `TYPE/NAME` form: for logs, exec and the like. Only the first word. */
export const completePods = async (context: VerbContext, word: string): Promise<Completion> => {
  if (context.args.length > 0) return {words: []};
  const slash = word.indexOf('/');
  if (slash !== -1) {
    const type = word.slice(0, slash);
    return {words: (await namesOf(context, type)).map((name) => `${type}/${name}`)};
  }
  const pods = (await namesOf(context, 'pods')).filter((name) => name.startsWith(word));
  return {words: [...pods, ...WITH_PODS.map((type) => `${type}/`)], space: pods.length > 0};
};

/** Names of one type, for the first word only. */
export const completeNames =
  (type: string) =>
  async (context: VerbContext): Promise<Completion> => ({words: context.args.length > 0 ? [] : await namesOf(context, type)});

// Asks a server which types it serves: aggregated discovery, or group by group on servers that do not know it.
import type {KubeClient} from '../client.ts';
import {messageOf} from '../../base/errors.ts';
import {isStatus} from '../status-error.ts';
import type {ApiResource} from '../types/object.ts';

/** Everything a server serves, in its order: core first, preferred versions first. */
export type ServedTypes = {
  readonly resources: readonly ApiResource[];
  /** Group versions that are registered but do not answer, with the reason. */
  readonly failed: readonly {readonly groupVersion: string; readonly reason: string}[];
  /** ETags of the aggregated answers, for asking again cheaply. */
  readonly etags: Etags;
};
export type Etags = {readonly api?: string; readonly apis?: string};

// Parameter order matters to servers: g, v, as.
const aggregated = (version: string): string => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
const ACCEPT = `${aggregated('v2')},${aggregated('v2beta1')},application/json`;

/** The types a server serves, or undefined when nothing changed since the answers with these ETags. */
export const fetchServedTypes = async (client: KubeClient, known: Etags = {}): Promise<ServedTypes | undefined> => {
  const [api, apis] = await Promise.all([ask(client, '/api', known.api), ask(client, '/apis', known.apis)]);
  if (api === 'unchanged' && apis === 'unchanged') return undefined;
  // One half changed: the other has to be read again too.
  if (api === 'unchanged' || apis === 'unchanged') return fetchServedTypes(client);
  if (api?.aggregated !== false && apis?.aggregated !== false) {
    const groups = [...(api?.groups ?? []), ...(apis?.groups ?? [])] as AggregatedGroup[];
    return {
      ...splitAggregated(groups),
      etags: {...(api?.etag === undefined ? {} : {api: api.etag}), ...(apis?.etag === undefined ? {} : {apis: apis.etag})},
    };
  }
  return fetchByGroup(client);
};

type Answer = {readonly aggregated: boolean; readonly etag?: string | undefined; readonly groups: readonly unknown[]};

const ask = async (client: KubeClient, path: string, etag: string | undefined): Promise<Answer | 'unchanged' | undefined> => {
  try {
    const answer = await client.request({path, accept: ACCEPT, ...(etag === undefined ? {} : {headers: {'if-none-match': etag}})});
    if (answer.status === 304) return 'unchanged';
    const body = answer.json<{items?: unknown[]}>();
    const type = String(answer.headers['content-type'] ?? '');
    const isAggregated = /;\s*as=APIGroupDiscoveryList/.test(type) && /;\s*g=apidiscovery\.k8s\.io/.test(type);
    const tag = answer.headers['etag'];
    return {aggregated: isAggregated, etag: typeof tag === 'string' ? tag : undefined, groups: body.items ?? []};
  } catch (error) {
    // An aggregated API server on its own has no core group.
    if (path === '/api' && isStatus(error, 'NotFound')) return undefined;
    throw error;
  }
};

type AggregatedGroup = {
  metadata?: {name?: string};
  versions?: {version?: string; freshness?: string; resources?: AggregatedResource[]}[];
};
type AggregatedResource = {
  resource?: string;
  responseKind?: {kind?: string} | null;
  scope?: string;
  singularResource?: string;
  verbs?: string[];
  shortNames?: string[];
  categories?: string[];
  subresources?: {subresource?: string; responseKind?: unknown}[];
};

const splitAggregated = (groups: readonly AggregatedGroup[]): Omit<ServedTypes, 'etags'> => {
  const resources: ApiResource[] = [];
  const failed: {groupVersion: string; reason: string}[] = [];
  for (const {metadata, versions = []} of groups) {
    const group = metadata?.name ?? '';
    for (const {version = '', freshness, resources: list = []} of versions) {
      const groupVersion = group === '' ? version : `${group}/${version}`;
      if (freshness === 'Stale') {
        failed.push({groupVersion, reason: `stale GroupVersion discovery: ${groupVersion}`});
        continue;
      }
      for (const entry of list) {
        // Without a kind of its own a type exists only for its subresources.
        if (!entry.resource || !entry.responseKind?.kind) continue;
        resources.push({
          group,
          version,
          plural: entry.resource,
          kind: entry.responseKind.kind,
          singular: entry.singularResource || entry.responseKind.kind.toLowerCase(),
          shortNames: entry.shortNames ?? [],
          categories: entry.categories ?? [],
          namespaced: entry.scope === 'Namespaced',
          verbs: entry.verbs ?? [],
          subresources: (entry.subresources ?? []).map((sub) => sub.subresource ?? '').filter((name) => name !== ''),
        });
      }
    }
  }
  return {resources, failed};
};

type GroupList = {
  groups?: {name: string; versions: {groupVersion: string; version: string}[]; preferredVersion?: {version: string}}[];
};
type LegacyResource = {
  name: string;
  singularName?: string;
  namespaced?: boolean;
  kind: string;
  verbs?: string[];
  shortNames?: string[];
  categories?: string[];
};

const fetchByGroup = async (client: KubeClient): Promise<ServedTypes> => {
  const [core, named] = await Promise.all([
    client.request({path: '/api'}).then((answer) => answer.json<{versions?: string[]}>(), emptyWhenMissing),
    client.request({path: '/apis'}).then((answer) => answer.json<GroupList>()),
  ]);
  const places = (core.versions ?? []).map((version) => ({group: '', version, path: `/api/${version}`}));
  for (const {name, versions, preferredVersion} of named.groups ?? []) {
    const preferred = preferredVersion?.version;
    const ordered = [...versions].sort((a, b) => Number(b.version === preferred) - Number(a.version === preferred));
    for (const {version} of ordered) places.push({group: name, version, path: `/apis/${name}/${version}`});
  }
  const failed: {groupVersion: string; reason: string}[] = [];
  const lists = await Promise.all(
    places.map(async ({group, version, path}) => {
      try {
        const {resources = []} = (await client.request({path})).json<{resources?: LegacyResource[]}>();
        return legacyResources(group, version, resources);
      } catch (error) {
        failed.push({groupVersion: group === '' ? version : `${group}/${version}`, reason: messageOf(error)});
        return [];
      }
    }),
  );
  return {resources: lists.flat(), failed, etags: {}};
};

const emptyWhenMissing = (error: unknown): {versions?: string[]} => {
  if (isStatus(error, 'NotFound')) return {};
  throw error;
};

const legacyResources = (group: string, version: string, entries: readonly LegacyResource[]): ApiResource[] =>
  entries
    .filter(({name}) => !name.includes('/'))
    .map((entry) => ({
      group,
      version,
      plural: entry.name,
      kind: entry.kind,
      singular: entry.singularName || entry.kind.toLowerCase(),
      shortNames: entry.shortNames ?? [],
      categories: entry.categories ?? [],
      namespaced: entry.namespaced === true,
      verbs: entry.verbs ?? [],
      subresources: entries
        .filter(({name}) => name.startsWith(`${entry.name}/`))
        .map(({name}) => name.slice(entry.name.length + 1)),
    }));

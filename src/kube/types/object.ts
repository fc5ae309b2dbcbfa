// What every Kubernetes object looks like on the wire: raw JSON, dates as text, no field renamed.

/** `metadata.ownerReferences[]`. */
export type OwnerReference = {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
};

/** `metadata` of an object as the API server sends it. Timestamps are RFC 3339 text. */
export type ObjectMeta = {
  name?: string;
  generateName?: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string | null;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  managedFields?: unknown[];
  selfLink?: string;
};

/** Any object of any kind. Fields of a kind are read through its own type, or through `Json` helpers. */
export type KubeObject = {
  apiVersion?: string;
  kind?: string;
  metadata: ObjectMeta;
};

/** An object whose fields are not known at compile time. */
export type AnyObject = KubeObject & {[field: string]: unknown};

/** `metadata` of a list. */
export type ListMeta = {resourceVersion?: string; continue?: string; remainingItemCount?: number};

/** A list answer. */
export type KubeList<T extends KubeObject = AnyObject> = {apiVersion?: string; kind?: string; metadata: ListMeta; items: T[]};

/** A resource type: `{group: 'apps', version: 'v1', plural: 'deployments'}`; the core group is ''. */
export type ResourceRef = {readonly group: string; readonly version: string; readonly plural: string};

/** What discovery says about one resource type. */
export type ApiResource = ResourceRef & {
  readonly kind: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  /** Names of subresources, such as `scale`, `status`, `log`. */
  readonly subresources: readonly string[];
};

/** `metav1.Status`: how the API server says no. */
export type Status = {
  kind: 'Status';
  apiVersion?: string;
  metadata?: ListMeta;
  status?: string;
  message?: string;
  reason?: string;
  code?: number;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: {reason?: string; message?: string; field?: string}[];
    retryAfterSeconds?: number;
  };
};

/** `meta.k8s.io/v1 Table`, the server's own columns. */
export type Table = {
  kind: 'Table';
  apiVersion: string;
  metadata: ListMeta;
  columnDefinitions: TableColumn[];
  rows: TableRow[];
};
export type TableColumn = {name: string; type: string; format?: string; description?: string; priority?: number};
export type TableRow = {cells: unknown[]; object?: AnyObject; conditions?: unknown[]};

/** `group/version`, or only `version` for the core group. */
export const apiVersionOf = (ref: {readonly group: string; readonly version: string}): string =>
  ref.group === '' ? ref.version : `${ref.group}/${ref.version}`;

/** `plural.group`, or only `plural` for the core group: how kubectl names a type in messages. */
export const groupResourceText = (ref: {readonly group: string; readonly plural: string}): string =>
  ref.group === '' ? ref.plural : `${ref.plural}.${ref.group}`;

/** Path of a type, of one object, or of a subresource, without query. */
export const pathOf = (
  resource: ResourceRef,
  at: {readonly namespace?: string | undefined; readonly name?: string | undefined; readonly subresource?: string | undefined} = {},
): string => {
  const root = resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  const scope = at.namespace === undefined ? '' : `/namespaces/${encodeURIComponent(at.namespace)}`;
  const name = at.name === undefined ? '' : `/${encodeURIComponent(at.name)}`;
  const subresource = at.subresource === undefined ? '' : `/${at.subresource}`;
  return `${root}${scope}/${resource.plural}${name}${subresource}`;
};

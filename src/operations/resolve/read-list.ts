// Reads lists of one type as kubectl pages them, and server Tables of any size in a stream that keeps only what is printed.
import {readJson} from '../../base/json/read.ts';
import {pathOf, type KubeClient, type KubeRequest} from '../../kube/client.ts';
import {StatusError, withStatusMessage} from '../../kube/status-error.ts';
import type {AnyObject, ApiResource, ListMeta, ObjectMeta, Table, TableRow} from '../../kube/types/object.ts';

/** What kubectl asks for when it prints tables; servers that know no Tables answer with plain objects. */
export const TABLE_ACCEPT =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';

/** How much of each object comes with a Table's rows. */
export type IncludedObject = 'None' | 'Metadata' | 'Object';

/** One list to read. */
export type ListRequest = {
  readonly resource: ApiResource;
  /** Empty: all namespaces, or a cluster-scoped type. */
  readonly namespace: string;
  readonly labelSelector: string;
  readonly fieldSelector: string;
  /** 0 asks for everything at once. */
  readonly chunkSize: number;
  /** The user named the chunk size; otherwise large lists come in two requests instead of hundreds. */
  readonly chunkSizeGiven: boolean;
  /** Ask for Tables with this much of the objects. */
  readonly table: IncludedObject | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** `apps/v1, Resource=deployments`, Go's text of a resource. */
const resourceText = ({group, version, plural}: ApiResource): string => `${group}/${version}, Resource=${plural}`;

/** The sentence kubectl puts around a list the server refused. */
export const listError = (error: unknown, request: ListRequest): unknown => {
  if (!(error instanceof StatusError) || (error.reason !== 'BadRequest' && error.reason !== 'NotFound')) return error;
  const subject = JSON.stringify(resourceText(request.resource));
  const {labelSelector, fieldSelector} = request;
  return withStatusMessage(
    error,
    labelSelector === '' && fieldSelector === ''
      ? `Unable to list ${subject}: ${error.message}`
      : `Unable to find ${subject} that match label selector ${JSON.stringify(labelSelector)}, field selector ${JSON.stringify(fieldSelector)}: ${error.message}`,
  );
};

/** A list request without paging. */
export const listRequest = (list: ListRequest): KubeRequest => ({
  path: pathOf(list.resource, {namespace: list.resource.namespaced && list.namespace !== '' ? list.namespace : undefined}),
  query: {
    labelSelector: list.labelSelector === '' ? undefined : list.labelSelector,
    fieldSelector: list.fieldSelector === '' ? undefined : list.fieldSelector,
    // Metadata is the server's default; not saying it keeps the request equal to kubectl's.
    includeObject: list.table === undefined || list.table === 'Metadata' ? undefined : list.table,
  },
  ...(list.table === undefined ? {} : {accept: TABLE_ACCEPT}),
  signal: list.signal,
});

const withQuery = (request: KubeRequest, more: KubeRequest['query']): KubeRequest => ({
  ...request,
  query: {...request.query, ...more},
});

/** Pages of a list, in the server's order: objects with `items`, or Tables. */
export async function* readList(client: KubeClient, list: ListRequest): AsyncGenerator<AnyObject> {
  const request = listRequest(list);
  const read = async (query: KubeRequest['query'], whole: boolean): Promise<AnyObject> => {
    try {
      if (whole && list.table !== undefined) return await streamTable(client, withQuery(request, query), list.table);
      const answer = await client.request(withQuery(request, query));
      return list.table === undefined ? (readJson(answer.text()) as AnyObject) : withMetadata(answer.json<AnyObject>());
    } catch (error) {
      throw listError(error, list);
    }
  };
  if (list.chunkSize === 0) {
    yield await read({}, list.table !== undefined && list.table !== 'Object');
    return;
  }
  let token: string | undefined;
  for (;;) {
    const page = await read({limit: list.chunkSize, continue: token}, false);
    const {continue: next = '', resourceVersion} = (page as {metadata?: ListMeta}).metadata ?? {};
    if (next === '') {
      yield page;
      return;
    }
    if (token === undefined && !list.chunkSizeGiven && list.table !== undefined && list.table !== 'Object') {
      // Hundreds of pages cost the server more than one answer from its cache; NotOlderThan keeps it as fresh as the first page.
      yield await read({resourceVersion, resourceVersionMatch: 'NotOlderThan'}, true);
      return;
    }
    yield page;
    token = next;
  }
}

/** Rows that came without objects get empty metadata, so that printing decorates them like all others. */
export const withMetadata = (table: AnyObject): AnyObject => {
  const {rows} = table as unknown as Partial<Table>;
  for (const row of rows ?? []) row.object ??= {metadata: {}};
  return table;
};

const BARE: AnyObject = {metadata: {}};

const slimMetadata = ({namespace, labels}: ObjectMeta): ObjectMeta => ({
  ...(namespace === undefined ? {} : {namespace}),
  ...(labels === undefined ? {} : {labels}),
});

/** Reads a Table row by row; of each object only what tables show is kept. */
const streamTable = async (client: KubeClient, request: KubeRequest, included: IncludedObject): Promise<AnyObject> => {
  const {JsonSplitter} = await import('../../kube/decode/json-splitter.ts');
  const stream = await client.stream(request);
  const rows: TableRow[] = [];
  const splitter = new JsonSplitter(
    {
      item: (text) => {
        const row = JSON.parse(text) as TableRow;
        const metadata = row.object?.metadata;
        rows.push({
          cells: row.cells,
          object: included === 'None' || metadata === undefined ? BARE : {metadata: slimMetadata(metadata)},
        });
      },
    },
    3,
  );
  try {
    for await (const chunk of stream.body) splitter.push(chunk);
  } finally {
    stream.close();
  }
  const around = JSON.parse(splitter.end()) as Table & AnyObject;
  return {...around, rows};
};

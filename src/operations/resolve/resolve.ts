// From a command line or files to objects: the one place where every verb's arguments are understood, as kubectl's builder does.
import {readJson} from '../../base/json/read.ts';
import {pathOf, type Discovery, type KubeClient} from '../../kube/client.ts';
import {isStatus} from '../../kube/status-error.ts';
import type {AnyObject, ApiResource} from '../../kube/types/object.ts';
import {readArguments} from './arguments.ts';
import {decodeObject, isList, itemsOf} from './decode.ts';
import {readDocuments} from './documents.ts';
import {findSources, type Source} from './files.ts';
import {askedWrong, isNamespaced, nothingNamed, type Info} from './info.ts';
import {expandCategories, typeOf, typesOf} from './mapping.ts';
import {readList, TABLE_ACCEPT, withMetadata, type IncludedObject} from './read-list.ts';

/** What to look for, and how. Absent means kubectl's builder default. */
export type ResolveOptions = {
  /** Words of the command line. */
  readonly args?: readonly string[];
  /** `-f`, `-k`, `-R`. */
  readonly filenames?: readonly string[];
  readonly kustomize?: string;
  readonly recursive?: boolean;
  /** Standard input for `-f -`. */
  readonly stdin?: AsyncIterable<Buffer | string>;
  /** Namespace of objects that name none. */
  readonly namespace: string;
  /** An explicit `-n`: objects of other namespaces are refused. */
  readonly enforceNamespace?: boolean;
  readonly allNamespaces?: boolean;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** `--all`. */
  readonly selectAll?: boolean;
  /** A type alone means all of its objects (`get pods`); otherwise a name is asked for. */
  readonly typeAlone?: boolean;
  readonly subresource?: string;
  readonly chunkSize?: number;
  readonly chunkSizeGiven?: boolean;
  /** Never ask the server: only files count, and their kinds are not checked. */
  readonly local?: boolean;
  /** `--validate`: refuse manifests without apiVersion with kubectl's sentence about validation. */
  readonly validates?: boolean;
  /** Read objects of files from the server. */
  readonly latest?: boolean;
  /** Read named objects; default true. */
  readonly requireObject?: boolean;
  /** Flatten lists into their items; default true. */
  readonly flatten?: boolean;
  /** Go on after an error and tell all of them at the end; default true. */
  readonly continueOnError?: boolean;
  /** `--watch`: only one type may be named. */
  readonly singleType?: boolean;
  /** Ask for server Tables with this much of each object. */
  readonly table?: IncludedObject;
  /** The name errors show; `kubectl` when absent. */
  readonly program?: string;
  readonly signal?: AbortSignal | undefined;
};

/** The server's side of resolving; absent parts make it local. */
export type ResolveCluster = {readonly client: KubeClient; readonly discovery: Discovery};

type Finding = {readonly info: Info} | {readonly error: unknown};

/** One thing the command line pointed at: a list of a type, one object, or a file. */
export type ResolvedSource =
  | {readonly is: 'list'; readonly resource: ApiResource; readonly namespace: string}
  | {readonly is: 'object'; readonly resource: ApiResource; readonly namespace: string; readonly name: string}
  | {readonly is: 'file'; readonly name: string};

/** What was found. */
export type Resolved = {
  /** One object was asked for, so it is printed alone and not as a list. */
  readonly single: boolean;
  /** Objects were named (or come from files), rather than selected. */
  readonly targetsSingle: boolean;
  readonly sources: readonly ResolvedSource[];
  /** Calls `fn` for each object in order. Throws one error, or an AggregateError of several, after all were tried. */
  visit(fn: (info: Info) => void | Promise<void>): Promise<void>;
  /** All objects, and what went wrong on the way. */
  infos(): Promise<{readonly infos: readonly Info[]; readonly errors: readonly unknown[]}>;
  /** All objects; throws instead when anything went wrong. */
  all(): Promise<readonly Info[]>;
};

/** All errors of an error, those inside aggregates too. */
export const flattenErrors = (errors: readonly unknown[]): unknown[] =>
  errors.flatMap((error) => (error instanceof AggregateError ? flattenErrors(error.errors) : [error]));

/** Throws nothing, the error, or all of them. */
export const throwAll = (errors: readonly unknown[]): void => {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors);
};

/** Understands the arguments. Throws at once what kubectl tells before it asks for any object. */
export const resolve = async (cluster: ResolveCluster | undefined, options: ResolveOptions): Promise<Resolved> => {
  const {args = [], filenames = [], kustomize = '', recursive = false} = options;
  const early: unknown[] = [];
  let found: ReturnType<typeof findSources> = {sources: [], single: false, errors: []};
  if (filenames.length > 0 && kustomize !== '') early.push(askedWrong('only one of -f or -k can be specified'));
  if (kustomize !== '' && recursive) early.push(askedWrong("the -k flag can't be used with -f or -R"));
  if (early.length === 0) {
    if (kustomize !== '') throw askedWrong('-k is not in kdeck yet');
    found = findSources(filenames, recursive, options.stdin ?? emptyInput());
    early.push(...found.errors);
  }
  const labelSelector = options.labelSelector?.trim() ?? '';
  const fieldSelector = options.fieldSelector?.trim() ?? '';
  if (options.selectAll === true && (labelSelector !== '' || fieldSelector !== '')) {
    early.push(askedWrong("setting 'all' parameter but found a non empty selector. "));
  }
  let named: ReturnType<typeof readArguments> = {form: 'none'};
  try {
    named = readArguments(args, options.program ?? 'kubectl');
  } catch (error) {
    early.push(error);
  }
  throwAll(early);

  const hasSelector = options.selectAll === true || labelSelector !== '' || fieldSelector !== '';
  const builder = new Builder(cluster, options, {labelSelector, fieldSelector});
  if (found.sources.length > 0) return builder.byFiles(found.sources, found.single, named.form !== 'none' ? named : undefined);
  if (named.form === 'types' && cluster !== undefined) {
    const types = await expandCategories(cluster.discovery, named.types);
    // A category with names is one pair for each of its types, as if the types had been typed.
    if (types.length > 1 && named.names.length > 0) throw askedWrong('you must specify only one resource');
    named = {...named, types};
  }
  const alone = named.form === 'types' && named.names.length === 0 && options.typeAlone === true;
  if (hasSelector || alone) return builder.bySelector(named);
  if (named.form === 'pairs') return builder.byPairs(named.pairs);
  if (named.form === 'none') throw nothingNamed();
  if (named.names.length > 0) return builder.byNames(named.types, named.names);
  for (const type of named.types) await typeOf(builder.server().discovery, type);
  throw askedWrong('resource(s) were provided, but no name was specified');
};

// oxlint-disable-next-line no-empty-function
async function* emptyInput(): AsyncGenerator<Buffer> {}

class Builder {
  readonly #cluster: ResolveCluster | undefined;
  readonly #options: ResolveOptions;
  readonly #labelSelector: string;
  readonly #fieldSelector: string;
  readonly #namespace: string;

  constructor(
    cluster: ResolveCluster | undefined,
    options: ResolveOptions,
    selectors: {readonly labelSelector: string; readonly fieldSelector: string},
  ) {
    this.#cluster = cluster;
    this.#options = options;
    this.#labelSelector = selectors.labelSelector;
    this.#fieldSelector = selectors.fieldSelector;
    this.#namespace = options.allNamespaces === true ? '' : options.namespace;
  }

  server(): ResolveCluster {
    if (this.#cluster === undefined) throw askedWrong('local operation only');
    return this.#cluster;
  }

  async bySelector(named: ReturnType<typeof readArguments>): Promise<Resolved> {
    if (named.form === 'types' && named.names.length > 0) throw askedWrong('name cannot be provided when a selector is specified');
    if (named.form === 'pairs') throw askedWrong('selectors and the all flag cannot be used when passing resource/name arguments');
    if (named.form === 'none') throw askedWrong('at least one resource must be specified to use a selector');
    if ((this.#options.subresource ?? '') !== '') throw askedWrong('subresource cannot be used when bulk resources are specified');
    if (named.types.length > 1 && this.#options.singleType === true)
      throw askedWrong('you may only specify a single resource type');
    const {client, discovery} = this.server();
    const types = await typesOf(discovery, named.types);
    const lists = types.map((resource) => ({resource, namespace: resource.namespaced ? this.#namespace : ''}));
    const {chunkSize = 0, chunkSizeGiven = false, table, signal} = this.#options;
    const find = lists.map(({resource, namespace}) => {
      const list = {
        resource,
        namespace,
        chunkSize,
        chunkSizeGiven,
        table,
        signal,
        labelSelector: this.#labelSelector,
        fieldSelector: this.#fieldSelector,
      };
      return async function* (this: void): AsyncGenerator<Finding> {
        for await (const page of readList(client, list)) {
          yield {
            info: {
              resource,
              namespace,
              name: '',
              source: '',
              resourceVersion: page.metadata?.resourceVersion ?? '',
              subresource: '',
              object: page,
            },
          };
        }
      };
    });
    return this.#result(find, {
      single: false,
      targetsSingle: false,
      sources: lists.map((list) => ({is: 'list' as const, ...list})),
    });
  }

  async byPairs(pairs: readonly {readonly type: string; readonly name: string}[]): Promise<Resolved> {
    const {discovery} = this.server();
    const types = new Map<string, ApiResource>();
    for (const {type} of pairs) if (!types.has(type)) types.set(type, await typeOf(discovery, type));
    if (this.#options.singleType === true && new Set([...types.values()].map((type) => `${type.group}/${type.plural}`)).size > 1) {
      throw askedWrong('you may only specify a single resource type');
    }
    return this.#objects(pairs.map(({type, name}) => ({resource: types.get(type)!, name})));
  }

  async byNames(types: readonly string[], names: readonly string[]): Promise<Resolved> {
    if (types.length > 1) throw askedWrong('you must specify only one resource');
    const resource = await typeOf(this.server().discovery, types[0]!);
    return this.#objects(names.map((name) => ({resource, name})));
  }

  #objects(wanted: readonly {readonly resource: ApiResource; readonly name: string}[]): Resolved {
    const sources = wanted.map(({resource, name}) => {
      if (resource.namespaced && this.#namespace === '') {
        throw askedWrong(
          this.#options.allNamespaces === true
            ? 'a resource cannot be retrieved by name across all namespaces'
            : 'namespace may not be empty when retrieving a resource by name',
        );
      }
      return {is: 'object' as const, resource, name, namespace: resource.namespaced ? this.#namespace : ''};
    });
    const subresource = this.#options.subresource ?? '';
    const find = sources.map(
      ({resource, name, namespace}) =>
        async function* (this: void): AsyncGenerator<Finding> {
          yield {info: {resource, namespace, name, source: '', resourceVersion: '', subresource, object: undefined}};
        },
    );
    return this.#result(find, {single: wanted.length === 1, targetsSingle: true, sources});
  }

  byFiles(sources: readonly Source[], single: boolean, named: ReturnType<typeof readArguments> | undefined): Resolved {
    if (named?.form === 'types') {
      throw askedWrong('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well');
    }
    if (named?.form === 'pairs') throw askedWrong('resource/name arguments cannot be provided when a path is specified');
    const find = sources.map((source) => () => this.#readFile(source));
    return this.#result(find, {single, targetsSingle: true, sources: sources.map(({name}) => ({is: 'file' as const, name}))});
  }

  async *#readFile(source: Source): AsyncGenerator<Finding> {
    const filter = this.#labelSelector === '' ? undefined : await labelFilter(this.#labelSelector);
    for await (const document of readDocuments(await source.text(), source.name)) {
      let objects: readonly AnyObject[];
      try {
        const object = decodeObject(document, source.name);
        objects = this.#options.flatten !== false && isList(object) ? itemsOf(object) : [object];
      } catch (error) {
        yield {error};
        continue;
      }
      for (const object of objects) {
        try {
          const info = await this.#infoOf(object, source.name);
          if (this.#options.latest === true) {
            this.#fillNamespace(info);
            if (info.name !== '') await this.#fetch(info);
          }
          if (filter === undefined || filter(info.object?.metadata.labels ?? {})) yield {info};
        } catch (error) {
          yield {error};
        }
      }
    }
  }

  async #infoOf(object: AnyObject, source: string): Promise<Info> {
    const {name = '', namespace = '', resourceVersion = ''} = object.metadata ?? {};
    if (this.#options.validates === true && (object.apiVersion ?? '') === '') {
      throw askedWrong(
        `error validating ${JSON.stringify(source)}: error validating data: apiVersion not set; if you choose to ignore these errors, ` +
          'turn validation off with --validate=false',
      );
    }
    const info = {namespace, name, source, resourceVersion, subresource: this.#options.subresource ?? '', object};
    if (this.#options.local === true) return {...info, resource: undefined};
    const apiVersion = object.apiVersion ?? '';
    const resource = await this.server().discovery.forKind(apiVersion, object.kind ?? '');
    if (resource === undefined) {
      throw askedWrong(
        `resource mapping not found for name: ${JSON.stringify(name)} namespace: ${JSON.stringify(namespace)} from ${JSON.stringify(source)}: ` +
          `no matches for kind ${JSON.stringify(object.kind)} in version ${JSON.stringify(apiVersion)}\nensure CRDs are installed first`,
      );
    }
    return {...info, resource};
  }

  #result(
    find: readonly (() => AsyncGenerator<Finding>)[],
    about: Pick<Resolved, 'single' | 'targetsSingle' | 'sources'>,
  ): Resolved {
    const walk = (fn: (info: Info) => void | Promise<void>): Promise<unknown[]> => this.#walk(find, fn);
    const infos: Resolved['infos'] = async () => {
      const found: Info[] = [];
      const errors = await walk((info) => void found.push(info));
      return {infos: found, errors};
    };
    return {
      ...about,
      infos,
      visit: async (fn) => throwAll(await walk(fn)),
      all: async () => {
        const {infos: found, errors} = await infos();
        throwAll(errors);
        return found;
      },
    };
  }

  async #walk(find: readonly (() => AsyncGenerator<Finding>)[], fn: (info: Info) => void | Promise<void>): Promise<unknown[]> {
    const goesOn = this.#options.continueOnError !== false;
    const errors: unknown[] = [];
    // Errors of reading a list or a file stand together, one level deeper than those of the objects: it shows when they are printed.
    const readErrors: unknown[] = [];
    const all = (): unknown[] => (readErrors.length === 0 ? errors : [...errors, new AggregateError(readErrors)]);
    for (const source of find) {
      try {
        for await (const finding of source()) {
          if ('error' in finding) {
            readErrors.push(finding.error);
            if (!goesOn) return all();
            continue;
          }
          for (const info of await this.#spread(finding.info)) {
            try {
              await this.#complete(info);
              await fn(info);
            } catch (error) {
              errors.push(error);
              if (!goesOn) return all();
            }
          }
        }
      } catch (error) {
        readErrors.push(error);
        if (!goesOn) return all();
      }
    }
    return all();
  }

  // A page of a listing becomes one info for each item; Tables stay whole.
  async #spread(info: Info): Promise<readonly Info[]> {
    const {object, resource} = info;
    if (object === undefined || this.#options.flatten === false || !isList(object)) return [info];
    const infos: Info[] = [];
    for (const item of itemsOf(object)) {
      const {name = '', namespace = '', resourceVersion = ''} = item.metadata ?? {};
      const own = resource !== undefined && item.kind === resource.kind ? resource : undefined;
      const itemResource = own ?? (await this.server().discovery.forKind(item.apiVersion ?? '', item.kind ?? ''));
      infos.push({
        ...info,
        resource: itemResource,
        name,
        namespace,
        resourceVersion: info.resourceVersion || resourceVersion,
        object: item,
      });
    }
    return infos;
  }

  async #complete(info: Info): Promise<void> {
    this.#fillNamespace(info);
    if (
      this.#options.enforceNamespace === true &&
      isNamespaced(info) &&
      info.namespace !== this.#namespace &&
      info.object !== undefined
    ) {
      throw askedWrong(
        `the namespace from the provided object ${JSON.stringify(info.namespace)} does not match the namespace ` +
          `${JSON.stringify(this.#namespace)}. You must pass '--namespace=${info.namespace}' to perform this operation.`,
      );
    }
    if (info.resource !== undefined && !info.resource.namespaced) {
      info.namespace = '';
      if (info.object?.metadata !== undefined && !('rows' in info.object)) delete info.object.metadata.namespace;
    }
    if (info.object === undefined && this.#options.requireObject !== false) await this.#fetch(info);
  }

  #fillNamespace(info: Info): void {
    if (info.namespace !== '' || !isNamespaced(info) || this.#namespace === '') return;
    info.namespace = this.#namespace;
    if (info.object?.metadata !== undefined && !('rows' in info.object)) info.object.metadata.namespace = this.#namespace;
  }

  async #fetch(info: Info): Promise<void> {
    await fetchInfo(this.server().client, info, this.#options.table, this.#options.signal);
  }
}

/** Reads an info's object from the server. A missing namespace is told before the missing object. */
export const fetchInfo = async (client: KubeClient, info: Info, table?: IncludedObject, signal?: AbortSignal): Promise<void> => {
  const {resource, namespace, name, subresource} = info;
  if (resource === undefined) throw askedWrong('local operation only');
  const request = {
    path: pathOf(resource, {
      namespace: resource.namespaced ? namespace : undefined,
      name,
      ...(subresource === '' ? {} : {subresource}),
    }),
    ...(table === undefined ? {} : {accept: TABLE_ACCEPT, query: {includeObject: table === 'Metadata' ? undefined : table}}),
    signal,
  };
  try {
    const answer = await client.request(request);
    info.object = table === undefined ? (readJson(answer.text()) as AnyObject) : withMetadata(answer.json<AnyObject>());
    info.resourceVersion = info.object.metadata?.resourceVersion ?? '';
  } catch (error) {
    if (isStatus(error, 'NotFound') && namespace !== '' && namespace !== 'default') {
      try {
        await client.request({path: `/api/v1/namespaces/${encodeURIComponent(namespace)}`, signal});
      } catch (missing) {
        if (isStatus(missing, 'NotFound')) throw missing;
      }
    }
    throw error;
  }
};

const labelFilter = async (selector: string): Promise<(labels: Readonly<Record<string, string>>) => boolean> => {
  const {parseLabelSelector, matchesLabels} = await import('../../base/selectors/label.ts');
  try {
    const parsed = parseLabelSelector(selector);
    return (labels) => matchesLabels(parsed, labels);
  } catch (error) {
    throw askedWrong(`the provided selector ${JSON.stringify(selector)} is not valid: ${(error as Error).message}`);
  }
};

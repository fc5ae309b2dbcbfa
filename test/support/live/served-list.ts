// One resource of a loopback API server that can be listed and watched, with a history of its own that can be lost.
import type {ServerResponse} from 'node:http';
import type {KubeObject, Status} from '../../../src/kube/types/object.ts';
import {cutBeforeAnswer, json, status} from '../wire-faults/answers.ts';
import type {Answer, Exchange, FaultyServer, Seen} from '../wire-faults/server.ts';

type EventType = 'ADDED' | 'MODIFIED' | 'DELETED';
type HistoryEntry = {readonly type: EventType; readonly version: number; readonly object: KubeObject};
type OpenWatch = {readonly exchange: Exchange; readonly response: ServerResponse};

/** Serves objects as JSON under a path. `make` gives what stands beside the metadata. */
export class ServedList {
  readonly path: string;
  readonly server: FaultyServer;
  readonly objects = new Map<string, KubeObject>();
  version = 100;
  readonly #history: HistoryEntry[] = [];
  #oldest = 0;
  readonly #watches = new Set<OpenWatch>();
  #made = 0;

  constructor(server: FaultyServer, path: string) {
    this.server = server;
    this.path = path;
    server.always((seen) => seen.path === path, this.answer());
  }

  /** Lists and watches the path has seen. */
  get lists(): Seen[] {
    return this.server.seen((seen) => seen.path === this.path && seen.query.get('watch') !== 'true');
  }

  get watches(): Seen[] {
    return this.server.seen((seen) => seen.path === this.path && seen.query.get('watch') === 'true');
  }

  /** A pattern for `server.next` and `server.waitFor`. */
  readonly list = (seen: Seen): boolean => seen.path === this.path && seen.query.get('watch') !== 'true';
  readonly watch = (seen: Seen): boolean => seen.path === this.path && seen.query.get('watch') === 'true';

  answer(): Answer {
    return (exchange) => {
      if (exchange.seen.query.get('watch') === 'true') this.#openWatch(exchange);
      else void this.#answerList(exchange);
    };
  }

  add(name: string, fields: object = {}, metadata: object = {}): KubeObject {
    return this.#write('ADDED', {...fields, metadata: {name, namespace: 'default', uid: `uid-${++this.#made}`, ...metadata}});
  }

  change(name: string, fields: object = {}): KubeObject {
    const before = this.#named(name);
    return this.#write('MODIFIED', {...before, ...fields});
  }

  remove(name: string): void {
    const before = this.#named(name);
    this.#write('DELETED', before);
    this.objects.delete(name);
  }

  /** Changes that no watch is told of, as if nobody had been connected. */
  silently(work: () => void): void {
    const watching = [...this.#watches];
    this.#watches.clear();
    work();
    for (const watch of watching) this.#watches.add(watch);
  }

  bookmark(): void {
    const object = {kind: 'Pod', apiVersion: 'v1', metadata: {resourceVersion: String(++this.version)}};
    this.#send(`${JSON.stringify({type: 'BOOKMARK', object})}\n`);
  }

  /** Text on every open watch, whatever it is. */
  send(text: string): void {
    this.#send(text);
  }

  expire(): void {
    const error: Status = {kind: 'Status', status: 'Failure', reason: 'Expired', code: 410, message: 'too old resource version'};
    this.#oldest = this.version + 1;
    this.version++;
    this.#send(`${JSON.stringify({type: 'ERROR', object: error})}\n`);
    this.endWatches();
  }

  /** Forgets the past: a watch from an older version gets 410. */
  compact(): void {
    this.#oldest = ++this.version;
  }

  /** Ends open watches in good order, as the server does after `timeoutSeconds`. */
  endWatches(): void {
    for (const {response} of this.#watches) response.end();
    this.#watches.clear();
  }

  cutWatches(): void {
    for (const {exchange} of this.#watches) void cutBeforeAnswer()(exchange);
    this.#watches.clear();
  }

  #named(name: string): KubeObject {
    const object = this.objects.get(name);
    if (object === undefined) throw new Error(`no object ${name}`);
    return object;
  }

  #write(type: EventType, object: KubeObject): KubeObject {
    const version = ++this.version;
    const written = {...object, metadata: {...object.metadata, resourceVersion: String(version)}};
    if (type !== 'DELETED') this.objects.set(written.metadata.name ?? '', written);
    this.#history.push({type, version, object: written});
    this.#send(line(type, written));
    return written;
  }

  #send(text: string): void {
    for (const {response} of this.#watches) response.write(text);
  }

  #answerList(exchange: Exchange): void | Promise<void> {
    const {query} = exchange.seen;
    const all = [...this.objects.values()];
    const from = Number(query.get('continue') ?? 0);
    const limit = query.get('resourceVersion') === '0' ? 0 : Number(query.get('limit') ?? 0);
    const items = limit === 0 ? all : all.slice(from, from + limit);
    const more = limit > 0 && from + limit < all.length;
    return json({
      kind: 'PodList',
      apiVersion: 'v1',
      metadata: {resourceVersion: String(this.version), ...(more ? {continue: String(from + limit)} : {})},
      items,
    })(exchange);
  }

  #openWatch(exchange: Exchange): void {
    const from = Number(exchange.seen.query.get('resourceVersion'));
    if (from < this.#oldest) return void status(410, 'Expired', 'too old resource version')(exchange);
    const response = exchange.response as ServerResponse;
    response.writeHead(200, {'content-type': 'application/json'}).flushHeaders();
    const watch = {exchange, response};
    for (const {type, version, object} of this.#history) if (version > from) response.write(line(type, object));
    this.#watches.add(watch);
    response.once('close', () => this.#watches.delete(watch));
  }
}

const line = (type: EventType, object: KubeObject): string =>
  `${JSON.stringify({type, object: {kind: 'Pod', apiVersion: 'v1', ...object}})}\n`;

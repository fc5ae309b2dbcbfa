// The codec of a kind kdeck knows: protobuf where a field table exists and the server agrees, JSON otherwise.
import {KdeckError} from '../../base/errors.ts';
import {apiVersionOf, type AnyObject, type KubeObject, type ListMeta, type ResourceRef} from '../types/object.ts';
import {JSON_TYPE, PROTOBUF_TYPE, wrongType, type Codec, type ListReader, type WatchReader} from './codec.ts';
import {JsonSplitter} from './json-splitter.ts';
import {JsonWatchReader} from './json-watch.ts';
import {keepTree} from './keep.ts';
import {projector} from './project.ts';
import {MESSAGES} from './protobuf-fields.ts';
import {ProtobufListReader} from './protobuf-list.ts';
import {ProtobufObjects} from './protobuf-object.ts';
import {planFor, type MessagePlan} from './protobuf-plan.ts';
import type {ProtobufReader} from './protobuf-reader.ts';
import {ProtobufWatchReader} from './protobuf-watch.ts';
import {StringPool} from './strings.ts';

/** What a codec needs to know of a kind. */
export type KeptKind = {readonly ref: ResourceRef; readonly kind: string; readonly keep: readonly string[]};

/** Kinds that are worth a field table: client-lab's measurements name pods, and nothing else was measured to need it. */
const MESSAGE_OF: Readonly<Record<string, string>> = {'v1/pods': 'Pod'};

/** The codec of a kind. */
export const objectCodec = <T extends KubeObject>(kind: KeptKind): Codec<T> => {
  const keep = keepTree(kind.keep);
  const project = projector({...kind.ref, kind: kind.kind}, keep, new StringPool()) as unknown as (raw: AnyObject) => T;
  const json = new JsonObjectCodec<T>(project);
  const message = MESSAGE_OF[`${apiVersionOf(kind.ref)}/${kind.ref.plural}`];
  const plan = message === undefined ? undefined : planFor(MESSAGES, message, keep);
  return plan === undefined ? json : new ProtobufCodec<T>({apiVersion: apiVersionOf(kind.ref), kind: kind.kind}, plan, json);
};

class JsonObjectCodec<T extends KubeObject> implements Codec<T> {
  readonly accept = JSON_TYPE;
  readonly watchAccept = JSON_TYPE;
  readonly query = {};
  readonly simpler = undefined;
  readonly #project: (raw: AnyObject) => T;

  constructor(project: (raw: AnyObject) => T) {
    this.#project = project;
  }

  listReader(contentType: string): ListReader<T> {
    if (contentType !== JSON_TYPE) throw wrongType(contentType);
    let into: T[] = [];
    const splitter = new JsonSplitter({item: (text) => into.push(this.#project(parse(text)))});
    return {
      push: (chunk, items) => {
        into = items;
        splitter.push(chunk);
      },
      end: () => listMetaOf(splitter.end()),
    };
  }

  watchReader(contentType: string): WatchReader<T> {
    if (contentType !== JSON_TYPE) throw wrongType(contentType);
    return new JsonWatchReader((raw) => [this.#project(raw)]);
  }
}

class ProtobufCodec<T extends KubeObject> implements Codec<T> {
  readonly accept = `${PROTOBUF_TYPE},${JSON_TYPE}`;
  readonly watchAccept = `${PROTOBUF_TYPE};stream=watch,${JSON_TYPE}`;
  readonly query = {};
  readonly simpler: Codec<T>;
  readonly #type: {readonly apiVersion: string; readonly kind: string};
  readonly #plan: MessagePlan;
  readonly #objects = new ProtobufObjects();

  constructor(type: {readonly apiVersion: string; readonly kind: string}, plan: MessagePlan, json: Codec<T>) {
    this.#type = type;
    this.#plan = plan;
    this.simpler = json;
  }

  listReader(contentType: string): ListReader<T> {
    if (contentType !== PROTOBUF_TYPE) return this.simpler.listReader(contentType);
    let into: T[] = [];
    const list = new ProtobufListReader((reader, end) => into.push(this.#read(reader, end)));
    return {
      push: (chunk, items) => {
        into = items;
        list.push(chunk);
      },
      end: () => list.end(),
    };
  }

  watchReader(contentType: string): WatchReader<T> {
    if (contentType !== PROTOBUF_TYPE) return this.simpler.watchReader(contentType);
    return new ProtobufWatchReader<T>((reader, end) => this.#read(reader, end));
  }

  #read(reader: ProtobufReader, end: number): T {
    const object = new this.#plan.Shape();
    object['apiVersion'] = this.#type.apiVersion;
    object['kind'] = this.#type.kind;
    return this.#objects.read(reader, end, this.#plan, object) as unknown as T;
  }
}

/** JSON of an item or an envelope; anything else means that the list is damaged. */
export const parse = (text: string): AnyObject => {
  try {
    return JSON.parse(text) as AnyObject;
  } catch (error) {
    throw new KdeckError('KD-LIST-DAMAGED', 'The server sent a list that is not well-formed JSON.', {cause: error});
  }
};

/** The list's own metadata, out of what stands around its items. */
export const listMetaOf = (envelope: string): ListMeta => {
  const list = parse(envelope) as {metadata?: ListMeta; kind?: unknown};
  if (typeof list.kind !== 'string' || !/(?:List|Table)$/.test(list.kind)) {
    throw new KdeckError('KD-SERVER-NOT-KUBERNETES', 'The address answered with JSON that is not a Kubernetes list.');
  }
  return list.metadata ?? {};
};

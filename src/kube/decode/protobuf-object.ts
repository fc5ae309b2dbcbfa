// Turns protobuf messages into the nested objects JSON would have given, with only the kept fields.
import type {FieldPlan, MessagePlan} from './protobuf-plan.ts';
import type {ProtobufReader} from './protobuf-reader.ts';
import {ByteStringPool} from './strings.ts';

type JsonObject = {[field: string]: unknown};

/** Decodes messages by plan. One per kind: it owns the pool of texts. */
export class ProtobufObjects {
  readonly #texts = new ByteStringPool();
  readonly #times = new TimeTexts();

  /** Reads the message between the reader's position and `end` into `into`. */
  read(reader: ProtobufReader, end: number, plan: MessagePlan, into: JsonObject): JsonObject {
    const {fields} = plan;
    while (reader.at < end) {
      const tag = reader.varint();
      const field = fields[tag >>> 3];
      if (field === undefined) reader.skip(tag & 7);
      else if (field.inline) this.#inline(reader, field.message as MessagePlan, into);
      else if (field.repeat === 'one') this.#one(reader, field, into);
      else this.#run(reader, end, tag, field, into);
    }
    for (const name of plan.nullLists) if (into[name] === undefined) into[name] = null;
    return into;
  }

  #inline(reader: ProtobufReader, plan: MessagePlan, into: JsonObject): void {
    const length = reader.length();
    this.read(reader, reader.at + length, plan, into);
  }

  #one(reader: ProtobufReader, field: FieldPlan, into: JsonObject): void {
    const value = this.#value(reader, field);
    if (field.always || field.pointer || !isEmpty(value)) into[field.name] = value;
  }

  // The items of a list and the entries of a map follow one another; the run as a whole is what repeats from object to object.
  #run(reader: ProtobufReader, end: number, tag: number, field: FieldPlan, into: JsonObject): void {
    const start = reader.at;
    const shared = field.sharedRun?.off === false && into[field.name] === undefined ? field.sharedRun : undefined;
    shared?.begin();
    let count = 0;
    let stop = start;
    for (;;) {
      const from = reader.at;
      reader.skip(tag & 7);
      stop = reader.at;
      if (field.repeat === 'list' && field.message !== undefined) shared?.addDelimited(reader.bytes, from, stop, field.message);
      else shared?.add(reader.bytes, from, stop);
      count++;
      if (stop >= end || reader.varint() !== tag) break;
    }
    const known = shared?.find();
    if (known !== undefined) into[field.name] = known;
    else {
      reader.at = start;
      const value = field.repeat === 'list' ? this.#list(reader, field, count, into) : this.#map(reader, field, stop, into);
      into[field.name] = value;
      shared?.remember(value);
    }
    reader.at = stop;
  }

  #list(reader: ProtobufReader, field: FieldPlan, count: number, into: JsonObject): unknown[] {
    // Made in its final size: a list that grows by push has room for 17.
    const list = count === 1 ? [this.#value(reader, field)] : Array<unknown>(count);
    if (count > 1) {
      for (let index = 0; index < count; index++) {
        if (index > 0) reader.varint();
        list[index] = this.#value(reader, field);
      }
    }
    const before = into[field.name] as unknown[] | undefined;
    return before === undefined ? list : [...before, ...list];
  }

  #map(reader: ProtobufReader, field: FieldPlan, stop: number, into: JsonObject): JsonObject {
    const map = {...(into[field.name] as JsonObject | undefined)};
    for (;;) {
      this.#entry(reader, field, map);
      if (reader.at >= stop) return map;
      reader.varint();
    }
  }

  #entry(reader: ProtobufReader, field: FieldPlan, map: JsonObject): void {
    const length = reader.length();
    const end = reader.at + length;
    let key = '';
    let value: unknown = field.type === 'message' ? {} : '';
    while (reader.at < end) {
      const tag = reader.varint();
      if (tag >>> 3 === 1) key = this.#text(reader, false);
      else if (tag >>> 3 === 2 && !field.keysOnly) value = this.#value(reader, field);
      else reader.skip(tag & 7);
    }
    map[key] = value;
  }

  #value(reader: ProtobufReader, field: FieldPlan): unknown {
    switch (field.type) {
      case 'string':
        return this.#text(reader, field.unique);
      case 'bool':
        return reader.varint() !== 0;
      case 'int':
        return reader.int();
      case 'message':
        return this.#message(reader, field);
      case 'quantity':
        return this.#quantity(reader);
      case 'intstr':
        return this.#intOrString(reader);
      default:
        return this.#time(reader, field.type === 'microtime');
    }
  }

  #message(reader: ProtobufReader, field: FieldPlan): unknown {
    const length = reader.length();
    const start = reader.at;
    const end = start + length;
    const plan = field.message as MessagePlan;
    const shared = field.shared?.off === false ? field.shared : undefined;
    if (shared !== undefined) {
      shared.begin();
      shared.addMessage(reader.bytes, start, end, plan);
      const known = shared.find();
      if (known !== undefined) {
        reader.at = end;
        return known;
      }
    }
    const value = this.read(reader, end, plan, new plan.Shape());
    shared?.remember(value);
    return value;
  }

  #text(reader: ProtobufReader, unique: boolean): string {
    const length = reader.length();
    const start = reader.at;
    reader.at = start + length;
    return unique ? reader.bytes.toString('utf8', start, reader.at) : this.#texts.read(reader.bytes, start, reader.at);
  }

  #quantity(reader: ProtobufReader): string {
    const length = reader.length();
    const end = reader.at + length;
    let text = '0';
    while (reader.at < end) {
      const tag = reader.varint();
      if (tag >>> 3 === 1) text = this.#text(reader, false);
      else reader.skip(tag & 7);
    }
    return text;
  }

  #intOrString(reader: ProtobufReader): number | string {
    const length = reader.length();
    const end = reader.at + length;
    let isText = false;
    let number = 0;
    let text = '';
    while (reader.at < end) {
      const tag = reader.varint();
      if (tag >>> 3 === 1) isText = reader.varint() === 1;
      else if (tag >>> 3 === 2) number = reader.int();
      else if (tag >>> 3 === 3) text = this.#text(reader, false);
      else reader.skip(tag & 7);
    }
    return isText ? text : number;
  }

  #time(reader: ProtobufReader, micro: boolean): string | null {
    const length = reader.length();
    const end = reader.at + length;
    let seconds = 0;
    let nanos = 0;
    while (reader.at < end) {
      const tag = reader.varint();
      if (tag >>> 3 === 1) seconds = reader.int();
      else if (tag >>> 3 === 2) nanos = reader.int();
      else reader.skip(tag & 7);
    }
    // The Go zero time travels as an empty message and is null in JSON.
    if (seconds === 0 && nanos === 0) return null;
    const text = this.#times.of(seconds);
    return micro ? `${text.slice(0, -1)}.${String(Math.floor(nanos / 1000)).padStart(6, '0')}Z` : text;
  }
}

const isEmpty = (value: unknown): boolean => value === '' || value === 0 || value === false || value === null;

const DAY = 86_400;

/** RFC 3339 texts of seconds since 1970; neighbours in time repeat a lot. */
class TimeTexts {
  // Filled from the start: V8 turns an array with far-apart holes into a slow dictionary.
  readonly #seconds = new Float64Array(4096).fill(Number.NaN);
  readonly #texts = Array.from<string>({length: 4096});
  readonly #bytes = Buffer.from('1970-01-01T00:00:00Z');
  #day = 0;

  of(seconds: number): string {
    const slot = seconds & 4095;
    if (this.#seconds[slot] === seconds) return this.#texts[slot] as string;
    const text = this.#write(seconds);
    this.#seconds[slot] = seconds;
    this.#texts[slot] = text;
    return text;
  }

  // Dates are expensive to print, so the day is printed once and only the time of day is written anew.
  #write(seconds: number): string {
    const day = Math.floor(seconds / DAY);
    const bytes = this.#bytes;
    if (day !== this.#day) {
      bytes.write(new Date(day * DAY * 1000).toISOString().slice(0, 10), 'latin1');
      this.#day = day;
    }
    const rest = seconds - day * DAY;
    twoDigits(bytes, 11, Math.floor(rest / 3600));
    twoDigits(bytes, 14, Math.floor(rest / 60) % 60);
    twoDigits(bytes, 17, rest % 60);
    return bytes.toString('latin1');
  }
}

const twoDigits = (bytes: Buffer, at: number, value: number): void => {
  bytes[at] = 48 + Math.floor(value / 10);
  bytes[at + 1] = 48 + (value % 10);
};

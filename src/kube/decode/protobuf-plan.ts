// What a protobuf message looks like and which of its fields are kept, compiled from the field table and a kind's keep tree.
import type {KeepTree} from './keep.ts';
import {newShape, type Shape} from './shape.ts';
import {SharedValues} from './shared-values.ts';

export type ScalarType = 'string' | 'bool' | 'int' | 'time' | 'microtime' | 'quantity' | 'intstr';

export type FieldPlan = {
  readonly name: string;
  /** Fields of this message stand directly in the parent's JSON object. */
  readonly inline: boolean;
  readonly repeat: 'one' | 'list' | 'map';
  readonly type: ScalarType | 'message';
  /** In JSON even when empty. */
  readonly always: boolean;
  readonly pointer: boolean;
  /** The keys of a map without its values. */
  readonly keysOnly: boolean;
  /** A text that differs in each object. */
  readonly unique: boolean;
  readonly message: MessagePlan | undefined;
  /** Of single messages and of the items of a list. */
  readonly shared: SharedValues | undefined;
  /** Of whole maps and lists. */
  readonly sharedRun: SharedValues | undefined;
};

export type MessagePlan = {
  /** By field number; a hole is skipped. */
  readonly fields: readonly (FieldPlan | undefined)[];
  /** Lists that JSON shows as null when there are none. */
  readonly nullLists: readonly string[];
  /** Makes the empty object that is then filled. */
  readonly Shape: Shape;
};

type Messages = Readonly<Record<string, string>>;

const SCALARS = new Set(['string', 'bool', 'int', 'time', 'microtime', 'quantity', 'intstr']);
const UNIQUE = new Set(['uid', 'resourceVersion', 'podIP', 'ip', 'containerID']);

/** The plan for a message and a keep tree; undefined when a kept field is not in the table, so that JSON must be used. */
export const planFor = (messages: Messages, type: string, tree: KeepTree): MessagePlan | undefined => {
  try {
    return new Planner(messages).message(type, tree);
  } catch (error) {
    if (error instanceof UnknownFieldError) return undefined;
    throw error;
  }
};

class UnknownFieldError extends Error {}

class Planner {
  readonly #messages: Messages;
  readonly #whole = new Map<string, MessagePlan>();

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  message(type: string, tree: KeepTree): MessagePlan {
    const known = tree === 'all' ? this.#whole.get(type) : undefined;
    if (known !== undefined) return known;
    const fields: (FieldPlan | undefined)[] = [];
    const nullLists: string[] = [];
    const plan: MessagePlan = {fields, nullLists, Shape: newShape()};
    if (tree === 'all') this.#whole.set(type, plan);
    const found = new Set<string>();
    this.#addFields(type, tree, fields, nullLists, found);
    if (tree !== 'all' && tree !== 'keys') {
      for (const name of tree.keys()) if (!found.has(name)) throw new UnknownFieldError(`${type}.${name}`);
    }
    return plan;
  }

  #addFields(type: string, tree: KeepTree, fields: (FieldPlan | undefined)[], nullLists: string[], found: Set<string>): void {
    const text = this.#messages[type];
    if (text === undefined) throw new UnknownFieldError(type);
    for (const field of text === '' ? [] : text.split(' ')) {
      const parsed = parseField(field);
      if (parsed.inline) {
        // The table of an inlined message is read only for the names it brings.
        const inner: (FieldPlan | undefined)[] = [];
        this.#addFields(parsed.type, tree, inner, [], found);
        if (inner.some((plan) => plan !== undefined)) {
          fields[parsed.number] = {
            ...BLANK,
            inline: true,
            type: 'message',
            message: {fields: inner, nullLists: [], Shape: newShape()},
          };
        }
        continue;
      }
      const below = tree === 'all' ? 'all' : tree === 'keys' ? undefined : tree.get(parsed.name);
      if (below === undefined) continue;
      found.add(parsed.name);
      const scalar = SCALARS.has(parsed.type);
      fields[parsed.number] = {
        ...BLANK,
        name: parsed.name,
        repeat: parsed.repeat,
        type: scalar ? (parsed.type as ScalarType) : 'message',
        always: parsed.mark === '!',
        pointer: parsed.mark === '?',
        keysOnly: below === 'keys' && parsed.repeat === 'map',
        unique: UNIQUE.has(parsed.name) || (type === 'ObjectMeta' && parsed.name === 'name'),
        message: scalar ? undefined : this.message(parsed.type, below),
        shared: scalar || parsed.repeat === 'map' ? undefined : new SharedValues(),
        sharedRun: parsed.repeat === 'one' ? undefined : new SharedValues(),
      };
      if (parsed.mark === '!' && parsed.repeat !== 'one') nullLists.push(parsed.name);
    }
  }
}

const BLANK: FieldPlan = {
  name: '',
  inline: false,
  repeat: 'one',
  type: 'string',
  always: false,
  pointer: false,
  keysOnly: false,
  unique: false,
  message: undefined,
  shared: undefined,
  sharedRun: undefined,
};

type ParsedField = {
  readonly number: number;
  readonly name: string;
  readonly mark: '' | '!' | '?';
  readonly inline: boolean;
  readonly repeat: 'one' | 'list' | 'map';
  readonly type: string;
};

const FIELD = /^(\d+):(?:\^(\w+)|(\w+)([!?]?):(\[\]|\{\})?(\w+))$/;

const parseField = (text: string): ParsedField => {
  const match = FIELD.exec(text);
  if (match === null) throw new TypeError(`not a field: ${text}`);
  const [, number, inlined, name, mark, repeat, type] = match;
  return {
    number: Number(number),
    name: name ?? '',
    mark: (mark ?? '') as '' | '!' | '?',
    inline: inlined !== undefined,
    repeat: repeat === '[]' ? 'list' : repeat === '{}' ? 'map' : 'one',
    type: inlined ?? type ?? '',
  };
};

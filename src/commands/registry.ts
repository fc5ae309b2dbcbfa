// The one place that knows every command: found by id, by key in a situation, by words; clashes are found when it is built.
import type {Command, Origin, Situation} from './command.ts';
import {showBinding} from './chord.ts';
import {applies, belongs, clash, specificity} from './match.ts';
import type {BoundKey, KeyChange} from './rebinding.ts';
import {keysAfter} from './rebinding.ts';

/** A command as it stands in the registry: with the keys in force and where it came from. */
export type Registered = {readonly command: Command; readonly origin: Origin; readonly keys: readonly BoundKey[]};

/** What a key press means: a command, the start of a longer sequence, or nothing. */
export type KeyMeaning =
  | {readonly is: 'command'; readonly command: Command}
  /** The key belongs to commands of this screen that do not apply now, such as when read-only. */
  | {readonly is: 'blocked'; readonly command: Command}
  | {readonly is: 'prefix'}
  | {readonly is: 'nothing'};

/** A hint: the key as people read it and the title. */
export type Hint = {readonly id: string; readonly key: string; readonly title: string};

/** A binding two commands share with equal right. */
export type Conflict = {readonly binding: string; readonly commands: readonly string[]};

/** Every command; built-ins, actions of kinds and plugins enter through `add`. */
export interface CommandRegistry {
  /** A duplicate id throws and names both origins. */
  add(command: Command, origin: Origin): Disposable;
  get(id: string): Registered | undefined;
  all(): readonly Registered[];
  /** Meaning of the steps pressed so far. */
  forKeys(steps: readonly string[], at: Situation): KeyMeaning;
  /** Commands that can be run here, for palette and prompt. */
  available(at: Situation): readonly Registered[];
  /** Commands that belong to this screen and kind, also those that do not apply at this moment: for help. */
  belonging(at: Situation): readonly Registered[];
  hints(at: Situation): readonly Hint[];
  /** First key of a command as people read it. */
  keyOf(id: string): string | undefined;
  conflicts(): readonly Conflict[];
  /** Key names of the user's file that name no key, and ids that name no command. */
  problems(): readonly string[];
}

const kdeck: Origin = {layer: 'kdeck', name: 'kdeck'};

class Registry implements CommandRegistry {
  readonly #changes: Readonly<Record<string, KeyChange>>;
  readonly #byId = new Map<string, Registered>();
  readonly #badKeys: string[] = [];
  #ranked: readonly {readonly steps: readonly string[]; readonly key: BoundKey; readonly at: Registered}[] | undefined;

  constructor(changes: Readonly<Record<string, KeyChange>>) {
    this.#changes = changes;
  }

  add(command: Command, origin: Origin): Disposable {
    const before = this.#byId.get(command.id);
    if (before !== undefined)
      throw new Error(`two commands are called ${command.id}: one of ${before.origin.name}, one of ${origin.name}`);
    const {keys, problems} = keysAfter(command.keys ?? [], this.#changes[command.id]);
    this.#badKeys.push(...problems.map((key) => `${command.id}: \`${key}\` is not the name of a key`));
    this.#byId.set(command.id, {command, origin, keys});
    this.#ranked = undefined;
    return {
      [Symbol.dispose]: () => {
        this.#byId.delete(command.id);
        this.#ranked = undefined;
      },
    };
  }

  get(id: string): Registered | undefined {
    return this.#byId.get(id);
  }

  all(): readonly Registered[] {
    return [...this.#byId.values()];
  }

  /** Every binding, best right first: the user's own, then the most special condition, then plugins' order of arrival. */
  #bindings() {
    this.#ranked ??= this.all()
      .flatMap((at) => at.keys.map((key) => ({steps: key.binding.split(' '), key, at})))
      .sort(
        (a, b) => Number(b.key.byUser) - Number(a.key.byUser) || specificity(b.at.command.when) - specificity(a.at.command.when),
      );
    return this.#ranked;
  }

  forKeys(steps: readonly string[], at: Situation): KeyMeaning {
    let blocked: Command | undefined;
    let prefix = false;
    for (const {
      steps: wanted,
      at: {command},
    } of this.#bindings()) {
      if (wanted.length < steps.length || !steps.every((step, index) => wanted[index] === step)) continue;
      if (!applies(command.when, at)) {
        if (wanted.length === steps.length && belongs(command.when, at)) blocked ??= command;
        continue;
      }
      if (wanted.length === steps.length) return prefix ? {is: 'prefix'} : {is: 'command', command};
      prefix = true;
    }
    if (prefix) return {is: 'prefix'};
    return blocked === undefined ? {is: 'nothing'} : {is: 'blocked', command: blocked};
  }

  available(at: Situation): readonly Registered[] {
    return this.all().filter(({command}) => applies(command.when, at));
  }

  belonging(at: Situation): readonly Registered[] {
    return this.all().filter(({command}) => belongs(command.when, at));
  }

  hints(at: Situation): readonly Hint[] {
    return this.available(at)
      .filter(({command, keys}) => command.hint !== undefined && keys.length > 0 && this.#reaches(keys, command, at))
      .sort((a, b) => (a.command.hint ?? 0) - (b.command.hint ?? 0))
      .map(({command, keys}) => ({id: command.id, key: showBinding(keys[0]?.binding ?? ''), title: command.title}));
  }

  /** False when another command takes this one's first key here: a hint must never lie. */
  #reaches(keys: readonly BoundKey[], command: Command, at: Situation): boolean {
    const meaning = this.forKeys((keys[0]?.binding ?? '').split(' '), at);
    return meaning.is === 'command' && meaning.command.id === command.id;
  }

  keyOf(id: string): string | undefined {
    const binding = this.#byId.get(id)?.keys[0]?.binding;
    return binding === undefined ? undefined : showBinding(binding);
  }

  conflicts(): readonly Conflict[] {
    const byBinding = Map.groupBy(this.#bindings(), ({key}) => key.binding);
    const found: Conflict[] = [];
    for (const [binding, holders] of byBinding) {
      const clashing = holders.filter((one) =>
        holders.some(
          (other) =>
            other.at !== one.at && other.key.byUser === one.key.byUser && clash(one.at.command.when, other.at.command.when),
        ),
      );
      if (clashing.length > 1) found.push({binding, commands: clashing.map(({at}) => at.command.id)});
    }
    return found;
  }

  problems(): readonly string[] {
    const unknown = Object.keys(this.#changes).filter((id) => !this.#byId.has(id));
    return [...this.#badKeys, ...unknown.map((id) => `${id}: there is no such command`)];
  }
}

/** A registry with the given commands; `changes` are the user's keys by command id. */
export const createRegistry = (
  commands: readonly Command[],
  changes: Readonly<Record<string, KeyChange>> = {},
): CommandRegistry => {
  const registry = new Registry(changes);
  for (const command of commands) registry.add(command, kdeck);
  return registry;
};

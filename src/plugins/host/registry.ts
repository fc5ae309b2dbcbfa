// Everything built-ins and plugins contributed, in one place, each with its origin; a clash names both sides.
import type {Origin} from '../../commands/command.ts';
import {KdeckError} from '../../base/errors.ts';
import {kindKey} from '../../resources/kind.ts';
import type {ResourceKind} from '../../resources/kind.ts';
import type {Contributions, Hooks, Plugin, PluginCommand, ThemeSource} from '../api/index.ts';

type Owned<T> = {readonly value: T; readonly origin: Origin};

const originText = (origin: Origin): string =>
  origin.layer === 'kdeck' ? 'kdeck itself' : `the ${origin.layer} plugin ${origin.name}`;

/** The one door: kinds, columns, actions, diagnoses, relations, commands, themes and hooks come in here and nowhere else. */
export class ContributionRegistry {
  readonly #kinds = new Map<string, Owned<ResourceKind>>();
  readonly #commands = new Map<string, Owned<PluginCommand>>();
  readonly #themes = new Map<string, Owned<ThemeSource>>();
  readonly #additions: {readonly contributes: Contributions; readonly origin: Origin}[] = [];
  readonly #merged = new Map<string, ResourceKind>();

  /**
   * Adds all contributions of a plugin, or none: a duplicate id throws and names both origins. Disposing takes them out again.
   */
  add(plugin: Plugin, origin: Origin): Disposable {
    const {contributes} = plugin;
    const kinds = (contributes.kinds ?? []).map((kind) => [kindKey(kind.ref), kind] as const);
    const commands = (contributes.commands ?? []).map((command) => [command.id, command] as const);
    const themes = (contributes.themes ?? []).map((theme) => [theme.name, theme] as const);
    this.#refuseClash('kind', this.#kinds, kinds, origin);
    this.#refuseClash('command', this.#commands, commands, origin);
    this.#refuseClash('theme', this.#themes, themes, origin);
    for (const [key, value] of kinds) this.#kinds.set(key, {value, origin});
    for (const [key, value] of commands) this.#commands.set(key, {value, origin});
    for (const [key, value] of themes) this.#themes.set(key, {value, origin});
    const addition = {contributes, origin};
    this.#additions.push(addition);
    this.#merged.clear();
    return {
      [Symbol.dispose]: () => {
        for (const [key] of kinds) this.#kinds.delete(key);
        for (const [key] of commands) this.#commands.delete(key);
        for (const [key] of themes) this.#themes.delete(key);
        const at = this.#additions.indexOf(addition);
        if (at >= 0) this.#additions.splice(at, 1);
        this.#merged.clear();
      },
    };
  }

  /** Takes a kind with everything plugins added to it; undefined when nobody contributed it. */
  kind(key: string): ResourceKind | undefined {
    const known = this.#merged.get(key);
    if (known !== undefined) return known;
    const owned = this.#kinds.get(key);
    if (owned === undefined) return undefined;
    const merged = this.extend(owned.value);
    this.#merged.set(key, merged);
    return merged;
  }

  /** A kind that came from elsewhere (a CRD, a lazily loaded built-in) with everything plugins add to it. */
  extend(kind: ResourceKind): ResourceKind {
    const key = kindKey(kind.ref);
    const meant = (entry: {readonly kind: string}): boolean => entry.kind === key || entry.kind === '*';
    const all = this.#additions.map(({contributes}) => contributes);
    const columns = [...kind.columns];
    for (const {column, after} of all.flatMap((one) => (one.columns ?? []).filter(meant))) {
      if (columns.some(({id}) => id === column.id)) continue;
      const at = after === undefined ? -1 : columns.findIndex(({id}) => id === after);
      columns.splice(at < 0 ? columns.length : at + 1, 0, column);
    }
    const actions = [...(kind.actions ?? []), ...all.flatMap((one) => (one.actions ?? []).filter(meant).map(({action}) => action))];
    const diagnoses = [
      ...(kind.diagnoses ?? []),
      ...all.flatMap((one) => (one.diagnoses ?? []).filter(meant).map(({diagnosis}) => diagnosis)),
    ];
    const relations = [
      ...(kind.relations ?? []),
      ...all.flatMap((one) => (one.relations ?? []).filter(meant).map(({relation}) => relation)),
    ];
    return {...kind, columns, actions, diagnoses, relations};
  }

  /** Keys of all contributed kinds. */
  kindKeys(): readonly string[] {
    return [...this.#kinds.keys()];
  }

  commands(): readonly Owned<PluginCommand>[] {
    return [...this.#commands.values()];
  }

  themes(): readonly Owned<ThemeSource>[] {
    return [...this.#themes.values()];
  }

  /** Hooks with their origin, in the order they were added. */
  hooks(): readonly Owned<Hooks>[] {
    return this.#additions.flatMap(({contributes, origin}) => (contributes.hooks ? [{value: contributes.hooks, origin}] : []));
  }

  #refuseClash(
    what: string,
    taken: ReadonlyMap<string, Owned<unknown>>,
    entries: readonly (readonly [string, unknown])[],
    origin: Origin,
  ): void {
    const seen = new Set<string>();
    for (const [key] of entries) {
      const before = taken.get(key)?.origin ?? (seen.has(key) ? origin : undefined);
      seen.add(key);
      if (before === undefined) continue;
      throw new KdeckError(
        'KD-PLUGIN-CLASH',
        `The ${what} ${key} of ${originText(origin)} already comes from ${originText(before)}`,
        {
          tryThis: ['give it another id'],
        },
      );
    }
  }
}

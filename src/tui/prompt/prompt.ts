// The `:` prompt: what is typed is run as it stands when it means something, else the marked suggestion is taken.
import fuzzysort from 'fuzzysort';

type Prepared = ReturnType<typeof fuzzysort.prepare>;
import type {Choice} from '../components/picker.ts';
import {picker} from '../components/picker.ts';
import type {App} from '../session/app.ts';
import type {KnownKind} from '../session/catalogue.ts';
import type {Effect} from '../session/effect.ts';
import {open, send, toast} from '../session/effect.ts';
import type {Overlay} from '../session/overlay.ts';
import type {Line} from './grammar.ts';
import {readLine} from './grammar.ts';

/** A suggestion with the words it is found by, prepared once. */
type Suggestion = {
  readonly text: string;
  readonly title: string;
  readonly note: string;
  readonly weight: number;
  readonly run: (app: App) => readonly Effect[];
  readonly prepared: readonly Prepared[];
};

const groupText = ({resource}: KnownKind): string =>
  resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;

const openKind = (known: KnownKind, app: App): readonly Effect[] => [
  open('list', {kind: known.key, namespaces: app.place.namespaces}, 'root'),
];

const wordsFor = (app: App) => ({kinds: app.kinds, registry: app.registry, contexts: app.contexts.map(({name}) => name)});

/** Runs a read line; undefined when it means nothing yet. */
const runLine = (line: Line, app: App): readonly Effect[] | undefined => {
  switch (line.is) {
    case 'kind': {
      const namespaces = line.namespaces ?? app.place.namespaces;
      const params = {
        kind: line.known.key,
        namespaces,
        ...(line.filter === undefined ? {} : {filter: line.filter}),
        ...(line.labels === undefined ? {} : {labelSelector: line.labels}),
      };
      if (line.context !== undefined && line.context !== app.place.context) return [send({type: 'context', name: line.context})];
      return [
        open('list', params, 'root'),
        ...(line.namespaces === undefined || !line.known.resource.namespaced
          ? []
          : [send({type: 'namespaces', namespaces: line.namespaces})]),
      ];
    }
    case 'context':
      return [send({type: 'context', name: line.name})];
    case 'namespace':
      return [send({type: 'namespaces', namespaces: line.namespaces})];
    case 'command':
      return [send({type: 'command', id: line.id, ...(line.argument === '' ? {} : {argument: line.argument})})];
    case 'local':
      return [send({type: 'command', id: 'app.run-local', argument: line.line})];
    case 'ambiguous':
      return undefined;
    default:
      return undefined;
  }
};

const prepare = (words: readonly string[]): readonly Prepared[] =>
  words.filter((word) => word !== '').map((word) => fuzzysort.prepare(word));

const kindsPrepared = new WeakMap<object, readonly Suggestion[]>();

/** Suggestions for kinds are prepared once a catalogue: hundreds of CRDs cost nothing per key. */
const kindSuggestions = (app: App): readonly Suggestion[] => {
  const known = kindsPrepared.get(app.kinds);
  if (known !== undefined) return known;
  // A plural several groups use names the best-known one; the others are offered with their group.
  const nameOf = (one: KnownKind): string =>
    app.kinds.find(one.resource.plural)[0] === one && app.kinds.find(one.resource.plural).length === 1
      ? one.resource.plural
      : one.key;
  const made = app.kinds.all().map((one): Suggestion => ({
    text: nameOf(one),
    title: nameOf(one),
    note: [one.resource.shortNames.join(' '), groupText(one)].filter(Boolean).join('   '),
    weight: one.kind === undefined ? 0 : 0.15,
    run: (current) => openKind(one, current),
    prepared: prepare([one.resource.plural, ...one.resource.shortNames, one.resource.kind]),
  }));
  kindsPrepared.set(app.kinds, made);
  return made;
};

const commandSuggestions = (app: App): readonly Suggestion[] =>
  app.registry
    .available(app.situation())
    .filter(
      ({command}) =>
        !command.id.startsWith('move.') && !command.id.startsWith('namespace.recent-') && command.id !== 'app.open-prompt',
    )
    .map(({command}): Suggestion => ({
      text: command.aliases?.[0] ?? command.id,
      title: command.title,
      note: [command.summary, app.registry.keyOf(command.id)].filter(Boolean).join('   '),
      weight: -0.1,
      run: () => [send({type: 'command', id: command.id})],
      prepared: prepare([command.title, ...(command.aliases ?? [])]),
    }));

const placeSuggestions = (app: App): readonly Suggestion[] => [
  ...app.recentNamespaces.map((name): Suggestion => ({
    text: `ns ${name}`,
    title: name,
    note: 'namespace',
    weight: -0.05,
    run: () => [send({type: 'namespaces', namespaces: [name]})],
    prepared: prepare([name]),
  })),
  ...app.contexts.map(({name}): Suggestion => ({
    text: `ctx ${name}`,
    title: name,
    note: 'context',
    weight: -0.05,
    run: () => [send({type: 'context', name})],
    prepared: prepare([name]),
  })),
];

/** Score of a suggestion for a text; exact words beat everything. */
const scoreOf = (suggestion: Suggestion, typed: string): number => {
  let best = 0;
  for (const prepared of suggestion.prepared) {
    const target = prepared.target.toLowerCase();
    if (target === typed) return 2 + suggestion.weight;
    const found = fuzzysort.single(typed, prepared);
    if (found !== null) best = Math.max(best, found.score + (target.startsWith(typed) ? 0.3 : 0));
  }
  return best === 0 ? 0 : best + suggestion.weight;
};

/** Suggestions for the word being typed: kinds first, then namespaces after a kind, contexts after `ctx` or `@`. */
const suggestionsFor = (typed: string, app: App): readonly Suggestion[] => {
  const text = typed.trimStart().toLowerCase();
  // The words of a shell are not ours to guess.
  if (text.startsWith('!')) return [];
  const [first = '', second] = text.split(/\s+/);
  if (second !== undefined && second !== '/') {
    const isContext = /^(ctx|context|contexts)$/.test(first) || second.startsWith('@');
    const needle = second.replace(/^@/, '');
    const place = (name: string, note: string): Suggestion => ({
      text: `${first} ${second.startsWith('@') ? '@' : ''}${name}`,
      title: `${first} ${name}`,
      note,
      weight: 0,
      prepared: prepare([name]),
      run: (current) =>
        runLine(
          readLine(`${first} ${isContext && !/^(ctx|context|contexts)$/.test(first) ? '@' : ''}${name}`, wordsFor(current)),
          current,
        ) ?? [],
    });
    const names = isContext
      ? app.contexts.map(({name}) => place(name, 'context'))
      : [...app.recentNamespaces.map((name) => place(name, 'namespace')), place('all', 'all namespaces')];
    return needle === ''
      ? names
      : names
          .map((one) => ({one, score: scoreOf(one, needle)}))
          .filter(({score}) => score > 0.2)
          .sort((a, b) => b.score - a.score)
          .map(({one}) => one);
  }
  if (first === '') return kindSuggestions(app).filter(({weight}) => weight > 0);
  return [...kindSuggestions(app), ...placeSuggestions(app), ...commandSuggestions(app)]
    .map((one) => ({one, score: scoreOf(one, first)}))
    .filter(({score}) => score > 0.2)
    .sort((a, b) => b.score - a.score)
    .slice(0, 60)
    .map(({one}) => one);
};

/** Makes the prompt. */
export const prompt = (app: App, typed = ''): Overlay =>
  picker(
    {
      name: 'prompt',
      title: 'Go to',
      hint: 'pods, deploy shop, ctx prod, pods /check, q',
      y: 2,
      recent: app.history.prompt,
      choices: (text, current) =>
        suggestionsFor(text, current).map((one): Choice => ({title: one.title, note: one.note, run: () => one.run(current)})),
      enter: (text, current, moved) => {
        if (moved) return undefined;
        const line = readLine(text, wordsFor(current));
        const effects = runLine(line, current);
        if (effects !== undefined) return [...effects, send({type: 'typed', where: 'prompt', text: text.trim()})];
        if (line.is === 'ambiguous') return [toast('warn', `${line.word} may mean ${line.kinds.map(({key}) => key).join(' or ')}`)];
        if (line.is === 'unknown' && suggestionsFor(text, current).length === 0)
          return [toast('warn', `There is no kind, namespace, context or command called ${line.word}`)];
        return undefined;
      },
      complete: (text, choice) => suggestionsFor(text, app).find((one) => one.title === choice?.title)?.text ?? text,
      empty: (text) => (text.trimStart().startsWith('!') ? 'Enter runs it with your shell' : `nothing like ${text.trim()}`),
    },
    typed,
  );

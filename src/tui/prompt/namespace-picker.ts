// Choosing namespaces: the ones the cluster lists, the recent ones first; a typed name works even if listing is denied.
import type {Choice} from '../components/picker.ts';
import {picker} from '../components/picker.ts';
import type {App} from '../session/app.ts';
import type {Effect} from '../session/effect.ts';
import {send, toast} from '../session/effect.ts';
import type {Overlay} from '../session/overlay.ts';

const isName = (text: string): boolean => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);

const use = (namespaces: readonly string[] | 'all'): readonly Effect[] => [send({type: 'namespaces', namespaces})];

/** What was typed: names that are done, and the one being typed. */
const read = (typed: string): {readonly done: readonly string[]; readonly last: string} => {
  const words = typed.toLowerCase().split(',');
  const last = (words.pop() ?? '').trim();
  return {done: words.map((name) => name.trim()).filter(Boolean), last};
};

/** Every name known, the most recent first. Where namespaces may not be listed, those worth a try. */
const namesOf = ({recentNamespaces, namespaces, connection}: App): readonly string[] => [
  ...new Set([...recentNamespaces, ...namespaces, ...(namespaces.length === 0 ? (connection?.cache.candidates() ?? []) : [])]),
];

const choicesOf = (typed: string, app: App): readonly Choice[] => {
  const here = app.place.namespaces;
  const {done, last} = read(typed);
  const recent = app.recentNamespaces.slice(0, 9);
  const all: Choice = {title: 'all namespaces', current: here === 'all', run: () => use('all')};
  const single = namesOf(app).map((name): Choice => ({
    title: name,
    current: done.length === 0 && here !== 'all' && here.includes(name),
    ...(done.length > 0
      ? {note: `with ${done.join(', ')}`}
      : recent.includes(name)
        ? {note: String(recent.indexOf(name) + 1)}
        : {}),
    run: () => use([...done, name]),
  }));
  return [...(done.length === 0 ? [all] : []), ...single].filter(({title}) => title.includes(last) && !done.includes(title));
};

/** Makes the picker. */
export const namespacePicker = (): Overlay =>
  picker({
    title: 'Namespace',
    hint: 'type to narrow; several with commas',
    choices: choicesOf,
    enter: (typed, app, moved) => {
      const {done, last} = read(typed);
      if (moved || (last === '' && done.length === 0)) return undefined;
      const bad = [...done, ...(last === '' ? [] : [last])].find((name) => !isName(name));
      const known = choicesOf(typed, app);
      if (bad !== undefined)
        return known.length === 0 || done.includes(bad) ? [toast('warn', `\`${bad}\` is not the name of a namespace`)] : undefined;
      if (last === '') return use([...new Set(done)]);
      // A name that is on no list may still exist: the user may not be allowed to list them.
      return known.length === 0 || namesOf(app).includes(last) ? use([...new Set([...done, last])]) : undefined;
    },
    complete: (typed, choice) => {
      const {done} = read(typed);
      return choice === undefined || choice.title === 'all namespaces' ? typed : [...done, choice.title].join(',');
    },
    empty: (typed) => {
      const {done, last} = read(typed);
      const names = [...new Set([...done, ...(last === '' ? [] : [last])])];
      return names.length > 0 && names.every(isName) ? `enter opens ${names.join(', ')}` : 'no such namespace';
    },
  });

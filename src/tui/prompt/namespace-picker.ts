// Choosing namespaces: the ones the cluster lists, the recent ones first; a typed name works even if listing is denied.
import type {Choice} from '../components/picker.ts';
import {picker} from '../components/picker.ts';
import type {App} from '../session/app.ts';
import type {Effect} from '../session/effect.ts';
import {send, toast} from '../session/effect.ts';
import type {Overlay} from '../session/overlay.ts';

const isName = (text: string): boolean => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);

const use = (namespaces: readonly string[] | 'all'): readonly Effect[] => [send({type: 'namespaces', namespaces})];

/** Makes the picker. */
export const namespacePicker = (app: App): Overlay => {
  const here = app.place.namespaces;
  const choices = (typed: string, current: App): readonly Choice[] => {
    const names = [...new Set([...current.recentNamespaces, ...current.namespaces])];
    const all: Choice = {title: 'all namespaces', current: here === 'all', run: () => use('all')};
    const rest = names.map((name): Choice => ({
      title: name,
      current: here !== 'all' && here.includes(name),
      ...(current.recentNamespaces.slice(0, 9).includes(name) ? {note: String(current.recentNamespaces.indexOf(name) + 1)} : {}),
      run: () => use([name]),
    }));
    return [all, ...rest].filter(({title}) => title.includes(typed.trim().toLowerCase()));
  };
  return picker({
    title: 'Namespace',
    hint: 'type to narrow; several with commas',
    choices,
    enter: (typed, current, moved) => {
      const text = typed.trim();
      if (moved || text === '') return undefined;
      const names = text
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean);
      if (names.length > 1)
        return names.every(isName)
          ? use(names)
          : [toast('warn', `\`${names.find((name) => !isName(name)) ?? ''}\` is not the name of a namespace`)];
      // A name that is on no list may still exist: the user may not be allowed to list them.
      return choices(text, current).length === 0 && isName(text) ? use([text]) : undefined;
    },
    empty: (typed) => (isName(typed.trim()) ? `enter opens ${typed.trim()}` : 'no such namespace'),
  });
};

// Lifts the actions of kinds into commands, so that keys, palette, help and hints know them like any other command.
import type {Action} from '../resources/action.ts';
import type {ResourceKind} from '../resources/kind.ts';
import {kindKey} from '../resources/kind.ts';
import type {Command} from './command.ts';

/** Screens that show objects of a kind and let the user act on them. */
export const objectScreens = ['list', 'describe', 'manifest', 'diagnosis'] as const;

type Lifted = {readonly action: Action; readonly kinds: string[]};

/**
 * One command per action id; an action that several kinds share becomes one command that applies to all of them. Two
 * different actions with one id keep the first title; each kind still runs its own.
 */
export const commandsFromActions = (kinds: readonly ResourceKind[]): readonly Command[] => {
  const lifted = new Map<string, Lifted>();
  for (const kind of kinds) {
    for (const action of kind.actions ?? []) {
      const known = lifted.get(action.id);
      if (known === undefined) lifted.set(action.id, {action, kinds: [kindKey(kind.ref)]});
      else known.kinds.push(kindKey(kind.ref));
    }
  }
  return [...lifted.values()].map(({action, kinds: keys}, index) => ({
    id: action.id,
    title: action.title,
    summary: action.summary,
    group: 'Actions',
    ...(action.keys === undefined ? {} : {keys: action.keys}),
    when: {screen: objectScreens, kind: keys, selection: 'some', writable: true},
    hint: 40 + index,
    danger: action.danger,
  }));
};

/** The action a command id stands for on a kind. */
export const actionOf = (kind: ResourceKind | undefined, id: string): Action | undefined =>
  kind?.actions?.find((action) => action.id === id);

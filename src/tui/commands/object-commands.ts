// Commands on objects: looking closer, deleting, and the actions of their kinds.
import {actionOf} from '../../commands/from-action.ts';
import type {CommandHandler} from '../session/session.ts';
import {actionEffects} from './actions.ts';
import {deleteEffects} from './delete.ts';
import {drill} from './drill.ts';

/** Handles commands whose objects the screen on top names. */
export const objectCommands: CommandHandler = (id, view) => {
  if (id === 'object.delete') return deleteEffects(view, view.targets());
  const command = view.app.registry.get(id)?.command;
  if (command === undefined) return undefined;
  const targets = view.targets();
  const [first] = targets;
  if (first === undefined) return undefined;
  const action = actionOf(first.kind, id);
  if (action !== undefined) return actionEffects(action, view, targets);
  return drill(id, view, first);
};

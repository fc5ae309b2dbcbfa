// The commands of the journal: take back the last thing done, and see what was done.
import {open, send, toast} from '../session/effect.ts';
import type {CommandHandler} from '../session/session.ts';
import {askToUndo} from './undo.ts';

/** Handles undo and the journal. */
export const journalCommands: CommandHandler = (id, view) => {
  const {app} = view;
  switch (id) {
    case 'app.journal':
      return view.top.name === 'journal' ? [send({type: 'back'})] : [open('journal', {})];
    case 'app.undo': {
      const newest = app.journal.findLast(({undoState}) => undoState === 'open');
      if (newest === undefined) {
        const said = app.journal.length === 0 ? 'Nothing was done yet' : 'Nothing that was done here can be taken back';
        return [toast('idle', `${said}; ${app.registry.keyOf('app.journal') ?? ':journal'} lists what was done`)];
      }
      return askToUndo(
        app.journal.filter(({step, undoState}) => step === newest.step && undoState === 'open'),
        view,
      );
    }
    case 'journal.undo': {
      const [target] = view.targets();
      const line = app.journal.find((one) => one.target === target);
      if (line === undefined) return [];
      return line.undoState === 'open' ? askToUndo([line], view) : [toast('idle', whyNot[line.undoState])];
    }
    default:
      return undefined;
  }
};

const whyNot = {
  none: 'There is no way back from this',
  running: 'It is being taken back',
  undone: 'It was taken back already',
  gone: 'It was done in a cluster that has been left since',
  open: '',
} as const;

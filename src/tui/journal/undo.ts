// Taking something back: the question says what was done and what will be done, and the outcome is told like any other.
import type {App} from '../session/app.ts';
import type {Effect} from '../session/effect.ts';
import {overlay, toast} from '../session/effect.ts';
import type {SessionView} from '../session/session.ts';
import {dialog} from '../components/dialog.ts';
import {guarded, tellAfter} from '../commands/guarded.ts';
import {nameOf, runOnAll, tellResults} from '../commands/outcomes.ts';
import type {JournalLine} from './journal.ts';

const two = (number: number): string => String(number).padStart(2, '0');

/** `14:05:09`, in the time of this machine. */
export const clockText = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;

/** The title of what was done. */
export const titleOf = ({operation, isUndo}: Pick<JournalLine, 'operation' | 'isUndo'>, app: App): string => {
  const title = app.registry.get(operation)?.command.title ?? operation;
  return isUndo ? `Undo: ${title}` : title;
};

const run = (lines: readonly JournalLine[]): Effect => ({
  label: 'Undo',
  outlives: true,
  run: async (io) => {
    const {journal} = io.services;
    const [first] = lines;
    // Two questions may be about the same line; what was taken back is not taken back again.
    const still = lines.filter(({id}) => journal.all().some((line) => line.id === id && line.undoState === 'open'));
    if (first === undefined || still.length === 0) {
      io.send({type: 'toast', toast: {tone: 'idle', text: 'It was taken back already'}});
      return;
    }
    const connection = io.services.connection();
    const targets = still.map(({target}) => target);
    for (const {id} of still) journal.mark(id, 'running');
    const ways = new Map(still.map((line) => [line.target, line]));
    const results = await runOnAll(targets, async (target) => {
      const line = ways.get(target);
      if (line?.undo === undefined) throw new Error('there is no way back');
      return line.undo.run();
    });
    // Gone elsewhere meanwhile: the answers are about a cluster that is no longer in sight.
    if (io.services.connection() === connection)
      for (const [index, {id}] of still.entries()) journal.mark(id, results[index]?.error === undefined ? 'undone' : 'open');
    tellResults('Undo', results, io);
    tellAfter(io, first.operation, targets, results, {isUndo: true});
  },
});

/** Asks whether to take these lines of one operation back. */
export const askToUndo = (lines: readonly JournalLine[], view: SessionView): readonly Effect[] => {
  const [first] = lines;
  if (first === undefined) return [toast('idle', 'There is nothing to take back')];
  const {app} = view;
  const title = titleOf(first, app);
  const targets = lines.map(({target}) => target);
  const several = lines.length > 1;
  const more = new Set(app.journal.filter(({undoState}) => undoState === 'open').map(({step}) => step)).size - 1;
  return guarded(view, first.operation, targets, (asks) => [
    overlay(
      dialog({
        title: several ? `Undo ${title} of ${lines.length} objects?` : `${first.undo?.title ?? title}?`,
        says: [
          ...asks,
          several
            ? `Done at ${clockText(first.at)}: ${title} of ${targets.map(nameOf).join(', ')}.`
            : `Done at ${clockText(first.at)}: ${first.said ?? title}.`,
          ...(more > 0 ? [`${more} earlier ${more === 1 ? 'step' : 'steps'} can be taken back, too.`] : []),
        ],
        preview: () => lines.map(({undo, target}) => undo?.title ?? nameOf(target)),
        confirm: 'Take back',
        onConfirm: () => [run(lines)],
      }),
    ),
  ]);
};

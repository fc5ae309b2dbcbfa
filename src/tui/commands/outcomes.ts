// Runs one thing on several objects, a few at a time, and tells what came of each. The first failure stops nothing.
import type {Outcome} from '../../resources/action.ts';
import type {TargetObject} from '../session/app.ts';
import {dialog} from '../components/dialog.ts';
import type {Io} from '../session/effect.ts';
import {send} from '../session/effect.ts';
import {refusalOf} from './refusals.ts';

/** What came of one object. */
export type Result = {
  readonly name: string;
  readonly said?: string;
  readonly error?: string;
  readonly undo?: Outcome['undo'] | undefined;
};

/** At most this many requests are on their way at once. */
const atOnce = 8;

/** `namespace/name` where the namespace says something. */
export const nameOf = ({object}: TargetObject): string => object.metadata.name ?? '';

/** Runs on all targets and collects every outcome, in their order. */
export const runOnAll = async (
  targets: readonly TargetObject[],
  run: (target: TargetObject) => Promise<Outcome | string>,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < targets.length; at = next++) {
      const target = targets[at];
      if (target === undefined) return;
      try {
        const outcome = await run(target);
        results[at] =
          typeof outcome === 'string'
            ? {name: nameOf(target), said: outcome}
            : {name: nameOf(target), said: outcome.said, undo: outcome.undo};
      } catch (error) {
        results[at] = {name: nameOf(target), error: refusalOf(error)};
      }
    }
  };
  await Promise.all(Array.from({length: Math.min(atOnce, targets.length)}, worker));
  return results;
};

/** Tells what came of it: a message for one object or a clean run, a list where objects differ. */
export const tellResults = (title: string, results: readonly Result[], io: Io, undoKey?: string): void => {
  const ways = results.filter(({undo}) => undo !== undefined).length;
  const note = ways === 0 || undoKey === undefined ? {} : {note: `${undoKey} takes ${ways === 1 ? 'it' : 'them'} back`};
  const failed = results.filter(({error}) => error !== undefined);
  const [only] = results;
  if (results.length === 1 && only !== undefined) {
    io.send({
      type: 'toast',
      toast:
        only.error === undefined
          ? {tone: 'ok', text: only.said ?? title, ...note}
          : {tone: 'bad', text: `${title} ${only.name}: ${only.error}`},
    });
    return;
  }
  if (failed.length === 0) {
    io.send({type: 'toast', toast: {tone: 'ok', text: `${title}: all ${results.length} done`, ...note}});
    return;
  }
  io.send({
    type: 'overlay',
    overlay: dialog({
      title: `${title}: ${results.length - failed.length} done, ${failed.length} failed`,
      ...('note' in note ? {says: [`For what is done: ${note.note}.`]} : {}),
      preview: () =>
        [...failed, ...results.filter(({error}) => error === undefined)].map(
          ({name, said, error}) => `${name}: ${error ?? said ?? 'done'}`,
        ),
      confirm: 'Close',
      tells: true,
      onConfirm: () => [send({type: 'overlay', overlay: undefined})],
    }),
  });
};

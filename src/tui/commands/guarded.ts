// Plugins around operations: asked before one, when they may refuse it or add a question, and told after it.
import type {OperationEvent} from '../../plugins/api/index.ts';
import {waiting} from '../components/waiting.ts';
import type {TargetObject} from '../session/app.ts';
import type {Effect, Io} from '../session/effect.ts';
import {overlay} from '../session/effect.ts';
import type {Overlay} from '../session/overlay.ts';
import type {SessionView} from '../session/session.ts';
import type {Result} from './outcomes.ts';
import {withoutValues} from './refusals.ts';

const eventOf = (operation: string, {object, resource}: TargetObject, context: string): OperationEvent => ({
  operation,
  target: {
    group: resource.group,
    kind: resource.kind,
    namespace: object.metadata.namespace,
    name: object.metadata.name ?? '',
    uid: object.metadata.uid,
  },
  object,
  context,
});

const thinking = (onLeave: () => void): Overlay =>
  waiting({name: 'asking-plugins', title: 'Plugins', says: 'Asking plugins whether this may be done', width: 48, onLeave});

const runHere = async (effect: Effect, io: Io): Promise<void> => {
  if ('send' in effect) io.send(effect.send);
  else await effect.run(io);
};

/**
 * Asks the guards of plugins about an operation on all targets. A refusal ends it in the guard's words; questions are handed
 * to `go`, to stand in the dialog. Without guards `go` runs in the same turn.
 */
export const guarded = (
  view: SessionView,
  operation: string,
  targets: readonly TargetObject[],
  go: (asks: readonly string[]) => readonly Effect[],
): readonly Effect[] => {
  const {hooks} = view;
  if (hooks === undefined || targets.length === 0 || !hooks.listens('beforeOperation')) return go([]);
  const {context} = view.app.place;
  let left = false;
  return [
    overlay(thinking(() => (left = true))),
    {
      label: view.app.registry.get(operation)?.command.title ?? operation,
      outlives: true,
      run: async (io) => {
        const verdicts = await Promise.all(targets.map((target) => hooks.beforeOperation(eventOf(operation, target, context))));
        if (left) return;
        io.send({type: 'overlay', overlay: undefined});
        const refused = [...new Set(verdicts.flatMap((verdict) => verdict.refused))];
        if (refused.length > 0) {
          io.send({type: 'toast', toast: {tone: 'bad', text: refused.join('; ')}});
          return;
        }
        for (const effect of go([...new Set(verdicts.flatMap(({asks}) => asks))])) await runHere(effect, io);
      },
    },
  ];
};

/** Writes what came of an operation into the journal and tells plugins; `results` stand in the order of the targets. */
export const tellAfter = (
  io: Io,
  operation: string,
  targets: readonly TargetObject[],
  results: readonly Result[],
  {isUndo = false}: {readonly isUndo?: boolean} = {},
): void => {
  const {hooks, journal} = io.services;
  const connection = io.services.connection();
  journal.note({
    at: connection?.view.now() ?? new Date(),
    context: connection?.cluster.context ?? '',
    operation,
    isUndo,
    targets,
    results: results.map(({error, ...rest}) => (error === undefined ? rest : {...rest, error: withoutValues(error)})),
  });
  if (hooks === undefined || !hooks.listens('afterOperation')) return;
  const context = connection?.cluster.context ?? '';
  for (const [index, target] of targets.entries()) {
    const {said, error} = results[index] ?? {};
    void hooks.tell('afterOperation', {
      ...eventOf(operation, target, context),
      ...(said === undefined ? {} : {said}),
      ...(error === undefined ? {} : {error}),
    });
  }
};

// From a key to an action of a kind: why it cannot be done, its form, its question with every object listed, its outcome.
import type {Action, Form, Input, Outcome} from '../../resources/action.ts';
import type {SessionView} from '../session/session.ts';
import type {TargetObject} from '../session/app.ts';
import type {Answers} from '../components/dialog.ts';
import {dialog} from '../components/dialog.ts';
import {waiting} from '../components/waiting.ts';
import type {Effect} from '../session/effect.ts';
import {overlay, toast} from '../session/effect.ts';
import {guardWord, hiddenMarks} from './delete.ts';
import {guarded, tellAfter} from './guarded.ts';
import {nameOf, runOnAll, tellResults} from './outcomes.ts';
import {refusalOf} from './refusals.ts';

const counted = (targets: readonly TargetObject[]): string => {
  const [first] = targets;
  if (first === undefined) return '';
  return targets.length === 1 ? `${first.resource.singular} ${nameOf(first)}` : `${targets.length} ${first.resource.plural}`;
};

/** Runs the action on every target. */
const perform = (
  action: Action,
  view: SessionView,
  targets: readonly TargetObject[],
  answers: Answers,
  rows: readonly TargetObject[] = targets,
): Effect => ({
  label: action.title,
  outlives: true,
  run: async (io) => {
    const {operations} = io.services.connection() ?? {};
    if (operations === undefined) throw new Error('there is no connection to the cluster');
    const results = await runOnAll(targets, ({object}): Promise<Outcome> => action.run(operations, object, answers));
    tellResults(action.title, results, io, view.app.registry.keyOf('app.undo') ?? ':undo');
    // Plugins are told of rows, never of what was read for the form: of a Secret, that would be its values.
    tellAfter(io, action.id, rows, results);
  },
});

/** What stands in the question: the action's own form, or one made after a look at the cluster. */
type Question = {
  readonly targets: readonly TargetObject[];
  /** The same objects as the list has them. */
  readonly rows: readonly TargetObject[];
  readonly fields: Readonly<Record<string, Input>> | undefined;
  readonly preview: (answers: Answers) => ReturnType<Form['preview']>;
  readonly fieldsFirst: boolean;
};

/** Opens the question. */
const ask = (
  action: Action,
  view: SessionView,
  question: Question,
  asks: readonly string[],
  refused: readonly string[],
): Effect => {
  const {targets, rows, fields, preview, fieldsFirst} = question;
  const mustType = action.danger === 'destroys' ? guardWord(targets) : undefined;
  return overlay(
    dialog({
      title: `${action.title} ${counted(targets)}?`,
      says: [
        ...asks,
        ...(action.preview === undefined && action.form === undefined ? [action.summary] : []),
        ...hiddenMarks(view, targets),
      ],
      preview: (answers) => [...preview(answers), ...refused],
      fieldsFirst,
      ...(fields === undefined ? {} : {fields}),
      ...(mustType === undefined ? {} : {mustType}),
      confirm: action.title,
      danger: action.danger === 'destroys',
      onConfirm: (answers) => [perform(action, view, targets, answers, rows)],
    }),
  );
};

const ownQuestion = (action: Action, targets: readonly TargetObject[], rows = targets): Question => {
  const objects = targets.map(({object}) => object);
  return {
    targets,
    rows,
    fields: action.inputs?.(objects),
    preview: (answers) => action.preview?.(objects, answers) ?? (targets.length > 1 ? targets.map(nameOf) : []),
    fieldsFirst: false,
  };
};

/** Reads the objects whole, lets the action look at the cluster, then asks with that in sight. Esc ends it at any time. */
const lookFirst = (
  action: Action,
  view: SessionView,
  targets: readonly TargetObject[],
  asks: readonly string[],
  refused: readonly string[],
): readonly Effect[] => {
  const left = new AbortController();
  return [
    overlay(
      waiting({
        name: 'waiting',
        title: action.title,
        says: `Reading ${counted(targets)}; Esc gives up`,
        width: 56,
        since: view.app.now,
        onLeave: () => left.abort(),
      }),
    ),
    {
      label: action.title,
      outlives: true,
      run: async (io) => {
        // What was asked for a moment ago may not appear over something else.
        const connection = io.services.connection();
        const isWanted = (): boolean => !left.signal.aborted && !io.signal.aborted && io.services.connection() === connection;
        try {
          if (connection === undefined) throw new Error('there is no connection to the cluster');
          const signal = AbortSignal.any([io.signal, left.signal]);
          const whole = await Promise.all(
            targets.map(async (target): Promise<TargetObject> => {
              const {name = '', namespace, uid} = target.object.metadata;
              // Rows hold trimmed objects: a plan made from them would take every missing field for a change.
              const object = await connection.read(target.resource, {namespace, name}, signal);
              if (uid !== undefined && object.metadata.uid !== uid) throw new Error(`${name} is another object by now`);
              return {...target, object};
            }),
          );
          const reason = whole.map(({object}) => action.unavailable?.(object)).find((one) => one !== undefined);
          const form =
            reason === undefined
              ? await action.form?.(
                  whole.map(({object}) => object),
                  connection.view,
                )
              : undefined;
          if (!isWanted()) return;
          const impossible = reason ?? form?.impossible;
          if (impossible !== undefined) {
            io.send({type: 'overlay', overlay: undefined});
            io.send({type: 'toast', toast: {tone: 'warn', text: `${action.title}: ${impossible}`}});
            return;
          }
          const question: Question =
            form === undefined
              ? ownQuestion(action, whole, targets)
              : {
                  targets: whole,
                  rows: targets,
                  fields: form.inputs,
                  preview: (answers) => form.preview(answers),
                  fieldsFirst: Object.values(form.inputs ?? {}).some((one: Input) => one.type === 'choice'),
                };
          const asked = ask(action, view, question, asks, refused);
          if ('send' in asked) io.send(asked.send);
        } catch (error) {
          if (!isWanted()) return;
          io.send({type: 'overlay', overlay: undefined});
          io.send({type: 'toast', toast: {tone: 'bad', text: `${action.title} ${counted(targets)}: ${refusalOf(error)}`}});
        }
      },
    },
  ];
};

/** Effects of an action's command. */
export const actionEffects = (action: Action, view: SessionView, targets: readonly TargetObject[]): readonly Effect[] =>
  guarded(view, action.id, targets, (asks) => askAndPerform(action, view, targets, asks));

const askAndPerform = (
  action: Action,
  view: SessionView,
  targets: readonly TargetObject[],
  asks: readonly string[],
): readonly Effect[] => {
  const reasons = targets.map((target) => ({target, reason: action.unavailable?.(target.object)}));
  const possible = reasons.filter(({reason}) => reason === undefined).map(({target}) => target);
  const refused = reasons.filter(({reason}) => reason !== undefined);
  if (possible.length === 0) return [toast('warn', `${action.title}: ${refused[0]?.reason ?? 'it cannot be done now'}`)];
  const skipped = refused.map(({target, reason}) => `${nameOf(target)} is left out: ${reason ?? ''}`);
  if (action.form !== undefined || action.whole === true) return lookFirst(action, view, possible, asks, skipped);
  const question = ownQuestion(action, possible);
  if (action.danger === 'safe' && question.fields === undefined && refused.length === 0 && asks.length === 0)
    return [perform(action, view, possible, {})];
  return [ask(action, view, question, asks, skipped)];
};

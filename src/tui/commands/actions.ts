// From a key to an action of a kind: why it cannot be done, its form, its question with every object listed, its outcome.
import type {Action, Input, Outcome} from '../../resources/action.ts';
import type {SessionView} from '../session/session.ts';
import type {TargetObject} from '../session/app.ts';
import type {Answers} from '../components/dialog.ts';
import {dialog} from '../components/dialog.ts';
import type {Effect} from '../session/effect.ts';
import {overlay, toast} from '../session/effect.ts';
import {guardWord, hiddenMarks} from './delete.ts';
import {guarded, tellAfter} from './guarded.ts';
import {nameOf, runOnAll, tellResults} from './outcomes.ts';

const counted = (targets: readonly TargetObject[]): string => {
  const [first] = targets;
  if (first === undefined) return '';
  return targets.length === 1 ? `${first.resource.singular} ${nameOf(first)}` : `${targets.length} ${first.resource.plural}`;
};

/** Runs the action on every target. */
const perform = (action: Action, targets: readonly TargetObject[], answers: Answers): Effect => ({
  label: action.title,
  outlives: true,
  run: async (io) => {
    const {operations} = io.services.connection() ?? {};
    if (operations === undefined) throw new Error('there is no connection to the cluster');
    const results = await runOnAll(targets, ({object}): Promise<Outcome> => action.run(operations, object, answers));
    tellResults(action.title, results, io);
    tellAfter(io, action.id, targets, results);
  },
});

/** Asks the cluster what exactly would happen, then asks the user with that in sight. */
const planFirst = (action: Action, targets: readonly TargetObject[], answers: Answers, asks: readonly string[]): Effect => ({
  label: action.title,
  outlives: true,
  run: async (io) => {
    const connection = io.services.connection();
    const {plan} = action;
    if (connection === undefined || plan === undefined) throw new Error('there is no connection to the cluster');
    const plans = await Promise.all(
      targets.map(async (target) => {
        const {name = '', namespace, uid} = target.object.metadata;
        // Rows hold trimmed objects: a plan made from them would take every missing field for a change.
        const whole = await connection.read(target.resource, {namespace, name}, io.signal);
        if (uid !== undefined && whole.metadata.uid !== uid) throw new Error(`${name} is another object by now`);
        return {target, lines: await plan(whole, connection.view, answers)};
      }),
    );
    const several = targets.length > 1;
    io.send({
      type: 'overlay',
      overlay: dialog({
        title: `${action.title} ${counted(targets)}?`,
        says: [
          ...asks,
          ...(action.preview?.(
            targets.map(({object}) => object),
            answers,
          ) ?? []),
        ],
        preview: () =>
          plans.flatMap(({target, lines}) => (several ? [nameOf(target), ...lines.map((line) => `  ${line}`)] : lines)),
        confirm: action.title,
        danger: action.danger === 'destroys',
        ...(action.danger === 'destroys' && guardWord(targets) !== undefined ? {mustType: guardWord(targets) ?? ''} : {}),
        onConfirm: () => [perform(action, targets, answers)],
      }),
    });
  },
});

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
  const objects = possible.map(({object}) => object);
  const fields: Readonly<Record<string, Input>> | undefined = action.inputs?.(objects);
  if (action.danger === 'safe' && fields === undefined && refused.length === 0 && asks.length === 0)
    return [perform(action, possible, {})];
  const skipped = refused.map(({target, reason}) => `${nameOf(target)} is left out: ${reason ?? ''}`);
  const destroys = action.danger === 'destroys';
  const isPlanned = action.plan !== undefined;
  if (isPlanned && fields === undefined) return [planFirst(action, possible, {}, asks)];
  // With a plan the name is asked for in the second question, where the consequences stand.
  const mustType = destroys && !isPlanned ? guardWord(possible) : undefined;
  const says = [...asks, ...(action.preview === undefined ? [action.summary] : []), ...hiddenMarks(view, targets)];
  return [
    overlay(
      dialog({
        title: `${action.title} ${counted(possible)}?`,
        says,
        preview: (answers) => [
          ...(action.preview?.(objects, answers) ?? (possible.length > 1 ? possible.map(nameOf) : [])),
          ...skipped,
        ],
        ...(fields === undefined ? {} : {fields}),
        ...(mustType === undefined ? {} : {mustType}),
        confirm: isPlanned ? 'Show what changes' : action.title,
        danger: destroys,
        onConfirm: (answers) => [isPlanned ? planFirst(action, possible, answers, asks) : perform(action, possible, answers)],
      }),
    ),
  ];
};

// Rolling a workload back to an earlier revision.
import type {KubeObject} from '../../../kube/types/object.ts';
import type {PodTemplateSpec} from '../../../kube/types/wire.ts';
import {action, type Action} from '../../action.ts';
import type {ClusterView} from '../../kind.ts';
import {targetOf} from '../../operations.ts';
import type {ActedOn} from './object.ts';

/** One revision a workload can go back to, or runs now. */
export type ShownRevision = {
  readonly number: number;
  readonly template: PodTemplateSpec | undefined;
  readonly createdAt: string | null | undefined;
  readonly changeCause: string | undefined;
};

/** The revisions of one workload, newest first. */
export type History = {
  readonly workload: KubeObject;
  /** The template that runs now, and its revision when there is one. */
  readonly running: PodTemplateSpec | undefined;
  readonly runningNumber: number | undefined;
  readonly others: readonly ShownRevision[];
};

/** What the form of a roll-back answers. */
export type ToRevision = {readonly revision: string};

/** The number in an answer of the form; 0 means the revision before. */
export const revisionNumber = ({revision = ''}: Partial<ToRevision>): number => Number(/\d+/.exec(revision)?.[0] ?? 0);

/** Rolls back. `historyOf` finds the revisions; the form shows them with what going back to each changes. */
export const rollBackAction = <T extends KubeObject>(
  ref: ActedOn,
  historyOf: (object: T, view: ClusterView) => Promise<History>,
  refusal: (object: T) => string | undefined = () => undefined,
): Action<T, ToRevision> =>
  action<T, ToRevision>({
    id: 'workload.roll-back',
    title: 'Roll back',
    summary: 'Goes back to the pod template of an earlier revision.',
    keys: ['shift+b'],
    danger: 'changes',
    needs: {verb: 'patch'},
    unavailable: refusal,
    form: async (objects, view) => {
      // The library that compares texts is loaded when somebody wants to see a difference.
      const [{revisionForm}, histories] = await Promise.all([
        import('./revision-form.ts'),
        Promise.all(objects.map((object) => historyOf(object, view))),
      ]);
      return revisionForm(histories, view.now());
    },
    run: (operations, object, answers) => operations.rollBack(targetOf(object, ref), revisionNumber(answers)),
  });

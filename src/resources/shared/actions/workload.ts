// Actions that several workloads share: scale, restart, set image, pause and resume.
import type {KubeObject} from '../../../kube/types/object.ts';
import type {Container, PodSpec} from '../../../kube/types/wire.ts';
import {action, type Action} from '../../action.ts';
import {targetOf} from '../../operations.ts';
import {controllerText} from '../columns.ts';
import type {ActedOn} from './object.ts';

type Replicas = {readonly replicas: number};

/** Scales to a number of copies. */
export const scaleAction = <T extends KubeObject>(ref: ActedOn, replicasOf: (object: T) => number): Action<T, Replicas> =>
  action<T, Replicas>({
    id: 'workload.scale',
    title: 'Scale',
    summary: 'Changes how many copies run.',
    keys: ['s'],
    danger: 'changes',
    needs: {verb: 'patch', subresource: 'scale'},
    unavailable: (object) => {
      const controller = controllerText(object);
      return controller === undefined
        ? undefined
        : `it belongs to ${controller}, which would scale it right back; scale that instead`;
    },
    inputs: (objects) => ({
      replicas: {type: 'number', label: 'Copies', initial: objects[0] === undefined ? 1 : replicasOf(objects[0]), min: 0},
    }),
    preview: (objects, {replicas}) =>
      objects.map(
        (object) =>
          `${object.metadata.name}: ${replicasOf(object)} → ${replicas}${replicas === 0 ? ', nothing runs any more' : ''}`,
      ),
    run: (operations, object, {replicas}) => operations.scale(targetOf(object, ref), replicas),
  });

/** Restarts all pods, a few at a time. */
export const restartAction = <T extends KubeObject>(
  ref: ActedOn,
  refusal: (object: T) => string | undefined = () => undefined,
): Action<T> =>
  action<T>({
    id: 'workload.restart',
    title: 'Restart',
    summary: 'Replaces all pods with new ones, a few at a time.',
    keys: ['r'],
    danger: 'changes',
    needs: {verb: 'patch'},
    unavailable: refusal,
    preview: (objects) => objects.map(({metadata}) => `${metadata.name}: its pods are replaced step by step`),
    run: (operations, object) => operations.restart(targetOf(object, ref)),
  });

/** Sets the image of each container. */
export const setImageAction = <T extends KubeObject>(
  ref: ActedOn,
  specOf: (object: T) => PodSpec | undefined,
): Action<T, Readonly<Record<string, string>>> => {
  const containersOf = (object: T): readonly Container[] => {
    const {initContainers = [], containers = []} = specOf(object) ?? {};
    return [...initContainers, ...containers];
  };
  const changed = (object: T, images: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(
      containersOf(object).flatMap(({name, image}) => {
        const wanted = images[name]?.trim();
        return wanted === undefined || wanted === '' || wanted === image ? [] : [[name, wanted]];
      }),
    );
  return action<T, Readonly<Record<string, string>>>({
    id: 'workload.set-image',
    title: 'Set image',
    summary: 'Changes the image of containers, which starts a rollout.',
    keys: ['i'],
    danger: 'changes',
    needs: {verb: 'patch'},
    // Live lists keep no init containers.
    whole: true,
    inputs: (objects) =>
      Object.fromEntries(
        objects
          .flatMap((object) => containersOf(object))
          .map(({name, image}) => [name, {type: 'text' as const, label: name, initial: image ?? '', check: checkImage}]),
      ),
    preview: (objects, images) => {
      const lines = objects.flatMap((object) => {
        const wanted = changed(object, images);
        return containersOf(object).flatMap(({name, image}) =>
          wanted[name] === undefined ? [] : [`${object.metadata.name}: ${name}: ${image ?? ''} → ${wanted[name]}`],
        );
      });
      return lines.length === 0 ? ['Nothing changes yet: write another image below'] : lines;
    },
    run: async (operations, object, images) => {
      const wanted = changed(object, images);
      if (Object.keys(wanted).length === 0) return {said: `${object.metadata.name} keeps its images`};
      return operations.setImage(targetOf(object, ref), wanted);
    },
  });
};

const checkImage = (image: string): string | undefined =>
  /\s/.test(image.trim()) ? 'an image name has no blanks' : image.trim() === '' ? 'an image is needed' : undefined;

/** Pauses or resumes rollouts. */
export const pauseActions = <T extends KubeObject & {spec?: {paused?: boolean}}>(ref: ActedOn): readonly Action<T>[] => [
  action<T>({
    id: 'workload.pause-rollout',
    title: 'Pause rollouts',
    summary: 'Lets changes of the template wait until you resume.',
    danger: 'changes',
    needs: {verb: 'patch'},
    unavailable: ({spec}) => (spec?.paused === true ? 'its rollouts are paused already' : undefined),
    preview: (objects) => objects.map(({metadata}) => `${metadata.name}: changes wait until you resume`),
    run: (operations, object) => operations.pauseRollout(targetOf(object, ref), true),
  }),
  action<T>({
    id: 'workload.resume-rollout',
    title: 'Resume rollouts',
    summary: 'Rolls out what waited while it was paused.',
    danger: 'changes',
    needs: {verb: 'patch'},
    unavailable: ({spec}) => (spec?.paused === true ? undefined : 'its rollouts are not paused'),
    preview: (objects) => objects.map(({metadata}) => `${metadata.name}: waiting changes are rolled out`),
    run: (operations, object) => operations.pauseRollout(targetOf(object, ref), false),
  }),
];

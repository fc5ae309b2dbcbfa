// What can be done to a node.
import type {Node, Pod} from '../../../kube/types/wire.ts';
import {action, type Action, type Input} from '../../action.ts';
import {type DrainChoices, targetOf} from '../../operations.ts';
import {metadataActions} from '../../shared/actions/object.ts';
import {nodes, pods} from '../../shared/refs.ts';

const ref = {...nodes, kind: 'Node'};

type Draining = {readonly force: boolean; readonly deleteEmptyDirData: boolean; readonly grace: number; readonly minutes: number};

const choices = ({force, deleteEmptyDirData, grace, minutes}: Draining): DrainChoices => ({
  force,
  deleteEmptyDirData,
  gracePeriodSeconds: grace < 0 ? undefined : grace,
  timeout: minutes * 60_000,
});

/** One line for each pod: whether it goes, and what that costs. */
const fates = (running: readonly Pod[], {force, deleteEmptyDirData}: Draining): readonly string[] =>
  running.map((pod) => {
    const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
    const owner = pod.metadata.ownerReferences?.find((each) => each.controller === true);
    if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined)
      return `${name} stays: it is a static pod of the node`;
    if (owner?.kind === 'DaemonSet') return `${name} stays: DaemonSet ${owner.name} wants it on every node`;
    const done = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
    if (!done && owner === undefined && !force) return `${name} forbids it: nothing would re-create it`;
    if (!done && !deleteEmptyDirData && pod.spec?.volumes?.some((volume) => volume.emptyDir !== undefined) === true)
      return `${name} forbids it: it has data in an emptyDir`;
    if (done) return `${name} is removed; it is done`;
    return owner === undefined ? `${name} is lost: nothing re-creates it` : `${name} moves elsewhere (${owner.kind} ${owner.name})`;
  });

/** The form of a drain. */
const drainInputs = {
  force: {type: 'switch', label: 'Also pods nothing re-creates', initial: false},
  deleteEmptyDirData: {type: 'switch', label: 'Also lose data in emptyDirs', initial: false},
  grace: {type: 'number', label: "Seconds to end (-1: the pod's own)", initial: -1, min: -1},
  minutes: {type: 'number', label: 'Give up after minutes (0: never)', initial: 5, min: 0},
} as const satisfies {readonly [K in keyof Draining]: Input};

export const actions: readonly Action<Node>[] = [
  action<Node>({
    id: 'node.cordon',
    title: 'Cordon',
    summary: 'Lets the node take no new pods; those it has stay.',
    keys: ['c'],
    danger: 'changes',
    needs: {verb: 'patch'},
    unavailable: ({spec}) => (spec?.unschedulable === true ? 'it is cordoned already' : undefined),
    preview: (objects) => objects.map(({metadata}) => `${metadata.name} takes no new pods`),
    run: (operations, node) => operations.cordon(targetOf(node, ref), true),
  }),
  action<Node>({
    id: 'node.uncordon',
    title: 'Uncordon',
    summary: 'Lets the node take new pods again.',
    keys: ['u'],
    danger: 'changes',
    needs: {verb: 'patch'},
    unavailable: ({spec}) => (spec?.unschedulable === true ? undefined : 'it is not cordoned'),
    preview: (objects) => objects.map(({metadata}) => `${metadata.name} takes new pods again`),
    run: (operations, node) => operations.cordon(targetOf(node, ref), false),
  }),
  action<Node, Draining>({
    id: 'node.drain',
    title: 'Drain',
    summary: 'Cordons the node and moves its pods elsewhere, as far as their disruption budgets allow.',
    keys: ['r'],
    danger: 'destroys',
    needs: {verb: 'create', subresource: 'eviction', on: pods},
    form: async (objects, view) => {
      const running = await Promise.all(
        objects.map(({metadata}) => view.list<Pod>(pods, {fieldSelector: `spec.nodeName=${metadata.name}`})),
      );
      return {
        inputs: drainInputs,
        preview: (answers) =>
          objects.flatMap(({metadata}, index) => [
            `${metadata.name} is cordoned and emptied:`,
            ...fates(running[index] ?? [], answers).map((line) => `  ${line}`),
          ]),
      };
    },
    run: (operations, node, inputs) => operations.drain(targetOf(node, ref), choices(inputs)),
  }),
  ...metadataActions<Node>(ref),
];

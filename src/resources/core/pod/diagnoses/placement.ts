// Pods no node takes, and pods whose node is gone.
import {humanDuration} from '../../../../base/age.ts';
import type {Node, PersistentVolumeClaim, Pod} from '../../../../kube/types/wire.ts';
import type {ClusterView, Diagnosis, Finding} from '../../../kind.ts';
import {msSince} from '../../../shared/columns.ts';
import {evidence, RANK, refOf} from '../../../shared/finding.ts';
import {claims, nodes, pointer} from '../../../shared/refs.ts';
import {readUnschedulable, unschedulableText} from '../scheduling.ts';

const ref = {group: '', kind: 'Pod'};

const ADVICE: Readonly<Record<string, string>> = {
  resources: 'Ask for less (requests), make room, or add nodes',
  taint: 'Add a toleration to the pod, or take the taint off a node',
  affinity: 'Label a node as the pod asks, or relax its node selector',
  'anti-affinity': 'Add nodes, or make the rule a preference',
  'pod-affinity': 'Start the pods it must be next to, or make the rule a preference',
  topology: 'Add room in the domains that lack it, or relax the spread rule',
  'volume-place': 'Make room on a node that can reach the volume',
  'volume-none': 'Create a volume that fits, or correct the claim',
  ports: 'Drop the host port, or add nodes',
  'too-many': 'Add nodes: these are full of pods',
  cordoned: 'Uncordon a node',
  'not-ready': 'See why the nodes are not ready',
};

export const unschedulable: Diagnosis<Pod> = {
  id: 'pod.unschedulable',
  find: async (pod, view) => {
    const condition = pod.status?.conditions?.find(
      (each) => each.type === 'PodScheduled' && each.status === 'False' && each.reason === 'Unschedulable',
    );
    if (condition === undefined || pod.spec?.nodeName !== undefined) return [];
    const obstacles = readUnschedulable(condition.message)?.obstacles ?? [];
    const ids = [...new Set(obstacles.toSorted((a, b) => b.nodes - a.nodes).map(({id}) => id))];
    const finding: Finding = {
      id: 'pod.unschedulable',
      tone: 'bad',
      says: `${unschedulableText(condition.message)}.`,
      object: refOf(pod, ref),
      evidence: [...evidence(['status.conditions[PodScheduled].message', condition.message]), ...requestEvidence(pod)],
      since: condition.lastTransitionTime,
      tryThis: ids.flatMap((id) => (ADVICE[id] === undefined ? [] : [{text: ADVICE[id]}])),
      rank: RANK.cause,
    };
    return [...(await claimFindings(pod, view)), finding];
  },
};

const requestEvidence = ({spec}: Pod): Finding['evidence'] =>
  (spec?.containers ?? []).flatMap(({name, resources}) =>
    Object.entries(resources?.requests ?? {}).map(([what, value]) => ({
      path: `spec.containers[${name}].resources.requests.${what}`,
      value,
    })),
  );

/** Claims that hold the pod up, because they do not exist or are not bound. */
const claimFindings = async (pod: Pod, view: ClusterView): Promise<readonly Finding[]> => {
  const {namespace} = pod.metadata;
  const found: Finding[] = [];
  for (const {name: volume, persistentVolumeClaim} of pod.spec?.volumes ?? []) {
    const name = persistentVolumeClaim?.claimName;
    if (name === undefined) continue;
    const claim = await view.get<PersistentVolumeClaim>(claims, {namespace, name});
    if (claim?.status?.phase === 'Bound') continue;
    const target = pointer('', 'PersistentVolumeClaim', name, namespace, claim?.metadata.uid);
    found.push({
      id: claim === undefined ? 'pod.claim-missing' : 'pod.claim-pending',
      tone: 'bad',
      says:
        claim === undefined
          ? `The disk it needs, claim ${name}, does not exist.`
          : `The disk it needs, claim ${name}, has no volume yet.`,
      object: refOf(pod, ref),
      evidence: evidence(
        [`spec.volumes[${volume}].persistentVolumeClaim.claimName`, name],
        [`claim ${name} status.phase`, claim?.status?.phase],
      ),
      tryThis: [
        {
          text: claim === undefined ? `Create the claim ${name}, or correct the name` : `See why the claim ${name} waits`,
          command: 'object.describe',
          target,
        },
      ],
      rank: RANK.missingThing,
    });
  }
  return found;
};

export const nodeLost: Diagnosis<Pod> = {
  id: 'pod.node-lost',
  find: async (pod, view) => {
    const name = pod.spec?.nodeName;
    const {phase} = pod.status ?? {};
    if (name === undefined || phase === 'Succeeded' || phase === 'Failed') return [];
    const node = await view.get<Node>(nodes, {name});
    const ready = node?.status?.conditions?.find((each) => each.type === 'Ready');
    if (node !== undefined && (ready === undefined || ready.status === 'True')) return [];
    const ago = humanDuration(msSince(ready?.lastTransitionTime, view.now()) ?? 0);
    const says =
      node === undefined
        ? `Its node ${name} does not exist any more.`
        : ready?.status === 'Unknown'
          ? `Its node ${name} stopped reporting ${ago} ago.`
          : `Its node ${name} has not been ready for ${ago}.`;
    return [
      {
        id: 'pod.node-lost',
        tone: 'bad',
        says,
        object: refOf(pod, ref),
        evidence: evidence(['spec.nodeName', name], [`node ${name} status.conditions[Ready].message`, ready?.message]),
        since: ready?.lastTransitionTime,
        tryThis: [
          {
            text:
              node === undefined ? 'Delete the pod, so that its owner makes a new one' : `See what is wrong with the node ${name}`,
            command: 'object.describe',
            target: pointer('', 'Node', name),
          },
        ],
        rank: RANK.missingThing,
      },
    ];
  },
};

export const evicted: Diagnosis<Pod> = {
  id: 'pod.evicted',
  find: async (pod) => {
    const {reason, message, phase} = pod.status ?? {};
    if (phase !== 'Failed' || reason !== 'Evicted') return [];
    const what = /low on resource: ([\w-]+)/.exec(message ?? '')?.[1];
    return [
      {
        id: 'pod.evicted',
        tone: 'warn',
        says: `It was removed from its node ${pod.spec?.nodeName ?? ''}, which was short of ${what ?? 'something'}.`,
        object: refOf(pod, ref),
        evidence: evidence(['status.message', message]),
        tryThis: [{text: 'Set requests, so that the scheduler knows what it needs; delete what is left of it'}],
        rank: RANK.symptom,
      },
    ];
  },
};

// Why an image does not arrive on the node.
import type {Secret, Pod} from '../../../../kube/types/wire.ts';
import type {Diagnosis, Finding} from '../../../kind.ts';
import {evidence, RANK, refOf} from '../../../shared/finding.ts';
import {pointer, secrets} from '../../../shared/refs.ts';
import {isPullReason, type PullFailure, pullFailureOf, pullFailureText} from '../image-pull.ts';
import {placedContainers} from './place.ts';

const ref = {group: '', kind: 'Pod'};

const ADVICE: Readonly<Record<PullFailure, string>> = {
  missing: 'Check the name and the tag, and that the image was pushed',
  denied: 'Give the pod a pull secret for this registry, or check the one it has',
  limited: 'Wait, log in to the registry, or pull through a mirror',
  unreachable: 'Check the registry, its certificate, and name resolution on the node',
  invalid: 'Correct the image name',
  never: 'Allow pulling (imagePullPolicy) or bring the image to the node',
  unknown: "Read the registry's answer in the evidence",
};

export const imagePullFailed: Diagnosis<Pod> = {
  id: 'pod.image-pull-failed',
  find: async (pod, view) => {
    const found: Finding[] = [];
    for (const {container, status, path} of placedContainers(pod)) {
      const {reason, message = ''} = status.state?.waiting ?? {};
      if (reason === undefined || !isPullReason(reason)) continue;
      const failure = pullFailureOf(reason, message);
      const image = container.image ?? status.image;
      found.push({
        id: 'pod.image-pull-failed',
        tone: 'bad',
        says: `${pullFailureText(failure, image)}.`,
        object: refOf(pod, ref),
        evidence: evidence(
          [`${path}.state.waiting.reason`, reason],
          [`${path}.state.waiting.message`, message],
          [`spec.containers[${container.name}].image`, image],
        ),
        since: pod.status?.startTime,
        tryThis: [{text: ADVICE[failure]}],
        rank: RANK.cause,
      });
    }
    if (found.length === 0) return [];
    return [...(await missingPullSecrets(pod, view)), ...found];
  },
};

const missingPullSecrets = async (pod: Pod, view: Parameters<Diagnosis<Pod>['find']>[1]): Promise<readonly Finding[]> => {
  const found: Finding[] = [];
  for (const {name} of pod.spec?.imagePullSecrets ?? []) {
    if (!name) continue;
    const secret = await view.get<Secret>(secrets, {namespace: pod.metadata.namespace, name});
    if (secret !== undefined) continue;
    found.push({
      id: 'pod.pull-secret-missing',
      tone: 'bad',
      says: `The pull secret ${name}, which it needs for its images, does not exist in the namespace ${pod.metadata.namespace}.`,
      object: refOf(pod, ref),
      evidence: evidence(['spec.imagePullSecrets[].name', name]),
      tryThis: [
        {
          text: `Create the secret ${name}, or take it out of imagePullSecrets`,
          target: pointer('', 'Secret', name, pod.metadata.namespace),
        },
      ],
      rank: RANK.missingThing,
    });
  }
  return found;
};

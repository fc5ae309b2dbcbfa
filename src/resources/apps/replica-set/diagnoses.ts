// Why a ReplicaSet cannot make its pods.
import type {AnyObject} from '../../../kube/types/object.ts';
import type {ReplicaSet} from '../../../kube/types/wire.ts';
import type {Diagnosis, Finding} from '../../kind.ts';
import {failedCreateText} from '../../shared/copies.ts';
import {evidence, RANK, refOf} from '../../shared/finding.ts';
import {pointer, resourceQuotas} from '../../shared/refs.ts';

type Quota = AnyObject & {status?: {hard?: Record<string, string>; used?: Record<string, string>}};

const cannotCreate: Diagnosis<ReplicaSet> = {
  id: 'replica-set.cannot-create-pods',
  find: async (set, view) => {
    const failure = set.status?.conditions?.find((each) => each.type === 'ReplicaFailure' && each.status === 'True');
    if (failure === undefined) return [];
    const quota = /exceeded quota: ([^,]+),/.exec(failure.message ?? '')?.[1];
    const {namespace} = set.metadata;
    const found =
      quota === undefined ? undefined : await view.get<Quota>(resourceQuotas, {namespace, name: quota}).catch(() => undefined);
    const amounts = Object.entries(found?.status?.hard ?? {}).map(([name, hard]): readonly [string, string] => [
      `quota ${quota} ${name}`,
      `${found?.status?.used?.[name] ?? '0'} of ${hard} used`,
    ]);
    const finding: Finding = {
      id: quota === undefined ? 'replica-set.pods-refused' : 'replica-set.quota-exceeded',
      tone: 'bad',
      says: `New pods are refused: ${failedCreateText(failure.message)}.`,
      object: refOf(set, {group: 'apps', kind: 'ReplicaSet'}),
      evidence: evidence(['status.conditions[ReplicaFailure].message', failure.message], ...amounts),
      since: failure.lastTransitionTime,
      tryThis:
        quota === undefined
          ? [{text: 'Change the pod template, or the policy that refuses it'}]
          : [
              {
                text: `Raise the quota ${quota}, ask for less, or remove something else`,
                command: 'object.describe',
                target: pointer('', 'ResourceQuota', quota, namespace),
              },
            ],
      rank: RANK.refused,
    };
    return [finding];
  },
};

export const diagnoses: readonly Diagnosis<ReplicaSet>[] = [cannotCreate];

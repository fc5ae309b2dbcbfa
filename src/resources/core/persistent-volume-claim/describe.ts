// A PersistentVolumeClaim as kubectl describes it, with the pods that use it.
import {rfc1123z} from '../../../base/age.ts';
import type {PersistentVolumeClaim, Pod} from '../../../kube/types/wire.ts';
import type {DescribeWriter} from '../../describe-writer.ts';
import type {ClusterView} from '../../kind.ts';
import {manyLines} from '../../shared/describe/blocks.ts';
import {claimLines} from '../../shared/describe/claim.ts';
import {eventLines} from '../../shared/describe/events.ts';
import {prefixed} from '../../shared/describe/prefix.ts';
import {pods} from '../../shared/refs.ts';

export const describe = async (
  claim: PersistentVolumeClaim,
  view: ClusterView,
  out: DescribeWriter,
  options: {readonly showEvents: boolean},
): Promise<void> => {
  const users = await usersOf(claim, view);
  claimLines(claim, prefixed(out), view.now());
  manyLines(prefixed(out), 'Used By', users.map((pod) => pod.metadata.name ?? '').toSorted());
  const conditions = claim.status?.conditions ?? [];
  if (conditions.length > 0) {
    out.line(0, 'Conditions:');
    out.line(1, 'Type', 'Status', 'LastProbeTime', 'LastTransitionTime', 'Reason', 'Message');
    out.line(1, '----', '------', '-----------------', '------------------', '------', '-------');
    for (const {type, status, lastProbeTime, lastTransitionTime, reason = '', message = ''} of conditions) {
      out.line(
        1,
        `${type} `,
        `${status} `,
        `${rfc1123z(lastProbeTime)} `,
        `${rfc1123z(lastTransitionTime)} `,
        `${reason} `,
        message,
      );
    }
  }
  await eventLines(claim, view, out, options);
};

/** Pods that mount the claim, once for each volume that does, and the pod that owns it. */
const usersOf = async ({metadata}: PersistentVolumeClaim, view: ClusterView): Promise<readonly Pod[]> => {
  const all = await view.list<Pod>(pods, {namespace: metadata.namespace});
  const users = all.flatMap((pod) =>
    (pod.spec?.volumes ?? []).filter((volume) => volume.persistentVolumeClaim?.claimName === metadata.name).map(() => pod),
  );
  for (const owner of metadata.ownerReferences ?? []) {
    const pod = owner.kind === 'Pod' ? all.find((each) => each.metadata.uid === owner.uid) : undefined;
    if (pod !== undefined && !users.includes(pod)) users.push(pod);
  }
  return users;
};

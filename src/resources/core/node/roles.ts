// The roles of a node, from its labels.
import type {Node} from '../../../kube/types/wire.ts';

const PREFIX = 'node-role.kubernetes.io/';

/** Sorted role names. */
export const rolesOf = ({metadata}: Node): readonly string[] => {
  const roles = new Set<string>();
  for (const [label, value] of Object.entries(metadata.labels ?? {})) {
    if (label.startsWith(PREFIX)) roles.add(label.slice(PREFIX.length));
    else if (label === 'kubernetes.io/role') roles.add(value);
  }
  roles.delete('');
  return [...roles].toSorted();
};

// Which fields of an object the live cache keeps: the field paths a kind lists, as a tree.

/**
 * What to keep at one place of an object. `all`: everything below. `keys`: the keys of a map with empty values, for data that
 * is only counted. A map of names keeps those fields. Lists are transparent: the tree applies to each item.
 */
export type KeepTree = 'all' | 'keys' | ReadonlyMap<string, KeepTree>;

/** Kept for every kind: what identity, ownership, age and label filters need. */
const ALWAYS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.resourceVersion',
  'metadata.generation',
  'metadata.creationTimestamp',
  'metadata.deletionTimestamp',
  'metadata.deletionGracePeriodSeconds',
  'metadata.labels',
  'metadata.ownerReferences',
] as const;

/**
 * The tree of a kind's `keep` paths: `spec.nodeName`, `status.containerStatuses[].ready`, `data{}` (keys only),
 * `metadata.annotations['example.com/note']`. A path that ends at a map or list keeps all below it.
 */
export const keepTree = (paths: readonly string[]): ReadonlyMap<string, KeepTree> => {
  const root: MutableTree = new Map();
  for (const path of [...ALWAYS, ...paths]) add(root, path);
  return root;
};

type MutableTree = Map<string, MutableTree | 'all' | 'keys'>;

const add = (root: MutableTree, path: string): void => {
  const keysOnly = path.endsWith('{}');
  const steps = stepsOf(keysOnly ? path.slice(0, -2) : path);
  let here = root;
  for (const [index, step] of steps.entries()) {
    const known = here.get(step);
    if (known === 'all') return;
    if (index === steps.length - 1) {
      if (!keysOnly || known === undefined) here.set(step, keysOnly ? 'keys' : 'all');
      return;
    }
    const next: MutableTree = known === undefined || known === 'keys' ? new Map() : known;
    here.set(step, next);
    here = next;
  }
};

const STEP = /^(?:\.?([^.[\]'"]+)|\['([^']+)'\]|\["([^"]+)"\])(?:\[\])*/;

const stepsOf = (path: string): string[] => {
  const steps: string[] = [];
  let rest = path;
  while (rest !== '') {
    const match = STEP.exec(rest);
    if (match === null) throw new TypeError(`not a field path: ${path}`);
    steps.push(match[1] ?? match[2] ?? match[3] ?? '');
    rest = rest.slice(match[0].length);
  }
  if (steps.length === 0) throw new TypeError('a field path is empty');
  return steps;
};

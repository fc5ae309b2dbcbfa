// The scheduler's message in plain words: `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint(s)`.

/** One reason with how many nodes it holds for. */
export type Obstacle = {readonly nodes: number; readonly id: string; readonly says: string};

/** What the scheduler said. */
export type Unschedulable = {readonly nodes: number; readonly obstacles: readonly Obstacle[]};

const count = (nodes: number, one: string, many: string): string => (nodes === 1 ? `1 ${one}` : `${nodes} ${many}`);

const RULES: readonly (readonly [id: string, pattern: RegExp, says: (nodes: number, match: RegExpExecArray) => string])[] = [
  ['resources', /^Insufficient (.+)$/, (n, [, what = '']) => `${count(n, 'has', 'have')} too little ${what} free`],
  [
    'taint',
    /^node\(s\) had untolerated taint\(?s?\)?\s*\{?([^}]*)\}?$/,
    (n, [, taint = '']) =>
      `${count(n, 'is', 'are')} tainted${taint === '' ? '' : ` ${taint.replace(/: ?$/, '').replace(/: /, '=')}`} and the pod does not tolerate it`,
  ],
  [
    'affinity',
    /^node\(s\) didn't match Pod's node affinity(?:\/selector)?$/,
    (n) => `${count(n, 'does', 'do')} not have the labels the pod asks for`,
  ],
  [
    'anti-affinity',
    /^node\(s\) didn't (?:match|satisfy) (?:existing pods )?(?:pod )?anti-affinity rules$/i,
    (n) => `${count(n, 'already runs', 'already run')} a pod it must stay away from`,
  ],
  [
    'pod-affinity',
    /^node\(s\) didn't match pod affinity rules$/,
    (n) => `${count(n, 'does', 'do')} not run the pods it must be next to`,
  ],
  [
    'topology',
    /^node\(s\) didn't match pod topology spread constraints(?: \(.*\))?$/,
    (n) => `${count(n, 'would', 'would')} break its spread rule`,
  ],
  ['volume-place', /^node\(s\) had volume node affinity conflict$/, (n) => `${count(n, 'cannot', 'cannot')} reach its volume`],
  [
    'volume-none',
    /^node\(s\) (?:didn't find available persistent volumes to bind|had no available volume zone|did not have enough free storage)$/,
    (n) => `${count(n, 'has', 'have')} no volume for it`,
  ],
  [
    'ports',
    /^node\(s\) didn't have free ports for the requested pod ports$/,
    (n) => `${count(n, 'has', 'have')} its host port taken`,
  ],
  ['too-many', /^Too many pods$/, (n) => `${count(n, 'is', 'are')} full of pods`],
  ['cordoned', /^node\(s\) were unschedulable$/, (n) => `${count(n, 'is', 'are')} cordoned`],
  ['not-ready', /^node\(s\) were not ready$/, (n) => `${count(n, 'is', 'are')} not ready`],
];

/** Reads a message; undefined when it is no such message. */
export const readUnschedulable = (message: string | undefined): Unschedulable | undefined => {
  const match = /^0\/(\d+) nodes are available(?: to schedule this pod)?:? ?([\s\S]*)$/.exec(message ?? '');
  if (match === null) return undefined;
  const parts = splitReasons((match[2] ?? '').replace(/\.? preemption: [\s\S]*$/i, ''));
  return {nodes: Number(match[1]), obstacles: parts.map(readObstacle)};
};

// Taints have commas and dots of their own inside braces.
const splitReasons = (text: string): readonly string[] =>
  text
    .trim()
    .replace(/\.$/, '')
    .split(/, (?=\d+ )|, (?=persistentvolumeclaim|pod has)/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const readObstacle = (part: string): Obstacle => {
  const match = /^(\d+) ([\s\S]+)$/.exec(part);
  if (match === null) return readPlainObstacle(part);
  const nodes = Number(match[1]);
  const reason = match[2] ?? '';
  for (const [id, pattern, says] of RULES) {
    const found = pattern.exec(reason);
    if (found !== null) return {nodes, id, says: says(nodes, found)};
  }
  return {nodes, id: 'other', says: `${nodes}: ${reason}`};
};

/** Reasons that are the pod's own and hold for every node. */
const readPlainObstacle = (part: string): Obstacle => {
  const missing = /^persistentvolumeclaim "([^"]+)" not found/.exec(part)?.[1];
  if (missing !== undefined) return {nodes: 0, id: 'volume-claim', says: `its claim ${missing} does not exist`};
  if (/unbound immediate PersistentVolumeClaims/.test(part))
    return {nodes: 0, id: 'volume-claim', says: 'its claim has no volume yet'};
  return {nodes: 0, id: 'other', says: part};
};

/** One sentence without the full stop. */
export const unschedulableText = (message: string | undefined): string => {
  const read = readUnschedulable(message);
  if (read === undefined) return message ? `No node can take it: ${message}` : 'No node can take it';
  const head =
    read.nodes === 0
      ? 'The cluster has no node'
      : read.nodes === 1
        ? 'The only node cannot take it'
        : `None of the ${read.nodes} nodes can take it`;
  return read.obstacles.length === 0 ? head : `${head}: ${read.obstacles.map((each) => each.says).join(', ')}`;
};

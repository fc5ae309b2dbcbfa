// Says what is wrong with an object and why: walks to what it depends on, asks every rule, tells the root cause first.
import {messageOf} from '../base/errors.ts';
import {entryForKind, loadKind} from '../resources/catalogue.ts';
import type {KubeObject} from '../kube/types/object.ts';
import type {ClusterView, Finding, ResourceKind} from '../resources/kind.ts';
import {RANK, refOf} from '../resources/shared/finding.ts';
import {type Placed, tell} from './group.ts';
import {rememberingView} from './remembering-view.ts';
import {type Finders, type Visited, walk} from './walk.ts';

/** Finds the kinds that are built in; pass the registry's own finders to have those of plugins, too. */
export const builtInFinders: Finders = {
  byKind: async (group, kind) => entryForKind(group, kind)?.load(),
  byType: loadKind,
};

/** At most five findings about an object, the root cause first; empty when nothing is wrong. */
export const diagnose = async (
  object: KubeObject,
  kind: ResourceKind,
  view: ClusterView,
  finders: Finders = builtInFinders,
): Promise<readonly Finding[]> => {
  const remembering = rememberingView(view);
  const unread: Placed[] = [];
  const start: Visited = {object, kind};
  const visited = await walk(start, remembering, finders).catch((error: unknown): readonly Visited[] => {
    unread.push(place(couldNotCheck(start, 'what belongs to it', error), start, [start]));
    return [start];
  });
  const placed: Placed[] = [...unread];
  for (const each of visited) {
    for (const rule of each.kind.diagnoses ?? []) {
      const found = await rule
        .find(named(each), remembering)
        .catch((error: unknown): readonly Finding[] => [couldNotCheck(each, rule.id, error)]);
      placed.push(...found.map((finding) => place(finding, each, visited)));
    }
  }
  return tell(
    placed.length > unread.length && placed.some(({finding}) => finding.rank > 0)
      ? placed
      : [...placed, ...healthFindings(visited, view.now())],
  );
};

/** Without a rule that fits, the health of what was seen still says something: unknown is not healthy. */
const healthFindings = (visited: readonly Visited[], now: Date): readonly Placed[] =>
  visited.flatMap((each) => {
    const health = each.kind.health?.(each.object, {now});
    if (health === undefined || (health.tone !== 'bad' && health.tone !== 'warn')) return [];
    const object = refOf(each.object, {group: each.kind.ref.group, kind: each.kind.kind});
    const id = `${each.kind.singular}.unhealthy`;
    return [
      place({id, tone: health.tone, says: health.reason, object, evidence: [], tryThis: [], rank: RANK.health}, each, visited),
    ];
  });

const couldNotCheck = (each: Visited, what: string, error: unknown): Finding => ({
  id: 'engine.could-not-check',
  tone: 'idle',
  says: `Could not check ${what}: ${messageOf(error)}`,
  object: refOf(each.object, {group: each.kind.ref.group, kind: each.kind.kind}),
  evidence: [],
  tryThis: [],
  rank: 0,
});

const controllerOf = ({metadata}: KubeObject): string | undefined =>
  metadata.ownerReferences?.find((owner) => owner.controller === true)?.uid;

const place = (finding: Finding, each: Visited, visited: readonly Visited[]): Placed => {
  const owner = controllerOf(each.object);
  return {finding, owner, siblings: visited.filter((other) => owner !== undefined && controllerOf(other.object) === owner).length};
};

/** Items of a list carry no apiVersion and kind; rules and events want them. */
const named = ({object, kind}: Visited): KubeObject => ({
  ...object,
  apiVersion: kind.ref.group === '' ? kind.ref.version : `${kind.ref.group}/${kind.ref.version}`,
  kind: kind.kind,
});

// Turns many findings into a short story: alike ones told once, the root first, ways out lent to what they mend.
import type {Finding} from '../resources/kind.ts';

/** A finding with the controller its object belongs to, so that pods of one workload are told together. */
export type Placed = {readonly finding: Finding; readonly owner: string | undefined; readonly siblings: number};

const SEVERITY = {bad: 0, warn: 1, busy: 2, ok: 3, idle: 4} as const;

/** The story: at most `most` findings, root cause first. */
export const tell = (placed: readonly Placed[], most = 5): readonly Finding[] => {
  const lent = lendWaysOut(placed);
  return together(lent)
    .toSorted((a, b) => b.rank - a.rank || SEVERITY[a.tone] - SEVERITY[b.tone] || earlier(a, b))
    .slice(0, most);
};

/** A roll-back found for a workload is a way out of the faults of its pods, and better than advice: it goes first. */
const lendWaysOut = (placed: readonly Placed[]): readonly Placed[] => {
  const lenders = placed
    .map(({finding}) => finding)
    .filter(({about, tryThis}) => about !== undefined && tryThis.some(({command}) => command !== undefined));
  return placed.map((each) => {
    const {finding} = each;
    const ways = lenders
      .filter(
        ({about, object}) =>
          about?.some(({uid}) => uid !== undefined && uid === finding.object.uid) === true && object.uid !== finding.object.uid,
      )
      .flatMap(({tryThis}) => tryThis.filter(({command}) => command !== undefined));
    return ways.length === 0 ? each : {...each, finding: {...finding, tryThis: [...ways, ...finding.tryThis]}};
  });
};

const together = (placed: readonly Placed[]): readonly Finding[] => {
  const groups = Map.groupBy(
    placed,
    ({finding, owner}) => `${finding.id} ${owner ?? finding.object.uid ?? finding.object.name} ${withoutNumbers(finding.says)}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group.toSorted((a, b) => earlier(a.finding, b.finding));
    if (first === undefined) return [];
    const objects = new Set(group.map(({finding}) => finding.object.uid ?? finding.object.name));
    if (objects.size < 2) return [first.finding];
    const {kind} = first.finding.object;
    return [
      {
        ...first.finding,
        says: `${objects.size} of ${Math.max(first.siblings, objects.size)} ${kind.toLowerCase()}s: ${first.finding.says}`,
      },
    ];
  });
};

// `restarted 4 times` and `restarted 5 times` are one story; the digits of a name or a tag in quotes of it stay apart enough.
const withoutNumbers = (text: string): string => text.replaceAll(/\b\d+(?:[smhdy]\d*)*\b/g, '#');

const earlier = (a: Finding, b: Finding): number =>
  (Date.parse(a.since ?? '') || Infinity) - (Date.parse(b.since ?? '') || Infinity) || 0;

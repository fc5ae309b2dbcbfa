// Which types a word means, by the rules of kubectl's REST mapper and short-name expander. Pure.
import {groupResourceText, type ApiResource} from '../types/object.ts';

/** Types a word may mean, best first, and what kubectl would warn about. */
export type Match = {readonly found: readonly ApiResource[]; readonly warnings: readonly string[]};

const NOTHING: Match = {found: [], warnings: []};

/** `resources` in discovery order: core first, preferred version first. */
export const matchWord = (word: string, resources: readonly ApiResource[]): Match => {
  if (word === '') return NOTHING;
  const [name = '', ...rest] = word.split('.');
  // pods.v1.example.com may be version v1 of example.com; when it is not, v1.example.com is the group.
  if (rest.length >= 2) {
    const exact = byResource({name, version: rest[0] ?? '', group: rest.slice(1).join('.')}, resources);
    if (exact.found.length > 0) return exact;
  }
  const byName = byResource({name, version: '', group: rest.join('.')}, resources);
  return byName.found.length > 0 ? byName : {found: byKind(word, resources), warnings: []};
};

type Wanted = {readonly name: string; readonly version: string; readonly group: string};

const byResource = (wanted: Wanted, resources: readonly ApiResource[]): Match => {
  const {wanted: expanded, warnings, others} = expandShortName(wanted, resources);
  const found = mapperMatches(expanded, resources);
  return {found: [...found, ...others.filter((other) => !found.includes(other))], warnings};
};

/** restmapper/shortcut.go: a full name is never expanded; of several owners of a short name the first wins, with a warning. */
const expandShortName = (
  wanted: Wanted,
  resources: readonly ApiResource[],
): {readonly wanted: Wanted; readonly warnings: readonly string[]; readonly others: readonly ApiResource[]} => {
  const unchanged = {wanted, warnings: [], others: []};
  const inGroup = resources.filter(({group}) => wanted.group === '' || group === wanted.group);
  if (inGroup.some(({plural, singular}) => plural === wanted.name || singular === wanted.name)) return unchanged;

  const owners = inGroup.filter(({shortNames}) => shortNames.includes(wanted.name));
  const first = owners[0];
  if (first !== undefined) {
    const others = owners.filter((owner) => !isSameType(owner, first));
    const names = new Set(others.map(groupResourceText));
    return {
      wanted: {name: first.plural, version: '', group: first.group},
      warnings: [...names].map((name) => `short name "${wanted.name}" could also match lower priority resource ${name}`),
      others,
    };
  }
  if (wanted.group === '') return unchanged;
  const byPrefix = resources.find(({group, shortNames}) => group.startsWith(wanted.group) && shortNames.includes(wanted.name));
  if (byPrefix === undefined) return unchanged;
  return {...unchanged, wanted: {...wanted, name: byPrefix.plural, group: byPrefix.group}};
};

const isSameType = (a: ApiResource, b: ApiResource): boolean => a.group === b.group && a.plural === b.plural;

/** meta/restmapper.go: names are compared in lower case; a group that fits nothing exactly is a prefix, version by version. */
const mapperMatches = ({name, version, group}: Wanted, resources: readonly ApiResource[]): ApiResource[] => {
  const lower = name.toLowerCase();
  const named = resources.filter(({plural, singular}) => plural === lower || singular === lower);
  if (group !== '' && version !== '') return named.filter((one) => one.group === group && one.version === version);
  if (group !== '') return named.filter((one) => one.group.startsWith(group));
  // An empty group means any, so core is not preferred by name but by standing first.
  return version === '' ? named : named.filter((one) => one.version === version);
};

/** `Kind`, `Kind.group`, `Kind.version.group`: as written or all lower case; without a group only core kinds. */
const byKind = (word: string, resources: readonly ApiResource[]): ApiResource[] => {
  const [kind = '', ...rest] = word.split('.');
  const isKind = (one: ApiResource): boolean => one.kind === kind || one.kind.toLowerCase() === kind;
  if (rest.length >= 2) {
    const exact = resources.filter((one) => isKind(one) && one.version === rest[0] && one.group === rest.slice(1).join('.'));
    if (exact.length > 0) return exact;
  }
  return resources.filter((one) => isKind(one) && one.group === rest.join('.'));
};

/** Members of a category in discovery order, one version each; undefined when no type names it. */
export const matchCategory = (word: string, resources: readonly ApiResource[]): ApiResource[] | undefined => {
  const members: ApiResource[] = [];
  for (const one of resources) {
    if (one.categories.includes(word) && !members.some((known) => isSameType(known, one))) members.push(one);
  }
  return members.length === 0 ? undefined : members;
};

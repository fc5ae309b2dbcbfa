// Commands of lists: filter, sort, mark, columns.
import type {Command} from '../command.ts';

const group = 'List';
const list = ['list', 'containers', 'contexts', 'kinds', 'forwards', 'journal'] as const;
const marking = ['list'] as const;

const sort = (id: string, title: string, key: string, kind?: readonly string[]): Command => ({
  id: `list.sort-by-${id}`,
  title: `Sort by ${title}`,
  summary: `Sorts by ${title}; again turns the order round.`,
  group: 'Sorting',
  keys: [key],
  when: {screen: list, ...(kind === undefined ? {} : {kind})},
});

export const listCommands: readonly Command[] = [
  {
    id: 'list.open',
    title: 'Open',
    summary: 'Goes into the object: its pods, its containers, or its description.',
    group,
    keys: ['enter'],
    when: {screen: list, selection: 'some'},
    hint: 1,
  },
  {
    id: 'list.filter',
    title: 'Filter',
    summary: 'Keeps rows that match: text, a regex, `!` for all but, `-f` for fuzzy, `-l` or `key=value` for labels.',
    group,
    keys: ['/'],
    when: {screen: list},
    hint: 60,
  },
  {
    id: 'list.faults',
    title: 'Only faults',
    summary: 'Shows only what is not doing well.',
    group,
    keys: ['!', 'ctrl+o'],
    when: {screen: marking},
  },
  {id: 'list.wide', title: 'Wide', summary: 'Shows more columns, or fewer.', group, keys: ['ctrl+w'], when: {screen: list}},
  {
    id: 'list.mark',
    title: 'Mark',
    summary: 'Marks the row for the next action, or takes the mark away.',
    group,
    keys: ['space'],
    when: {screen: marking, selection: 'some'},
  },
  {
    id: 'list.mark-range',
    title: 'Mark range',
    summary: 'Marks every row from the nearest mark to here.',
    group,
    keys: ['ctrl+space'],
    when: {screen: marking, selection: 'some'},
  },
  {id: 'list.mark-all', title: 'Mark all', summary: 'Marks every row shown.', group, keys: ['*'], when: {screen: marking}},
  {
    id: 'list.clear-marks',
    title: 'Clear marks',
    summary: 'Takes all marks away.',
    group,
    keys: ['ctrl+\\'],
    when: {screen: marking},
  },
  {
    id: 'list.copy-name',
    title: 'Copy name',
    summary: 'Copies the names of the marked rows, or of this one.',
    group,
    keys: ['c'],
    when: {screen: list, selection: 'some'},
  },
  {
    id: 'list.copy-namespace',
    title: 'Copy namespace',
    summary: 'Copies the namespaces of the marked rows, or of this one.',
    group,
    keys: ['n'],
    when: {screen: marking, selection: 'some'},
  },
  {
    id: 'list.warp',
    title: 'Same namespace',
    summary: 'Shows this kind in the namespace of the row only.',
    group,
    keys: ['w'],
    when: {screen: marking, selection: 'one'},
  },
  {
    id: 'list.sort',
    title: 'Sort',
    summary: 'Chooses the column to sort by.',
    group: 'Sorting',
    keys: ['shift+o'],
    when: {screen: list},
  },
  sort('name', 'name', 'shift+n'),
  sort('namespace', 'namespace', 'shift+p'),
  sort('age', 'age', 'shift+a'),
  sort('status', 'status', 'shift+s'),
  sort('ready', 'ready', 'shift+r', ['pods', 'deployments.apps', 'replicasets.apps', 'statefulsets.apps', 'daemonsets.apps']),
  sort('restarts', 'restarts', 'shift+t', ['pods']),
  sort('cpu', 'CPU', 'shift+c', ['pods', 'nodes']),
  sort('memory', 'memory', 'shift+u', ['pods', 'nodes']),
  sort('node', 'node', 'shift+d', ['pods']),
  sort('ip', 'IP', 'shift+i', ['pods']),
];

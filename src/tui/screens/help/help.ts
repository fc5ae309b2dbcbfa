// Every key that works on the screen before this one, straight from the registry, with where a command came from.
import {showBinding} from '../../../commands/chord.ts';
import type {Situation} from '../../../commands/command.ts';
import type {Registered} from '../../../commands/registry.ts';
import type {TextLine} from '../../components/viewer.ts';
import {plain} from '../../components/viewer.ts';
import type {App} from '../../session/app.ts';
import {cutEnd, widthOf} from '../../../base/text.ts';
import {span} from '../../text/line.ts';
import {textScreen} from '../text/text-screen.ts';

type HelpParams = {readonly about: Situation};

const keyWidth = 16;

const digits = /^namespace[.]recent-/;

const line = ({command, keys, origin}: Registered): TextLine => [
  span(
    // What has no key is typed.
    (keys.length === 0
      ? `:${command.aliases?.[0] ?? command.id}`
      : keys.map(({binding}) => showBinding(binding)).join('  ')
    ).padEnd(keyWidth),
    'key',
  ),
  span(' '),
  span(command.title, ...(command.danger === 'destroys' ? (['tone.bad'] as const) : [])),
  ...(origin.layer === 'kdeck' ? [] : [span(`  (${origin.name})`, 'muted')]),
];

const summaryLine = (one: Registered, room: number, more: string): TextLine => {
  const head = line(one);
  const pad = Math.max(2, keyWidth + 22 - widthOf(plain(head)));
  const left = room - widthOf(plain(head)) - pad;
  const summary = widthOf(one.command.summary) <= left ? one.command.summary : cutEnd(one.command.summary, left - 1) + more;
  return left < 12 ? head : [...head, span(' '.repeat(pad)), span(summary, 'muted')];
};

/** Lines of the help for a situation. */
export const helpLines = (app: App, about: Situation): readonly TextLine[] => {
  const belonging = app.registry.belonging(about).filter(({command}) => !digits.test(command.id));
  const groups = Map.groupBy(belonging, ({command}) => command.group);
  const room = app.size.columns - 4;
  const lines: TextLine[] = [];
  for (const [group, members] of groups) {
    lines.push([], [span(group, 'title')]);
    for (const one of members) lines.push(summaryLine(one, room, app.look.glyphs.more));
    if (group === 'Namespaces and contexts')
      lines.push([
        span('1 ... 9'.padEnd(keyWidth), 'key'),
        span(' Recent namespaces'),
        span(app.recentNamespaces.length === 0 ? '' : `   ${app.recentNamespaces.slice(0, 9).join(', ')}`, 'muted'),
      ]);
  }
  lines.push([], [span('The prompt', 'title')]);
  const prompt: readonly (readonly [string, string])[] = [
    [':pods shop', 'a kind, and a namespace or `all`'],
    [':pods /check', 'with a filter'],
    [':pods app=web', 'with a label selector'],
    [':ctx prod', 'another context'],
    [':ns shop,web', 'other namespaces'],
    [':q', 'leave'],
  ];
  for (const [key, says] of prompt) lines.push([span(key.padEnd(keyWidth), 'key'), span(` ${says}`)]);
  const conflicts = app.registry.conflicts();
  const problems = app.registry.problems();
  if (conflicts.length + problems.length > 0) lines.push([], [span('Worth a look in keys.yaml', 'tone.warn')]);
  for (const {binding, commands} of conflicts)
    lines.push([span(showBinding(binding).padEnd(keyWidth), 'key'), span(` ${commands.join(' and ')} both want it`)]);
  for (const problem of problems) lines.push([span(problem, 'muted')]);
  return lines;
};

const made = textScreen<HelpParams, undefined>({
  name: 'help',
  crumb: () => 'Help',
  initial: undefined,
  load: ({about}, _more, _io, app) => Promise.resolve({lines: helpLines(app, about)}),
});

/** The help screen. It needs nothing from a cluster, so its text is there at once. */
export const helpScreen: typeof made = {
  ...made,
  start: (params, at) => {
    const [state] = made.start(params, at);
    return [{...state, lines: helpLines(at.app, params.about)}, []];
  },
};

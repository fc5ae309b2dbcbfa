// Commands that open something running: logs, a shell, an editor.
import type {Command} from '../command.ts';

const on = ['list', 'describe', 'manifest', 'diagnosis', 'containers'] as const;
const withLogs = ['pods', 'containers', 'deployments.apps', 'replicasets.apps', 'statefulsets.apps', 'daemonsets.apps', 'jobs.batch', 'services'] as const;
const logs = ['logs'] as const;
const group = 'Logs';

export const sessionCommands: readonly Command[] = [
  {id: 'pod.logs', title: 'Logs', summary: 'Follows the logs of the object: all its containers, all its pods.', group: 'Object', keys: ['l'], when: {screen: on, kind: withLogs, selection: 'one'}, hint: 10},
  {id: 'pod.previous-logs', title: 'Previous logs', summary: 'Shows the logs of the container instances before the last restart.', group: 'Object', keys: ['p'], when: {screen: on, kind: ['pods', 'containers'], selection: 'one'}},
  {id: 'pod.shell', title: 'Shell', summary: 'Opens a shell in the container; the terminal comes back when it ends.', group: 'Object', keys: ['s'], when: {screen: on, kind: ['pods', 'containers'], selection: 'one', writable: true}, hint: 11},
  {id: 'object.edit', title: 'Edit', summary: 'Opens the object in your editor, shows what changed, and asks before it is sent.', group: 'Object', keys: ['e'], when: {screen: ['list', 'describe', 'manifest', 'diagnosis'], selection: 'one', writable: true}, hint: 40},
  {id: 'object.port-forward', title: 'Port-forward', summary: 'Forwards a local port to the object; it goes on when pods are replaced.', group: 'Object', keys: ['shift+f'], aliases: ['port-forward'], when: {screen: on, kind: withLogs, selection: 'one'}, hint: 24},
  {id: 'app.forwards', title: 'Port-forwards', summary: 'Lists the port-forwards that run.', group: 'Everywhere', keys: ['f'], aliases: ['port-forwards', 'forwards', 'portforward', 'pf']},
  {id: 'forwards.stop', title: 'Stop', summary: 'Stops the port-forward at once.', group: 'Object', keys: ['ctrl+d'], when: {screen: ['forwards'], selection: 'one'}, hint: 10},
  {id: 'logs.search', title: 'Search', summary: 'Searches the log; all matches are marked.', group, keys: ['/'], when: {screen: logs}, hint: 10},
  {id: 'logs.next-match', title: 'Next match', summary: 'Goes to the next match.', group, keys: ['n'], when: {screen: logs}},
  {id: 'logs.previous-match', title: 'Previous match', summary: 'Goes to the match before.', group, keys: ['shift+n'], when: {screen: logs}},
  {id: 'logs.only-matches', title: 'Only matches', summary: 'Shows only lines that match the search, or all again.', group, keys: ['f'], when: {screen: logs}, hint: 11},
  {id: 'logs.follow', title: 'Follow', summary: 'Keeps the newest line in view, or holds the view still.', group, keys: ['s', 'space'], when: {screen: logs}, hint: 12},
  {id: 'logs.timestamps', title: 'Times', summary: 'Shows or hides the time of each line.', group, keys: ['t'], when: {screen: logs}, hint: 13},
  {id: 'logs.wrap', title: 'Wrap', summary: 'Breaks long lines, or lets them run on.', group, keys: ['w'], when: {screen: logs}, hint: 14},
  {id: 'logs.previous', title: 'Previous', summary: 'Shows the log of the instance before the last restart, or the present one again.', group, keys: ['p'], when: {screen: logs}, hint: 15},
  {id: 'logs.mark', title: 'Mark', summary: 'Draws a line below what has been read.', group, keys: ['m'], when: {screen: logs}},
  {id: 'logs.clear', title: 'Clear', summary: 'Forgets the lines shown so far.', group, keys: ['ctrl+x'], when: {screen: logs}},
  {id: 'logs.copy', title: 'Copy', summary: 'Copies the lines shown.', group, keys: ['c'], when: {screen: logs}, hint: 16},
];

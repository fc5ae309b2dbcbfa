// Commands that work everywhere: the prompt, help, going back, namespaces, contexts, and leaving.
import type {Command} from '../command.ts';

const group = 'Everywhere';
const places = 'Namespaces and contexts';

export const appCommands: readonly Command[] = [
  {
    id: 'app.open-prompt',
    title: 'Go',
    summary: 'Opens the prompt: kinds, namespaces, contexts and commands.',
    group,
    keys: [':', 'ctrl+p'],
    hint: 90,
  },
  {
    id: 'app.help',
    title: 'Help',
    summary: 'Shows every key that works here.',
    group,
    keys: ['?', 'f1'],
    aliases: ['help', 'h', '?'],
    hint: 91,
  },
  {id: 'app.back', title: 'Back', summary: 'Clears the filter, or goes back one screen.', group, keys: ['esc', 'q']},
  {id: 'app.quit', title: 'Quit', summary: 'Leaves kdeck.', group, keys: ['ctrl+c'], aliases: ['q', 'q!', 'qa', 'quit', 'exit']},
  {id: 'app.repaint', title: 'Repaint', summary: 'Draws the whole screen again.', group, keys: ['ctrl+l']},
  {id: 'app.suspend', title: 'Suspend', summary: 'Puts kdeck in the background; `fg` brings it back.', group, keys: ['ctrl+z']},
  {id: 'app.history-back', title: 'Earlier view', summary: 'Goes to the view before this one.', group, keys: ['[', 'alt+left']},
  {id: 'app.history-forward', title: 'Later view', summary: 'Goes forward again.', group, keys: [']', 'alt+right']},
  {id: 'app.last-view', title: 'Last view', summary: 'Switches between this view and the last one.', group, keys: ['-']},
  {
    id: 'app.retry',
    title: 'Try again',
    summary: 'Tries the connection again now instead of waiting for its turn.',
    group,
    keys: ['ctrl+r'],
    aliases: ['retry', 'refresh'],
  },
  {
    id: 'app.log-in',
    title: 'Log in',
    summary: 'Renews the login; a login program gets the terminal while it asks.',
    group,
    aliases: ['login', 'log-in'],
  },
  {id: 'app.toggle-header', title: 'Header', summary: 'Shows or hides the top line.', group, keys: ['ctrl+e']},
  {
    id: 'app.connection',
    title: 'Connection',
    summary: 'Says how the connection is doing.',
    group,
    aliases: ['connection', 'status'],
  },
  {id: 'app.choose-theme', title: 'Theme', summary: 'Chooses the colours.', group, aliases: ['theme', 'skin']},
  {
    id: 'app.kinds',
    title: 'Kinds',
    summary: 'Lists every kind the cluster serves, with its short names.',
    group,
    keys: ['ctrl+a'],
    aliases: ['kinds', 'aliases', 'alias', 'a', 'api-resources'],
  },
  {
    id: 'app.contexts',
    title: 'Contexts',
    summary: 'Lists the contexts of the kubeconfig.',
    group: places,
    keys: ['shift+k'],
    aliases: ['contexts', 'context', 'ctx'],
  },
  {
    id: 'namespace.choose',
    title: 'Namespace',
    summary: 'Chooses the namespaces to look at.',
    group: places,
    keys: ['shift+m'],
    aliases: ['namespace', 'ns'],
  },
  {id: 'namespace.all', title: 'All namespaces', summary: 'Shows objects of all namespaces.', group: places, keys: ['0']},
  ...Array.from({length: 9}, (_, index): Command => ({
    id: `namespace.recent-${index + 1}`,
    title: `Namespace ${index + 1}`,
    summary: `Shows the recent namespace number ${index + 1}.`,
    group: places,
    keys: [String(index + 1)],
  })),
];

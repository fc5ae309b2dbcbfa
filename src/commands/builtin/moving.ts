// Moving about: keys that mean the same in every list and every text.
import type {Command} from '../command.ts';

const group = 'Moving';

export const movingCommands: readonly Command[] = [
  {id: 'move.down', title: 'Down', summary: 'One line down.', group, keys: ['j', 'down']},
  {id: 'move.up', title: 'Up', summary: 'One line up.', group, keys: ['k', 'up']},
  {id: 'move.page-down', title: 'Page down', summary: 'One page down.', group, keys: ['ctrl+f', 'pagedown']},
  {id: 'move.page-up', title: 'Page up', summary: 'One page up.', group, keys: ['ctrl+b', 'pageup']},
  {id: 'move.half-page-down', title: 'Half a page down', summary: 'Half a page down.', group, keys: ['alt+down', 'shift+down']},
  {id: 'move.half-page-up', title: 'Half a page up', summary: 'Half a page up.', group, keys: ['alt+up', 'shift+up']},
  {id: 'move.first', title: 'First', summary: 'To the first line.', group, keys: ['g', 'home']},
  {id: 'move.last', title: 'Last', summary: 'To the last line.', group, keys: ['shift+g', 'end']},
  {
    id: 'move.left',
    title: 'Left',
    summary: 'Scrolls text to the left.',
    group,
    keys: ['h', 'left'],
    when: {screen: ['describe', 'manifest', 'diff', 'logs', 'text']},
  },
  {
    id: 'move.right',
    title: 'Right',
    summary: 'Scrolls text to the right.',
    group,
    keys: ['l', 'right'],
    when: {screen: ['describe', 'manifest', 'diff', 'logs', 'text']},
  },
];

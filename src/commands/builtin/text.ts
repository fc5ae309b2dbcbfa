// Commands of texts: describe, YAML, diffs.
import type {Command} from '../command.ts';

const group = 'Text';
const texts = ['describe', 'manifest', 'diff', 'text', 'help'] as const;

export const textCommands: readonly Command[] = [
  {
    id: 'text.search',
    title: 'Search',
    summary: 'Searches the text; all matches are marked.',
    group,
    keys: ['/'],
    when: {screen: texts},
    hint: 60,
  },
  {id: 'text.next-match', title: 'Next match', summary: 'Goes to the next match.', group, keys: ['n'], when: {screen: texts}},
  {
    id: 'text.previous-match',
    title: 'Previous match',
    summary: 'Goes to the match before.',
    group,
    keys: ['shift+n'],
    when: {screen: texts},
  },
  {
    id: 'text.wrap',
    title: 'Wrap',
    summary: 'Breaks long lines, or lets them run on.',
    group,
    keys: ['w'],
    when: {screen: texts},
    hint: 61,
  },
  {id: 'text.copy', title: 'Copy', summary: 'Copies the whole text.', group, keys: ['c'], when: {screen: texts}, hint: 62},
  {
    id: 'text.refresh',
    title: 'Refresh',
    summary: 'Reads the object again.',
    group,
    keys: ['r'],
    when: {screen: ['describe', 'manifest', 'diagnosis']},
  },
  {
    id: 'manifest.managed-fields',
    title: 'Managed fields',
    summary: 'Shows or hides managedFields.',
    group,
    keys: ['m'],
    when: {screen: ['manifest']},
  },
  {
    id: 'secret.reveal',
    title: 'Reveal',
    summary: 'Shows the values of the Secret in clear text, or masks them again.',
    group,
    keys: ['x'],
    when: {screen: ['manifest'], kind: ['secrets']},
    hint: 10,
  },
  {
    id: 'diagnosis.do',
    title: 'Do it',
    summary: 'Runs the suggestion under the cursor.',
    group,
    keys: ['enter'],
    when: {screen: ['diagnosis']},
    hint: 1,
  },
];

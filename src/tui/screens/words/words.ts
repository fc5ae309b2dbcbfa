// A text that somebody hands over whole, such as the answer of a plugin's command.
import {cleanLine} from '../../../base/text.ts';
import {span} from '../../text/line.ts';
import {textScreen} from '../text/text-screen.ts';

/** What stands in the breadcrumb, and the text. */
export type WordsParams = {readonly title: string; readonly text: string};

export const wordsScreen = textScreen<WordsParams, undefined>({
  name: 'text',
  crumb: ({title}) => title,
  initial: undefined,
  load: ({text}) =>
    Promise.resolve({
      lines: text
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => [span(cleanLine(line))]),
    }),
});

// The `/` line at the bottom: what is typed takes effect at once, Enter keeps it, Esc takes it back.
import type {App} from '../session/app.ts';
import type {Effect} from '../session/effect.ts';
import {send} from '../session/effect.ts';
import type {Overlay} from '../session/overlay.ts';
import type {Field} from './text-field.ts';
import {drawField, edit, fieldOf} from './text-field.ts';

type Options = {
  readonly entry: number;
  /** Text in force when the line was opened: Esc brings it back. */
  readonly before: string;
  readonly hint: string;
  /** What is wrong with a text, in words. */
  readonly check?: (text: string) => string | undefined;
};

const build = (options: Options, field: Field, recentAt: number): Overlay => {
  const tell = (text: string, done: boolean): readonly Effect[] => [
    send({type: 'screen', entry: options.entry, event: {type: 'filter', text, done}}),
  ];
  return {
    name: 'filter',
    input: (input, app) => {
      if (input.type === 'key') {
        if (input.chord === 'esc') return [undefined, tell(options.before, false)];
        if (input.chord === 'enter') return [undefined, tell(field.text, true)];
        if (input.chord === 'up' || input.chord === 'down') {
          const at = recentAt + (input.chord === 'up' ? 1 : -1);
          const text = app.history.filter[at];
          if (text === undefined)
            return [at < 0 ? build(options, fieldOf(''), -1) : build(options, field, recentAt), at < 0 ? tell('', false) : []];
          return [build(options, fieldOf(text), at), tell(text, false)];
        }
      }
      const next = edit(field, input);
      return next === undefined
        ? [build(options, field, recentAt), []]
        : [build(options, next, -1), next.text === field.text ? [] : tell(next.text, false)];
    },
    draw: (app: App) => {
      const problem = options.check?.(field.text);
      const says = problem === undefined ? '' : ` ${problem} `;
      const room = Math.max(10, app.size.columns - 3 - says.length);
      return {
        bottom:
          app.look.paint(' /', 'accent') +
          drawField(app.look, field, room, true, options.hint, 'text') +
          app.look.paint(says, 'tone.warn'),
      };
    },
  };
};

/** Makes a filter line for a screen. */
export const filterLine = (options: Options): Overlay => build(options, fieldOf(options.before), -1);

// A list to choose from: typing narrows it, Enter takes the marked line. Also the body of the `:` prompt.
import type {App} from '../session/app.ts';
import type {Effect} from '../session/effect.ts';
import type {Drawn, Overlay, OverlayStep} from '../session/overlay.ts';
import type {Input} from '../keys/input.ts';
import {cleanLine, fitTo, widthOf} from '../../base/text.ts';
import {drawPanel, innerWidth, panelRows, panelWidth} from './panel.ts';
import type {PanelLine} from './panel.ts';
import type {Field} from './text-field.ts';
import {drawField, edit, fieldOf} from './text-field.ts';

/** One line to choose. */
export type Choice = {
  readonly title: string;
  /** Said in a quiet colour at the end of the line. */
  readonly note?: string;
  readonly current?: boolean;
  readonly run: () => readonly Effect[];
};

/** A picker. */
export type PickerOptions = {
  readonly title: string;
  readonly hint?: string;
  /** Lines for what was typed, best first. */
  readonly choices: (typed: string, app: App) => readonly Choice[];
  /** Takes Enter before the marked line does; undefined lets the line have it. */
  readonly enter?: (typed: string, app: App, moved: boolean) => readonly Effect[] | undefined;
  /** What Tab makes of the text. */
  readonly complete?: (typed: string, choice: Choice | undefined) => string;
  /** Earlier lines, newest first, for the up key on an empty field. */
  readonly recent?: readonly string[];
  readonly name?: string;
  readonly y?: number;
  /** What to say when nothing matches. */
  readonly empty?: (typed: string, app: App) => string;
};

type State = {readonly field: Field; readonly at: number; readonly moved: boolean; readonly recentAt: number};

/** Lines shown at once. */
const most = 14;

const build = (options: PickerOptions, state: State): Overlay => {
  const withState = (change: Partial<State>): Overlay => build(options, {...state, ...change});
  const input = (got: Input, app: App): OverlayStep => {
    const choices = options.choices(state.field.text, app);
    const at = Math.min(state.at, Math.max(0, choices.length - 1));
    if (got.type === 'wheel') return [withState({at: Math.max(0, Math.min(choices.length - 1, at + got.by)), moved: true}), []];
    if (got.type === 'key') {
      switch (got.chord) {
        case 'esc':
        case 'ctrl+g':
          return [undefined, []];
        case 'enter': {
          const taken = options.enter?.(state.field.text, app, state.moved);
          if (taken !== undefined) return [undefined, taken];
          const choice = choices[at];
          return choice === undefined ? [withState({}), []] : [undefined, choice.run()];
        }
        case 'down':
        case 'ctrl+n':
        case 'ctrl+j':
          return [withState({at: choices.length === 0 ? 0 : (at + 1) % choices.length, moved: true}), []];
        case 'up':
        case 'ctrl+p': {
          const earlier = options.recent ?? [];
          const isRecall =
            earlier.length > 0 && !state.moved && (state.field.text === '' || state.field.text === earlier[state.recentAt]);
          if (isRecall && state.recentAt + 1 < earlier.length)
            return [withState({recentAt: state.recentAt + 1, field: fieldOf(earlier[state.recentAt + 1] ?? ''), at: 0}), []];
          return [withState({at: choices.length === 0 ? 0 : (at + choices.length - 1) % choices.length, moved: true}), []];
        }
        case 'pagedown':
          return [withState({at: Math.min(choices.length - 1, at + most), moved: true}), []];
        case 'pageup':
          return [withState({at: Math.max(0, at - most), moved: true}), []];
        case 'tab': {
          const text = options.complete?.(state.field.text, choices[at]) ?? choices[at]?.title ?? state.field.text;
          return [withState({field: fieldOf(text), at: 0, moved: false}), []];
        }
        default:
      }
    }
    const field = edit(state.field, got);
    return [field === undefined ? withState({}) : withState({field, at: 0, moved: false, recentAt: -1}), []];
  };
  const draw = (app: App): Drawn => {
    const {look} = app;
    const width = panelWidth(app, 76);
    const inner = innerWidth(width);
    const choices = options.choices(state.field.text, app);
    const at = Math.min(state.at, Math.max(0, choices.length - 1));
    const rows = panelRows(app, most);
    const top = Math.max(0, Math.min(at - Math.floor(rows / 2), choices.length - rows));
    const lines: PanelLine[] = [
      drawField(look, state.field, inner, true, options.hint ?? ''),
      look.paint(look.glyphs.line.repeat(inner), 'border'),
    ];
    for (const [index, choice] of choices.slice(top, top + rows).entries()) {
      const marked = top + index === at;
      const under = marked ? (['row.cursor'] as const) : [];
      const note = cleanLine(choice.note ?? '');
      const noteCells = Math.min(widthOf(note), Math.floor(inner / 2));
      const lead = marked ? look.glyphs.cursor : ' ';
      const sign = choice.current === true ? `${look.glyphs.check} ` : '';
      const title = fitTo(sign + cleanLine(choice.title), inner - noteCells - 3, look.glyphs.more);
      lines.push(
        look.paint(`${lead} `, ...under, 'accent') +
          look.paint(title, ...under) +
          look.paint(' ', ...under) +
          look.paint(fitTo(note, noteCells, look.glyphs.more, 'right'), ...under, ...(marked ? [] : (['muted'] as const))),
      );
    }
    if (choices.length === 0)
      lines.push([{text: options.empty?.(state.field.text, app) ?? 'nothing like that', tokens: ['muted']}]);
    return {
      panels: [
        drawPanel(app, {
          title: options.title,
          width,
          lines,
          ...(choices.length > rows ? {note: `${at + 1} of ${choices.length}`} : {}),
          y: options.y ?? 3,
        }),
      ],
    };
  };
  return {name: options.name ?? 'picker', input, draw};
};

/** Makes a picker, with text already in its field. */
export const picker = (options: PickerOptions, typed = ''): Overlay =>
  build(options, {field: fieldOf(typed), at: 0, moved: false, recentAt: -1});

/** A picker over a fixed list, narrowed by the letters typed. The current line is marked first. */
export const pickFrom = (title: string, choices: readonly Choice[], hint = 'type to narrow'): Overlay =>
  picker({
    title,
    hint,
    choices: (typed) => {
      const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
      return choices.filter((choice) => words.every((word) => `${choice.title} ${choice.note ?? ''}`.toLowerCase().includes(word)));
    },
  });

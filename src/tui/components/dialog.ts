// A question with its consequences spelled out: what happens line by line, fields to fill, a name to type, two buttons.
import type {Input as FormInput} from '../../resources/action.ts';
import type {Input} from '../keys/input.ts';
import type {App} from '../session/app.ts';
import type {Effect} from '../session/effect.ts';
import type {Drawn, Overlay, OverlayStep} from '../session/overlay.ts';
import {cleanLine, fitTo, widthOf} from '../../base/text.ts';
import {wrap} from '../text/cells.ts';
import {span} from '../text/line.ts';
import {drawPanel, innerWidth, panelRows, panelWidth} from './panel.ts';
import type {PanelLine} from './panel.ts';
import type {Field} from './text-field.ts';
import {drawField, edit, fieldOf} from './text-field.ts';

/** Values of a form by field name. */
export type Answers = Readonly<Record<string, string | number | boolean>>;

/** A dialog. */
export type DialogOptions = {
  readonly title: string;
  /** Sentences above everything. */
  readonly says?: readonly string[];
  /** What will happen, one line each, for the answers so far. */
  readonly preview?: (answers: Answers) => readonly string[];
  readonly fields?: Readonly<Record<string, FormInput>>;
  /** Text to type before the button works: the guard of what cannot be taken back. */
  readonly mustType?: string;
  readonly confirm: string;
  readonly danger?: boolean;
  /** Where the focus starts: the first field unless told; `guard` means the name to type, or Cancel without one. */
  readonly focus?: 'guard';
  readonly onConfirm: (answers: Answers) => readonly Effect[];
  /** Leaving without confirming, where that needs a word. */
  readonly onCancel?: () => readonly Effect[];
};

type State = {
  readonly values: Readonly<Record<string, Field | number | boolean>>;
  readonly typed: Field;
  /** Index into the stops: fields, then the guard, then Cancel, then the button. */
  readonly focus: number;
  readonly scroll: number;
  readonly complaint: string | undefined;
};

const answerOf = (field: FormInput, value: Field | number | boolean | undefined): string | number | boolean => {
  if (field.type === 'switch') return value === true;
  if (field.type === 'choice') return field.options[typeof value === 'number' ? value : 0] ?? '';
  const text = typeof value === 'object' ? value.text.trim() : '';
  return field.type === 'number' ? Number(text) : text;
};

const complaintOf = (field: FormInput, answer: string | number | boolean): string | undefined => {
  if (field.type === 'number') {
    if (!Number.isInteger(answer)) return `${field.label} must be a whole number`;
    if (field.min !== undefined && (answer as number) < field.min) return `${field.label} must be at least ${field.min}`;
    if (field.max !== undefined && (answer as number) > field.max) return `${field.label} must be at most ${field.max}`;
  }
  return field.type === 'text' ? field.check?.(answer as string) : undefined;
};

const build = (options: DialogOptions, state: State): Overlay => {
  const fields = Object.entries(options.fields ?? {});
  const guard = options.mustType === undefined ? 0 : 1;
  const cancelAt = fields.length + guard;
  const confirmAt = cancelAt + 1;
  const answers = (): Answers => Object.fromEntries(fields.map(([name, field]) => [name, answerOf(field, state.values[name])]));
  const withState = (change: Partial<State>): Overlay => build(options, {...state, ...change});
  const stay = (change: Partial<State> = {}): OverlayStep => [withState(change), []];
  const focus = (by: number): OverlayStep => stay({focus: (state.focus + by + confirmAt + 1) % (confirmAt + 1)});

  const confirm = (): OverlayStep => {
    const given = answers();
    for (const [index, [name, field]] of fields.entries()) {
      const complaint = complaintOf(field, given[name] ?? '');
      if (complaint !== undefined) return stay({complaint, focus: index});
    }
    if (options.mustType !== undefined && state.typed.text.trim() !== options.mustType)
      return stay({complaint: `type ${options.mustType} to go on`, focus: fields.length});
    return [undefined, options.onConfirm(given)];
  };

  const input = (got: Input, app: App): OverlayStep => {
    if (got.type === 'wheel') return stay({scroll: Math.max(0, state.scroll + got.by)});
    const [name, field] = fields[state.focus] ?? [];
    if (got.type === 'key') {
      switch (got.chord) {
        case 'esc':
          return [undefined, options.onCancel?.() ?? []];
        case 'tab':
        case 'down':
          return focus(1);
        case 'shift+tab':
        case 'up':
          return focus(-1);
        case 'pagedown':
          return stay({scroll: state.scroll + 5});
        case 'pageup':
          return stay({scroll: Math.max(0, state.scroll - 5)});
        case 'enter':
          if (state.focus === cancelAt) return [undefined, options.onCancel?.() ?? []];
          // Enter in the last field means: done.
          return state.focus === confirmAt || state.focus === cancelAt - 1 ? confirm() : focus(1);
        default:
      }
      if (state.focus >= cancelAt) {
        if (got.chord === 'left' || got.chord === 'h') return stay({focus: cancelAt});
        if (got.chord === 'right' || got.chord === 'l') return stay({focus: confirmAt});
        return stay();
      }
      if (field !== undefined && name !== undefined) {
        const value = state.values[name];
        if (field.type === 'switch')
          return got.chord === 'space' ? stay({values: {...state.values, [name]: value !== true}, complaint: undefined}) : stay();
        if (field.type === 'choice') {
          const step = got.chord === 'right' || got.chord === 'space' ? 1 : got.chord === 'left' ? -1 : 0;
          const at = typeof value === 'number' ? value : 0;
          return stay({values: {...state.values, [name]: (at + step + field.options.length) % field.options.length}});
        }
        if (field.type === 'number' && (got.chord === '+' || got.chord === 'ctrl+up'))
          return stay({values: {...state.values, [name]: fieldOf(String(Number(answerOf(field, value)) + 1))}});
      }
    }
    if (field !== undefined && name !== undefined) {
      const value = state.values[name];
      if (typeof value !== 'object') return stay();
      const next = edit(value, got);
      return next === undefined ? stay() : stay({values: {...state.values, [name]: next}, complaint: undefined});
    }
    if (guard === 1 && state.focus === fields.length) {
      const next = edit(state.typed, got);
      return next === undefined ? stay() : stay({typed: next, complaint: undefined});
    }
    void app;
    return stay();
  };

  const draw = (app: App): Drawn => {
    const {look} = app;
    const {glyphs} = look;
    const width = panelWidth(app, 72);
    const inner = innerWidth(width);
    const lines: PanelLine[] = [];
    for (const sentence of options.says ?? []) for (const line of wrap(cleanLine(sentence), inner)) lines.push([span(line)]);
    const preview = options.preview?.(answers()) ?? [];
    if (preview.length > 0) {
      if (lines.length > 0) lines.push([]);
      const fixed = lines.length + fields.length + guard * 2 + 5;
      const room = Math.max(2, panelRows(app, 40) - fixed);
      const top = Math.min(state.scroll, Math.max(0, preview.length - room));
      for (const line of preview.slice(top, top + room)) {
        const text = cleanLine(line);
        const [first = '', ...rest] = wrap(text, inner - 2);
        const token = /^\s*[+] /.test(text) ? (['diff.added'] as const) : /^\s*- /.test(text) ? (['diff.removed'] as const) : [];
        const lead = token.length > 0 || text.startsWith(' ') ? '  ' : `${glyphs.dot} `;
        lines.push([span(lead, 'muted'), span(first, ...token)], ...rest.map((more) => [span('  '), span(more, ...token)]));
      }
      if (preview.length > room) lines.push([span(`  ${preview.length - room} more, PgDn to see them`, 'muted')]);
    }
    if (fields.length > 0) lines.push([]);
    const labels = Math.min(28, Math.max(0, ...fields.map(([, field]) => widthOf(field.label))));
    for (const [index, [name, field]] of fields.entries()) {
      const focused = state.focus === index;
      const label = look.paint(fitTo(field.label, labels, glyphs.more), focused ? 'accent' : 'muted');
      lines.push(`${label}  ${drawAnswer(app, field, state.values[name], inner - labels - 2, focused)}`);
    }
    if (options.mustType !== undefined) {
      lines.push([]);
      const label = `Type ${cleanLine(options.mustType)} to go on`;
      lines.push([span(fitTo(label, Math.min(widthOf(label), inner), glyphs.more), 'muted')]);
      lines.push(drawField(look, state.typed, inner, state.focus === fields.length));
    }
    lines.push([]);
    if (state.complaint !== undefined) lines.push([span(`${glyphs.tone.warn} ${cleanLine(state.complaint)}`, 'tone.warn')], []);
    const ready = options.mustType === undefined || state.typed.text.trim() === options.mustType;
    const focusToken = options.danger === true ? 'button.danger' : 'button.focus';
    const cancel = look.paint(
      state.focus === cancelAt ? `[ Cancel ]` : '  Cancel  ',
      state.focus === cancelAt ? 'button.focus' : 'button',
    );
    const go = look.paint(
      state.focus === confirmAt ? `[ ${options.confirm} ]` : `  ${options.confirm}  `,
      ready ? (state.focus === confirmAt ? focusToken : 'button') : 'muted',
    );
    const buttons = 10 + widthOf(options.confirm) + 4 + 2;
    const help = state.focus >= cancelAt ? 'tab moves, enter takes' : 'tab moves, enter goes on';
    const room = inner - buttons;
    lines.push(
      `${look.paint(fitTo(room > widthOf(help) + 2 ? help : '', Math.max(0, room), glyphs.more), 'muted')}${cancel}  ${go}`,
    );
    return {
      panels: [
        drawPanel(app, {title: options.title, width, lines, border: options.danger === true ? 'border.danger' : 'border.focus'}),
      ],
    };
  };
  return {name: 'dialog', input, draw};
};

const drawAnswer = (
  app: App,
  field: FormInput,
  value: Field | number | boolean | undefined,
  width: number,
  focused: boolean,
): string => {
  const {look} = app;
  if (field.type === 'switch') {
    const text = `[${value === true ? look.glyphs.check : ' '}]`;
    return (
      look.paint(text, ...(focused ? (['field.focus'] as const) : [])) +
      look.paint(fitTo(focused ? '  space turns it over' : '', width - 3, look.glyphs.more), 'field.hint')
    );
  }
  if (field.type === 'choice') {
    const chosen = cleanLine(field.options[typeof value === 'number' ? value : 0] ?? '');
    return look.paint(fitTo(focused ? `< ${chosen} >` : chosen, width, look.glyphs.more), focused ? 'field.focus' : 'field');
  }
  return drawField(look, typeof value === 'object' ? value : fieldOf(''), width, focused);
};

const initial = (field: FormInput): Field | number | boolean => {
  if (field.type === 'switch') return field.initial;
  if (field.type === 'choice') return Math.max(0, field.options.indexOf(field.initial ?? ''));
  return fieldOf(field.type === 'number' ? String(field.initial) : (field.initial ?? ''));
};

/** Makes a dialog. The focus starts in the first field; without fields on Cancel, so that Enter alone changes nothing. */
export const dialog = (options: DialogOptions): Overlay =>
  build(options, {
    values: Object.fromEntries(Object.entries(options.fields ?? {}).map(([name, field]) => [name, initial(field)])),
    typed: fieldOf(''),
    focus: options.focus === 'guard' ? Object.keys(options.fields ?? {}).length : 0,
    scroll: 0,
    complaint: undefined,
  });

// How a dialog looks: sentences, fields, what will happen, the name to type, the buttons, in whatever room there is.
import {cleanLine, fitTo, widthOf} from '../../base/text.ts';
import type {Input as FormInput, PreviewLine} from '../../resources/action.ts';
import type {App} from '../session/app.ts';
import type {Drawn} from '../session/overlay.ts';
import {chop, wrap} from '../text/cells.ts';
import {drawLine, span} from '../text/line.ts';
import type {Token} from '../theme/tokens.ts';
import type {DialogOptions, DialogState} from './dialog-form.ts';
import {answersOf, isList} from './dialog-form.ts';
import {drawPanel, innerWidth, panelRows, panelWidth} from './panel.ts';
import type {PanelLine} from './panel.ts';
import type {Field} from './text-field.ts';
import {drawField, fieldOf} from './text-field.ts';

type Value = Field | number | boolean | undefined;

const diffToken: Readonly<Record<string, Token>> = {'+': 'diff.added', '-': 'diff.removed', '@': 'diff.place', ' ': 'muted'};

/** Screen lines of one line of the preview. */
const previewLines = (app: App, line: PreviewLine, width: number): readonly PanelLine[] => {
  if (typeof line !== 'string') {
    const token = diffToken[line.diff] ?? 'text';
    const sign = line.diff === '@' ? ' ' : line.diff;
    return chop(cleanLine(line.text), width - 1).map((piece, index) => [span((index === 0 ? sign : ' ') + piece, token)]);
  }
  const text = cleanLine(line);
  const indent = /^ */.exec(text)?.[0] ?? '';
  const [first = '', ...rest] = wrap(text.trimStart(), width - 2 - indent.length);
  const lead = indent === '' ? `${app.look.glyphs.dot} ` : `  ${indent}`;
  return [[span(lead, 'muted'), span(first)], ...rest.map((more) => [span(`  ${indent}`), span(more)])];
};

type FieldLines = {readonly lines: readonly PanelLine[]; readonly index: number};

/** Options below each other, as many as there is room for, each with what it is about. */
const listLines = (
  app: App,
  field: FormInput & {readonly type: 'choice'},
  value: Value,
  width: number,
  focused: boolean,
  room: number,
): readonly PanelLine[] => {
  const {glyphs} = app.look;
  const at = typeof value === 'number' ? value : 0;
  const top = Math.max(0, Math.min(at - Math.floor(room / 2), field.options.length - room));
  const word = Math.max(...field.options.map((option) => widthOf(cleanLine(option))));
  const hidden = field.options.length - room;
  const label = hidden > 0 ? `${field.label}  (${at + 1} of ${field.options.length})` : field.label;
  return [
    [span(label, focused ? 'accent' : 'muted')],
    ...field.options.slice(top, top + room).map((option, index): PanelLine => {
      const chosen = top + index === at;
      const text = `${chosen ? glyphs.arrow : ' '} ${fitTo(cleanLine(option), word, glyphs.more)}  `;
      const note = cleanLine(field.notes?.[top + index] ?? '');
      if (!chosen) return [span(text), span(note, 'muted')];
      const under: readonly Token[] = focused ? ['field.focus'] : ['accent'];
      return drawLine(app.look, width, [span(text, ...under), span(note, ...under)], [], ...under);
    }),
  ];
};

const drawAnswer = (app: App, field: FormInput, value: Value, width: number, focused: boolean): string => {
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

/** Each field with its lines. */
const fieldLines = (app: App, options: DialogOptions, state: DialogState, inner: number): readonly FieldLines[] => {
  const {look} = app;
  const fields = Object.entries(options.fields ?? {});
  const labels = Math.min(34, Math.floor(inner / 2), Math.max(0, ...fields.map(([, field]) => widthOf(field.label))));
  return fields.map(([name, field], index) => {
    const focused = state.focus === index;
    const value = state.values[name];
    if (field.type === 'choice' && field.notes !== undefined) {
      const room = Math.min(field.options.length, Math.max(3, Math.floor(panelRows(app, 40) / 4)));
      return {index, lines: listLines(app, field, value, inner, focused, room)};
    }
    const label = look.paint(fitTo(field.label, labels, look.glyphs.more), focused ? 'accent' : 'muted');
    return {index, lines: [`${label}  ${drawAnswer(app, field, value, inner - labels - 2, focused)}`]};
  });
};

const buttons = (app: App, options: DialogOptions, state: DialogState, inner: number): PanelLine => {
  const {look} = app;
  const cancelAt = Object.keys(options.fields ?? {}).length + (options.mustType === undefined ? 0 : 1);
  const atCancel = state.focus === cancelAt;
  const atGo = options.tells === true ? atCancel : state.focus === cancelAt + 1;
  const ready = options.mustType === undefined || state.typed.text.trim() === options.mustType;
  const cancel = look.paint(atCancel ? '[ Cancel ]' : '  Cancel  ', atCancel ? 'button.focus' : 'button');
  const strong = options.danger === true ? 'button.danger' : 'button.focus';
  const go = look.paint(atGo ? `[ ${options.confirm} ]` : `  ${options.confirm}  `, ready ? (atGo ? strong : 'button') : 'muted');
  const focusedField = Object.values(options.fields ?? {})[state.focus];
  const help =
    atCancel || atGo
      ? 'tab moves, enter takes'
      : isList(focusedField)
        ? 'up and down choose, tab moves'
        : 'tab moves, enter goes on';
  const room = inner - (10 + widthOf(options.confirm) + 4 + 2);
  if (options.tells === true) return look.paint(fitTo('PgDn and PgUp scroll', room + 12, look.glyphs.more), 'muted') + go;
  return `${look.paint(fitTo(room > widthOf(help) + 2 ? help : '', Math.max(0, room), look.glyphs.more), 'muted')}${cancel}  ${go}`;
};

/** A dialog put together for the room there is. */
type Arranged = {
  readonly width: number;
  readonly says: readonly PanelLine[];
  readonly fields: readonly PanelLine[];
  readonly preview: readonly PanelLine[];
  /** Lines of the preview that are seen at once. */
  readonly room: number;
  readonly bottom: readonly PanelLine[];
  /** Blank lines are a luxury of bigger terminals. */
  readonly dense: boolean;
};

const arrange = (app: App, options: DialogOptions, state: DialogState): Arranged => {
  const {look} = app;
  const preview = options.preview?.(answersOf(options, state)) ?? [];
  const isWide = options.fieldsFirst === true || preview.some((line) => typeof line !== 'string');
  const width = panelWidth(app, isWide ? 110 : 72);
  const inner = innerWidth(width);
  const says = (options.says ?? []).flatMap((sentence) => wrap(cleanLine(sentence), inner).map((line): PanelLine => [span(line)]));
  const dense = app.size.rows < 18;
  const gap: readonly PanelLine[] = dense ? [] : [[]];
  const bottom: PanelLine[] = [];
  if (options.mustType !== undefined) {
    const label = `Type ${cleanLine(options.mustType)} to go on`;
    const at = Object.keys(options.fields ?? {}).length;
    bottom.push(...gap, [span(fitTo(label, Math.min(widthOf(label), inner), look.glyphs.more), 'muted')]);
    bottom.push(drawField(look, state.typed, inner, state.focus === at));
  }
  bottom.push(...gap);
  if (state.complaint !== undefined) {
    const lines = wrap(cleanLine(state.complaint), inner - 2);
    bottom.push(...lines.map((line, index) => [span(`${index === 0 ? look.glyphs.tone.warn : ' '} ${line}`, 'tone.warn')]), ...gap);
  }
  bottom.push(buttons(app, options, state, inner));
  const rows = dense ? Math.max(4, app.size.rows - 4) : panelRows(app, 40);
  const lines = preview.flatMap((line) => previewLines(app, line, inner));
  const taken = says.length + bottom.length + (dense ? 0 : (says.length > 0 ? 1 : 0) + (lines.length > 0 ? 2 : 0));
  const all = fieldLines(app, options, state, inner);
  const count = all.reduce((sum, one) => sum + one.lines.length, 0);
  // Where there are more fields than rows, those around the focus are shown.
  const fieldRoom = Math.max(dense ? 1 : 3, rows - taken - Math.min(lines.length, 3));
  const flat = all.flatMap((one) => one.lines);
  const focusLine = all.slice(0, Math.min(state.focus, all.length)).reduce((sum, one) => sum + one.lines.length, 0);
  const top = Math.max(0, Math.min(focusLine - Math.floor(fieldRoom / 2), count - fieldRoom));
  const fields = count <= fieldRoom ? flat : flat.slice(top, top + fieldRoom);
  // One line tells how much more there is, when there is more.
  const free = Math.max(2, rows - taken - fields.length + (fields.length > 0 || dense ? 0 : 1));
  return {width, says, fields, preview: lines, room: lines.length <= free ? lines.length : free - 1, bottom, dense};
};

/** The furthest a preview can be scrolled. */
export const scrollEnd = (app: App, options: DialogOptions, state: DialogState): number => {
  const {preview, room} = arrange(app, options, state);
  return Math.max(0, preview.length - room);
};

/** Draws a dialog. */
export const drawDialog = (app: App, options: DialogOptions, state: DialogState): Drawn => {
  const {width, says, fields, preview, room, bottom, dense} = arrange(app, options, state);
  const top = Math.min(state.scroll, Math.max(0, preview.length - room));
  const seen: PanelLine[] = preview.slice(top, top + room);
  if (preview.length > room)
    seen.push([span(`  lines ${top + 1} to ${top + room} of ${preview.length}, PgDn and PgUp scroll`, 'muted')]);
  const parts = [says, ...(options.fieldsFirst === true ? [fields, seen] : [seen, fields])].filter((part) => part.length > 0);
  const lines = [...parts.flatMap((part, index): readonly PanelLine[] => (index === 0 || dense ? part : [[], ...part])), ...bottom];
  return {
    panels: [
      drawPanel(app, {title: options.title, width, lines, border: options.danger === true ? 'border.danger' : 'border.focus'}),
    ],
  };
};

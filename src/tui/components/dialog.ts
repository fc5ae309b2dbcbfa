// A question with its consequences spelled out: what happens line by line, fields to fill, a name to type, two buttons. What keys do to it.
import type {Input as FormInput} from '../../resources/action.ts';
import type {Input} from '../keys/input.ts';
import type {App} from '../session/app.ts';
import type {Overlay, OverlayStep} from '../session/overlay.ts';
import {answerOf, answersOf, complaintOf, isList} from './dialog-form.ts';
import type {DialogOptions, DialogState} from './dialog-form.ts';
import {drawDialog, scrollEnd} from './dialog-draw.ts';
import type {Field} from './text-field.ts';
import {edit, fieldOf} from './text-field.ts';

export type {Answers} from './dialog-form.ts';

const steps: Readonly<Record<string, number>> = {right: 1, space: 1, down: 1, left: -1, up: -1};

const build = (options: DialogOptions, state: DialogState): Overlay => {
  const fields = Object.entries(options.fields ?? {});
  const guard = options.mustType === undefined ? 0 : 1;
  const cancelAt = fields.length + guard;
  const confirmAt = options.tells === true ? cancelAt : cancelAt + 1;
  const withState = (change: Partial<DialogState>): Overlay => build(options, {...state, ...change});
  const stay = (change: Partial<DialogState> = {}): OverlayStep => [withState(change), []];
  const focus = (by: number): OverlayStep => stay({focus: (state.focus + by + confirmAt + 1) % (confirmAt + 1)});

  const confirm = (): OverlayStep => {
    const given = answersOf(options, state);
    for (const [index, [name, field]] of fields.entries()) {
      const complaint = complaintOf(field, given[name] ?? '');
      if (complaint !== undefined) return stay({complaint, focus: index});
    }
    if (options.mustType !== undefined && state.typed.text.trim() !== options.mustType)
      return stay({complaint: `type ${options.mustType} to go on`, focus: fields.length});
    return [undefined, options.onConfirm(given)];
  };

  const input = (got: Input, app: App): OverlayStep => {
    const scroll = (by: number): OverlayStep =>
      stay({scroll: Math.max(0, Math.min(state.scroll + by, scrollEnd(app, options, state)))});
    if (got.type === 'wheel') return scroll(got.by * 3);
    const [name, field] = fields[state.focus] ?? [];
    if (got.type === 'key') {
      switch (got.chord) {
        case 'esc':
          return [undefined, options.onCancel?.() ?? []];
        case 'tab':
          return focus(1);
        case 'shift+tab':
          return focus(-1);
        case 'down':
        case 'up':
          if (!isList(field)) return focus(got.chord === 'down' ? 1 : -1);
          break;
        case 'pagedown':
          return scroll(8);
        case 'pageup':
          return scroll(-8);
        case 'enter':
          if (state.focus === cancelAt && cancelAt !== confirmAt) return [undefined, options.onCancel?.() ?? []];
          // What was chosen is looked at before it is done.
          if (isList(field)) return focus(1);
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
          const step = steps[got.chord] ?? 0;
          const at = typeof value === 'number' ? value : 0;
          const next = isList(field)
            ? Math.max(0, Math.min(at + step, field.options.length - 1))
            : (at + step + field.options.length) % field.options.length;
          return next === at ? stay() : stay({values: {...state.values, [name]: next}, scroll: 0, complaint: undefined});
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
    return stay();
  };

  return {name: 'dialog', input, draw: (app) => drawDialog(app, options, state)};
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

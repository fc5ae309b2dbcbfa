// The plain side of a dialog: what it asks, what was answered so far, and what is wrong with an answer.
import type {Input as FormInput, PreviewLine} from '../../resources/action.ts';
import type {Effect} from '../session/effect.ts';
import type {Field} from './text-field.ts';

/** Values of a form by field name. */
export type Answers = Readonly<Record<string, string | number | boolean>>;

/** A dialog. */
export type DialogOptions = {
  readonly title: string;
  /** Sentences above everything. */
  readonly says?: readonly string[];
  /** What will happen, one line each, for the answers so far. */
  readonly preview?: (answers: Answers) => readonly PreviewLine[];
  readonly fields?: Readonly<Record<string, FormInput>>;
  /** Fields stand above the preview: it is about what is chosen there. */
  readonly fieldsFirst?: boolean;
  /** Text to type before the button works: the guard of what cannot be taken back. */
  readonly mustType?: string;
  readonly confirm: string;
  /** It only tells: one button, and nothing to leave undone. */
  readonly tells?: boolean;
  readonly danger?: boolean;
  /** Where the focus starts: the first field unless told; `guard` means the name to type, or Cancel without one. */
  readonly focus?: 'guard';
  readonly onConfirm: (answers: Answers) => readonly Effect[];
  /** Leaving without confirming, where that needs a word. */
  readonly onCancel?: () => readonly Effect[];
};

/** What was filled in so far, and where the focus is. */
export type DialogState = {
  readonly values: Readonly<Record<string, Field | number | boolean>>;
  readonly typed: Field;
  /** Index into the stops: fields, then the guard, then Cancel, then the button. */
  readonly focus: number;
  readonly scroll: number;
  readonly complaint: string | undefined;
};

/** Value of one field. */
export const answerOf = (field: FormInput, value: Field | number | boolean | undefined): string | number | boolean => {
  if (field.type === 'switch') return value === true;
  if (field.type === 'choice') return field.options[typeof value === 'number' ? value : 0] ?? '';
  const text = typeof value === 'object' ? value.text.trim() : '';
  return field.type === 'number' ? Number(text) : text;
};

/** Values of all fields as they stand. */
export const answersOf = (options: DialogOptions, state: DialogState): Answers =>
  Object.fromEntries(Object.entries(options.fields ?? {}).map(([name, field]) => [name, answerOf(field, state.values[name])]));

/** What is wrong with an answer, in words. */
export const complaintOf = (field: FormInput, answer: string | number | boolean): string | undefined => {
  if (field.type === 'number') {
    if (!Number.isInteger(answer)) return `${field.label} must be a whole number`;
    if (field.min !== undefined && (answer as number) < field.min) return `${field.label} must be at least ${field.min}`;
    if (field.max !== undefined && (answer as number) > field.max) return `${field.label} must be at most ${field.max}`;
  }
  return field.type === 'text' ? field.check?.(answer as string) : undefined;
};

/** True for a choice whose options stand below each other. */
export const isList = (field: FormInput | undefined): boolean => field?.type === 'choice' && field.notes !== undefined;

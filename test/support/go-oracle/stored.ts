// Reads stored cases for tests, and compares an answer with Go's.
import {readFileSync} from 'node:fs';
import {expect} from 'vitest';

/** A stored case: inputs and what Go answered. */
export type StoredCase = {
  readonly op: string;
  readonly text: string;
  readonly text2?: string;
  readonly flag?: boolean;
  readonly num?: number;
  readonly data?: unknown;
  readonly list?: readonly string[];
  readonly args?: readonly unknown[];
  readonly opts?: Readonly<Record<string, unknown>>;
  readonly want: {readonly out: string; readonly err?: string};
};

/** Cases of a file, and the data all of them share. */
export const storedCases = (file: URL): {readonly data: unknown; readonly cases: readonly StoredCase[]} => {
  const {data, cases} = JSON.parse(readFileSync(file, 'utf8')) as {data?: unknown; cases: StoredCase[]};
  if (cases.length === 0) throw new Error(`${file.href} holds no cases`);
  return {data, cases};
};

/** Runs one case and checks text and error. Text written before an error counts only when `partial`. */
export const sameAsGo = (one: StoredCase, run: (write: (text: string) => void) => void, partial = false): void => {
  let out = '';
  let err: string | undefined;
  try {
    run((text) => (out += text));
  } catch (error) {
    err = (error as Error).message;
  }
  expect(err).toBe(one.want.err);
  if (err === undefined || partial) expect(out).toBe(one.want.out);
};

// Objects made from flags: metadata in the field order Go's structs print, names checked by kubectl's rules. Pure.
import {KdeckError} from '../../base/errors.ts';
import {goQuote} from '../../base/go-syntax.ts';
import type {AnyObject, ObjectMeta} from '../../kube/types/object.ts';

/** A sentence about what was asked for. */
export const createError = (message: string): KdeckError => new KdeckError('KD-CREATE-ARGUMENT', message);

/** What every generator is told. `namespace` only when it was given on the command line: kubectl leaves it out otherwise. */
export type CreateTarget = {readonly name: string; readonly namespace?: string | undefined};

/** `metadata` of a new object. */
export const newMeta = ({name, namespace}: CreateTarget, labels?: Record<string, string>): ObjectMeta => ({
  name,
  ...(namespace === undefined ? {} : {namespace}),
  ...(labels === undefined ? {} : {labels}),
});

/** An object with kind before apiVersion, as Go prints typed ones. */
export const typed = (
  kind: string,
  apiVersion: string,
  metadata: ObjectMeta,
  fields: Readonly<Record<string, unknown>>,
): AnyObject => ({
  kind,
  apiVersion,
  metadata,
  ...fields,
});

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** A random suffix of the letters Kubernetes uses, which spell no words. */
export const randomSuffix = (length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => ALPHABET[byte % ALPHABET.length]).join('');

const KEY = /^[-._a-zA-Z0-9]+$/;

/** Problems of a key of a ConfigMap or Secret, in the API's own words. */
export const configKeyProblems = (key: string): readonly string[] => {
  const problems: string[] = [];
  if (key.length > 253) problems.push('must be no more than 253 characters');
  if (!KEY.test(key)) {
    problems.push(
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', " +
        "regex used for validation is '[-._a-zA-Z0-9]+')",
    );
  }
  if (key === '.' || key === '..') problems.push(`must not be ${goQuote(key).replaceAll('"', "'")}`);
  else if (key.startsWith('..')) problems.push("must not start with '..'");
  return problems;
};

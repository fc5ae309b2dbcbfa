// What label keys and values may be made of, in the API server's words.
import {goQuote} from '../go-syntax.ts';

const NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const SUBDOMAIN = String.raw`[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*`;
const NAME_REGEX = new RegExp(`^${NAME}$`);
const VALUE_REGEX = new RegExp(`^(${NAME})?$`);
const SUBDOMAIN_REGEX = new RegExp(`^${SUBDOMAIN}$`);

const CONSISTS = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const NAME_RULE = `${CONSISTS} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${NAME}')`;
const VALUE_RULE = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${NAME})?')`;
const SUBDOMAIN_RULE = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`;

/** What is wrong with a label key; empty when nothing is. */
export const labelKeyProblems = (key: string): string[] => {
  const parts = key.split('/');
  if (parts.length > 2)
    return [`a valid label key ${NAME_RULE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const problems: string[] = [];
  const name = parts.at(-1)!;
  if (parts.length === 2) problems.push(...prefixProblems(parts[0]!));
  if (name === '') problems.push('name part must be non-empty');
  else if (Buffer.byteLength(name) > 63) problems.push('name part must be no more than 63 bytes');
  if (!NAME_REGEX.test(name)) problems.push(`name part ${NAME_RULE}`);
  return problems;
};

const prefixProblems = (prefix: string): string[] => {
  if (prefix === '') return ['prefix part must be non-empty'];
  const problems: string[] = [];
  if (Buffer.byteLength(prefix) > 253) problems.push('prefix part must be no more than 253 bytes');
  if (!SUBDOMAIN_REGEX.test(prefix)) problems.push(`prefix part ${SUBDOMAIN_RULE}`);
  return problems;
};

/** What is wrong with a label value; empty when nothing is. */
export const labelValueProblems = (value: string): string[] => {
  const problems: string[] = [];
  if (Buffer.byteLength(value) > 63) problems.push('must be no more than 63 bytes');
  if (!VALUE_REGEX.test(value)) problems.push(VALUE_RULE);
  return problems;
};

/** `field.Invalid` as text. */
export const invalidValue = (path: string, value: string, problem: string): string =>
  `${path}: Invalid value: ${goQuote(value)}: ${problem}`;

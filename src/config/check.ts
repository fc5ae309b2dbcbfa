// Checks a parsed config file against the schema, and says what is wrong where, in words.
import {schema} from './schema.ts';
import type {Setting} from './schema.ts';

/** One problem of a config file; `path` is where in the document, as keys. */
export type ConfigProblem = {readonly path: readonly string[]; readonly says: string};

const kindOf = (value: unknown): string =>
  value === null
    ? 'nothing'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'a map'
        : `${typeof value} \`${String(value)}\``;

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value a setting takes, or undefined with a problem noted: a bad value falls back to the default, never the whole file. */
const read = (setting: Setting, value: unknown, path: readonly string[], problems: ConfigProblem[]): unknown => {
  const refuse = (wanted: string): undefined => {
    problems.push({path, says: `\`${path.join('.')}\` must be ${wanted}, not ${kindOf(value)}`});
    return undefined;
  };
  switch (setting.type) {
    case 'switch':
      return typeof value === 'boolean' ? value : refuse('true or false');
    case 'text':
      return typeof value === 'string' ? value : refuse('text');
    case 'choice':
      return typeof value === 'string' && setting.options.includes(value)
        ? value
        : refuse(`one of ${setting.options.filter(Boolean).join(', ')}`);
    case 'number':
      return typeof value === 'number' && value >= setting.min && value <= setting.max
        ? value
        : refuse(`a number from ${setting.min} to ${setting.max}`);
    case 'texts':
      return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : refuse('a list of texts');
    case 'group':
      return isMap(value) ? readFields(setting.fields, value, path, problems) : refuse('a map');
    case 'patterns':
      return isMap(value)
        ? Object.fromEntries(
            Object.entries(value).flatMap(([pattern, inner]) => {
              if (isMap(inner)) return [[pattern, readFields(setting.fields, inner, [...path, pattern], problems)]];
              problems.push({
                path: [...path, pattern],
                says: `\`${[...path, pattern].join('.')}\` must be a map, not ${kindOf(inner)}`,
              });
              return [];
            }),
          )
        : refuse('a map');
  }
};

const readFields = (
  fields: Readonly<Record<string, Setting>>,
  given: Readonly<Record<string, unknown>>,
  path: readonly string[],
  problems: ConfigProblem[],
): Record<string, unknown> => {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const setting = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (setting === undefined) {
      problems.push({
        path: [...path, name],
        says: `\`${[...path, name].join('.')}\` is not a setting; known here: ${Object.keys(fields).join(', ')}`,
      });
      continue;
    }
    const good = read(setting, value, [...path, name], problems);
    if (good !== undefined) out[name] = good;
  }
  return out;
};

/** The good part of a parsed config document, and every problem found. An empty document is fine. */
export const checkConfig = (
  document: unknown,
): {readonly values: Readonly<Record<string, unknown>>; readonly problems: readonly ConfigProblem[]} => {
  const problems: ConfigProblem[] = [];
  if (document === null || document === undefined) return {values: {}, problems};
  if (!isMap(document))
    return {values: {}, problems: [{path: [], says: `the file must be a map of settings, not ${kindOf(document)}`}]};
  return {values: readFields(schema, document, [], problems), problems};
};

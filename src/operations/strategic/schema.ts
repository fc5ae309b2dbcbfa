// How a field of a built-in kind is patched: merged by key, replaced, or only its named keys retained.
import {roots, types} from './merge-keys.ts';

/** How one field is patched, and where to look for the fields below it. */
export type FieldPatch = {
  /** Lists: `merge` joins by key or as a set; anything else replaces. Maps: `replace` replaces, anything else merges. */
  readonly strategy: 'merge' | 'replace' | '';
  readonly retainKeys: boolean;
  readonly mergeKey: string;
  readonly below: PatchSchema;
};

/** Answers for the fields of one type. Unknown fields merge as maps and replace as lists, as the API server does. */
export type PatchSchema = {readonly field: (name: string) => FieldPatch};

const known = new Map<number, PatchSchema>();

const schemaAt = (index: number): PatchSchema => {
  const before = known.get(index);
  if (before !== undefined) return before;
  const fields = types[index] ?? {};
  const schema: PatchSchema = {
    field: (name) => {
      const [strategies, mergeKey, type] = Object.hasOwn(fields, name) ? fields[name]! : (['', '', -1] as const);
      const words = strategies.split(',');
      return {
        strategy: words.includes('merge') ? 'merge' : words.includes('replace') ? 'replace' : '',
        retainKeys: words.includes('retainKeys'),
        mergeKey,
        below: schemaAt(type),
      };
    },
  };
  known.set(index, schema);
  return schema;
};

/**
 * The patch schema of a kind; undefined when it is not built in (a custom resource), where only JSON merge patches work.
 */
export const patchSchemaOf = (apiVersion: string, kind: string): PatchSchema | undefined => {
  const index = roots[`${apiVersion}/${kind}`];
  return index === undefined ? undefined : schemaAt(index);
};

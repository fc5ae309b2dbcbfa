// Writes the table of strategic merge keys of all built-in kinds from an OpenAPI v2 document (`kdeck get --raw /openapi/v2`).
// Usage: node bin/dev/merge-keys.js openapi.json > src/operations/strategic/merge-keys.ts
import {readFileSync} from 'node:fs';
import process from 'node:process';

const {definitions} = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const target = (schema) =>
  (schema?.$ref ?? schema?.items?.$ref ?? schema?.additionalProperties?.$ref)?.replace('#/definitions/', '');

/** Fields of a type that carry patch metadata or lead to a type that does. */
const fieldsOf = (name, useful) =>
  Object.entries(definitions[name]?.properties ?? {}).flatMap(([field, schema]) => {
    const strategy = schema['x-kubernetes-patch-strategy'];
    const key = schema['x-kubernetes-patch-merge-key'];
    const type = target(schema);
    // A map of objects has keys of its own: nothing below it is looked up by field name.
    const leads = type !== undefined && useful.has(type) && schema.additionalProperties === undefined;
    return strategy === undefined && !leads ? [] : [[field, {strategy, key, type: leads ? type : undefined}]];
  });

const useful = new Set();
for (let before = -1; before !== useful.size;) {
  before = useful.size;
  for (const name of Object.keys(definitions)) if (!useful.has(name) && fieldsOf(name, useful).length > 0) useful.add(name);
}

const short = new Map([...useful].sort().map((name, index) => [name, index]));
const types = [...short.keys()].map((name) =>
  Object.fromEntries(
    fieldsOf(name, useful).map(([field, {strategy, key, type}]) => [
      field,
      [strategy ?? '', key ?? '', type === undefined ? -1 : short.get(type)],
    ]),
  ),
);
const roots = {};
for (const [name, definition] of Object.entries(definitions))
  for (const {group, version, kind} of definition['x-kubernetes-group-version-kind'] ?? []) {
    if (definition.properties?.metadata?.$ref?.endsWith('.ObjectMeta'))
      roots[`${group === '' ? '' : `${group}/`}${version}/${kind}`] = short.get(name) ?? -1;
  }

process.stdout
  .write(`// Strategic merge keys of the built-in kinds; made by bin/dev/merge-keys.js from the API server's OpenAPI document.
/** Index into {@link types} by \`group/version/Kind\`; -1: a kind without patch metadata of its own. */
export const roots: Readonly<Record<string, number>> = JSON.parse(
  ${JSON.stringify(JSON.stringify(Object.fromEntries(Object.entries(roots).sort())))},
) as Record<string, number>;

/** Per type: field to patch strategy, merge key and type of the field's value or items. */
export const types: readonly Readonly<Record<string, readonly [strategy: string, key: string, type: number]>>[] = JSON.parse(
  ${JSON.stringify(JSON.stringify(types))},
) as Record<string, readonly [string, string, number]>[];
`);

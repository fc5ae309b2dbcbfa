// `api-resources`: every type the server has, as a table, as names, or as data.
import {apiVersionOf, type ApiResource} from '../../kube/types/object.ts';
import {TABLE_LAYOUT, TabWriter} from '../../output/tabwriter.ts';
import {cliError, usageError} from '../errors.ts';
import {noHeadersFlag} from '../flags/bundles.ts';
import type {Verb, VerbContext} from '../verb.ts';

const run = async (context: VerbContext): Promise<number> => {
  const {flags, args, streams} = context;
  if (args.length > 0) throw usageError(context.command, `unexpected arguments: [${args.join(' ')}]`);
  const output = flags.string('output');
  const cluster = await context.cluster();
  if (!['', 'wide', 'name', 'json', 'yaml', 'kyaml'].includes(output)) {
    throw cliError(
      `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: json,kyaml,name,wide,yaml`,
    );
  }
  if (!['', 'name', 'kind'].includes(flags.string('sort-by'))) throw cliError('--sort-by accepts only name or kind');
  if (!flags.bool('cached')) await cluster.discovery.refresh();
  const resources = sorted(chosen(await cluster.discovery.resources(), context), flags.string('sort-by'));
  const write = (text: string): void => void streams.stdout.write(text);
  if (output === 'name') for (const {plural, group} of resources) write(`${plural}${group === '' ? '' : `.${group}`}\n`);
  else if (output === '' || output === 'wide') printTable(resources, output === 'wide', !flags.bool('no-headers'), write);
  else {
    const {printerFor} = await import('../../output/printer-for.ts');
    (await printerFor({output, family: 'verb', typed: true, env: context.env})).print(asList(resources), write);
  }
  return 0;
};

const chosen = (all: readonly ApiResource[], {flags}: VerbContext): readonly ApiResource[] => {
  const seen = new Set<string>();
  return all.filter((one) => {
    // Of several versions the preferred one comes first, and is the only one shown.
    const key = `${one.group}/${one.plural}`;
    if (seen.has(key) || one.verbs.length === 0) return false;
    seen.add(key);
    if (flags.given('api-group') && flags.string('api-group') !== one.group) return false;
    if (flags.given('namespaced') && flags.bool('namespaced') !== one.namespaced) return false;
    return (
      flags.strings('verbs').every((verb) => one.verbs.includes(verb)) &&
      flags.strings('categories').every((word) => one.categories.includes(word))
    );
  });
};

const sorted = (resources: readonly ApiResource[], by: string): readonly ApiResource[] => {
  const key = (one: ApiResource): string => (by === 'name' ? one.plural : by === 'kind' ? one.kind : one.group);
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return resources.toSorted((a, b) => order(key(a), key(b)) || order(a.plural, b.plural));
};

const printTable = (resources: readonly ApiResource[], wide: boolean, headers: boolean, write: (text: string) => void): void => {
  const tabs = new TabWriter(write, TABLE_LAYOUT);
  if (headers) tabs.row(['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])]);
  for (const one of resources) {
    const cells = [one.plural, one.shortNames.join(','), apiVersionOf(one), String(one.namespaced), one.kind];
    tabs.row(wide ? [...cells, one.verbs.join(','), one.categories.join(',')] : cells);
  }
  tabs.flush();
};

// Go's APIResourceList; fields that are empty are left out as Go leaves them out.
const asList = (resources: readonly ApiResource[]): object => ({
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: '',
  resources: resources.map((one) => ({
    name: one.plural,
    singularName: one.singular,
    namespaced: one.namespaced,
    ...(one.group === '' ? {} : {group: one.group}),
    version: one.version,
    kind: one.kind,
    verbs: one.verbs,
    ...(one.shortNames.length === 0 ? {} : {shortNames: one.shortNames}),
    ...(one.categories.length === 0 ? {} : {categories: one.categories}),
  })),
});

export const verb: Verb = {
  name: 'api-resources',
  short: 'Print the supported API resources on the server',
  long: 'Print the types the server has, with their short names.',
  examples: `
  # All types
  {program} api-resources

  # With verbs and categories
  {program} api-resources -o wide

  # Only those without namespaces, by name
  {program} api-resources --namespaced=false --sort-by=name`,
  usage: '[flags]',
  flags: [
    {name: 'api-group', type: 'string', usage: 'Only types of this group; the empty text means the core group.'},
    {name: 'cached', type: 'bool', usage: 'Believe what an earlier run found out.'},
    {name: 'categories', type: 'csv', usage: 'Only types in all of these categories.'},
    {name: 'namespaced', type: 'bool', default: true, usage: 'When given: only types with (true) or without (false) namespaces.'},
    noHeadersFlag,
    {name: 'output', short: 'o', type: 'string', usage: 'Output format. One of: (json, yaml, kyaml, name, wide).'},
    {name: 'show-managed-fields', type: 'bool', usage: 'Keep managedFields in JSON and YAML.'},
    {name: 'sort-by', type: 'string', usage: "Order by 'name' or 'kind'; by group when absent."},
    {name: 'verbs', type: 'csv', usage: 'Only types that have all of these verbs.'},
  ],
  run,
};

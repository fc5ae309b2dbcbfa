// Groups of flags that several verbs share, as kubectl's own option groups do.
import type {Flag} from '../verb.ts';

const GENERIC_FORMATS = [
  'json',
  'yaml',
  'kyaml',
  'name',
  'go-template',
  'go-template-file',
  'template',
  'templatefile',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
] as const;

/** Formats every printing verb knows, and those of `get` besides. */
export const genericFormats: readonly string[] = GENERIC_FORMATS;
export const getFormats: readonly string[] = [...GENERIC_FORMATS, 'custom-columns', 'custom-columns-file', 'wide'];

const templateFlags: readonly Flag[] = [
  {
    name: 'allow-missing-template-keys',
    type: 'bool',
    default: true,
    usage: 'Leave out what a template names and an object does not have, instead of failing. For Go templates and JSONPath.',
  },
  {name: 'show-managed-fields', type: 'bool', usage: 'Keep managedFields in JSON and YAML.'},
  {name: 'template', type: 'string', usage: 'Template text, or the file it stands in, for -o=go-template and -o=go-template-file.'},
];

/** `-o` and what belongs to it. */
export const printFlags = (formats: readonly string[] = GENERIC_FORMATS, initial = ''): readonly Flag[] => [
  {name: 'output', short: 'o', type: 'string', default: initial, usage: `Output format. One of: (${formats.join(', ')}).`},
  ...templateFlags,
];

/** `-f`, `-k`, `-R`. */
export const fileFlags = (what: string, options: {readonly recursive?: boolean} = {}): readonly Flag[] => [
  {name: 'filename', short: 'f', type: 'csv', usage: `File, folder, glob, URL or - for standard input ${what}`},
  {name: 'kustomize', short: 'k', type: 'string', usage: 'Folder with a kustomization to build. Not together with -f or -R.'},
  {
    name: 'recursive',
    short: 'R',
    type: 'bool',
    default: options.recursive ?? false,
    usage: 'Go into folders below the one given with -f.',
  },
];

/** `-l`. */
export const selectorFlag: Flag = {
  name: 'selector',
  short: 'l',
  type: 'string',
  usage: "Label query to filter on: '=', '==', '!=', 'in', 'notin' (-l key1=value1,key2 in (a,b)). All parts must match.",
};

/** `--field-selector`. */
export const fieldSelectorFlag: Flag = {
  name: 'field-selector',
  type: 'string',
  usage: "Field query to filter on: '=', '==', '!='. The server supports few fields, other ones for each type.",
};

/** `-A`. */
export const allNamespacesFlag: Flag = {
  name: 'all-namespaces',
  short: 'A',
  type: 'bool',
  usage: 'Work on objects of all namespaces; the current namespace and --namespace are ignored.',
};

/** `--chunk-size`. */
export const chunkSizeFlag: Flag = {
  name: 'chunk-size',
  type: 'int',
  default: 500,
  usage: 'Ask for large lists in pieces of this size; 0 asks for all at once.',
};

/** `--no-headers`. */
export const noHeadersFlag: Flag = {name: 'no-headers', type: 'bool', usage: 'Leave out the line of column titles.'};

/** `--dry-run`. */
export const dryRunFlag: Flag = {
  name: 'dry-run',
  type: 'string',
  default: 'none',
  bare: 'unchanged',
  usage: 'Must be "none", "server", or "client". client only prints what would be sent; server sends it without storing it.',
};

/** `--validate`. */
export const validateFlag: Flag = {
  name: 'validate',
  type: 'string',
  default: 'strict',
  bare: 'strict',
  usage: 'Check fields: strict (or true), warn, ignore (or false).',
};

/** `--field-manager`. */
export const fieldManagerFlag = (initial: string): Flag => ({
  name: 'field-manager',
  type: 'string',
  default: initial,
  usage: 'Name under which the changed fields are owned.',
});

/** `--save-config`. */
export const saveConfigFlag: Flag = {
  name: 'save-config',
  type: 'bool',
  usage: 'Keep the configuration in an annotation, so that apply works on the object later.',
};

/** `--subresource`. */
export const subresourceFlag = (usage: string, names: readonly string[] = ['status', 'scale', 'resize']): Flag => ({
  name: 'subresource',
  type: 'string',
  usage: `${usage} One of: [${names.join(' ')}].`,
});

/** `--record`, long gone but still accepted. */
export const recordFlag: Flag = {
  name: 'record',
  type: 'bool',
  usage: 'Note the command in an annotation.',
  hidden: true,
  deprecated: '--record will be removed in the future',
};

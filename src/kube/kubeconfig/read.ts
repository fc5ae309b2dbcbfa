// Reads one kubeconfig file into stanzas; knows YAML, JSON and the complaints kubectl has about both.
import {readFileSync} from 'node:fs';
import {messageOf} from '../../base/errors.ts';
import {configError} from './config-error.ts';
import {
  emptyKubeconfig,
  type ClusterStanza,
  type ContextStanza,
  type ExecConfig,
  type Kubeconfig,
  type Placed,
  type UserStanza,
} from './model.ts';
import {readPlainYaml} from './plain-yaml.ts';

/** The file, or undefined when there is none. Throws kubectl's `error loading config file …` for anything unreadable. */
export const readKubeconfigFile = async (file: string): Promise<Kubeconfig | undefined> => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw loadingError(file, goFileError(error as NodeJS.ErrnoException, file), error);
  }
  try {
    return await parseKubeconfig(text, file);
  } catch (error) {
    throw loadingError(file, messageOf(error), error);
  }
};

const loadingError = (file: string, reason: string, cause: unknown): Error =>
  configError('KD-CONFIG-UNREADABLE', `error loading config file "${file}": ${reason}`, ['kubectl config view'], cause);

/** Go's text of a failed file operation. */
export const goFileError = (error: NodeJS.ErrnoException, file: string): string => {
  switch (error.code) {
    case 'EISDIR':
      return `read ${file}: is a directory`;
    case 'EACCES':
      return `open ${file}: permission denied`;
    case 'ENOENT':
      return `open ${file}: no such file or directory`;
    default:
      return error.message;
  }
};

/** Text of a kubeconfig as stanzas. Throws plain errors without the name of the file. */
export const parseKubeconfig = async (text: string, file: string): Promise<Kubeconfig> => {
  const config = emptyKubeconfig();
  if (text.length === 0) return config;
  const raw = await parseText(text);
  if (raw === null || raw === undefined) return config;
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    throw new Error(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${goType(raw)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    );
  }
  const root = raw as Record<string, unknown>;
  const {apiVersion, kind} = root;
  if (typeof apiVersion === 'string' && apiVersion !== '' && apiVersion !== 'v1') {
    const name = typeof kind === 'string' ? kind : 'Config';
    throw new Error(`no kind "${name}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`);
  }
  place(config.clusters, 'cluster', list(root['clusters'], 'clusters'), file, (value) => value as ClusterStanza);
  place(config.users, 'user', list(root['users'], 'users'), file, userStanza);
  place(config.contexts, 'context', list(root['contexts'], 'contexts'), file, (value) => value as ContextStanza);
  config.currentContext = typeof root['current-context'] === 'string' ? root['current-context'] : '';
  for (const entry of list(root['extensions'], 'extensions')) {
    const {name, extension} = entry as {name?: unknown; extension?: unknown};
    if (typeof name === 'string') config.extensions.set(name, extension);
  }
  return config;
};

const parseText = async (text: string): Promise<unknown> => {
  if (/^\s*\{/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      // Flow-style YAML also starts with a brace.
    }
  }
  const plain = readPlainYaml(text);
  if (plain !== undefined) return plain.value;
  const {readYaml} = await import('../../base/yaml/read.ts');
  return readYaml(text);
};

const GO_NAME = {cluster: 'Cluster', user: 'AuthInfo', context: 'Context'} as const;

const place = <T>(
  into: Map<string, Placed<T>>,
  field: 'cluster' | 'user' | 'context',
  entries: readonly unknown[],
  file: string,
  read: (value: Record<string, unknown>) => T,
): void => {
  for (const entry of entries) {
    if (typeof entry !== 'object' || entry === null) continue;
    const record = entry as Record<string, unknown>;
    const name = record['name'] ?? '';
    if (typeof name !== 'string') throw wrongType(name, `Named${GO_NAME[field]}.${field}s.name`);
    if (into.has(name)) {
      throw new Error(
        `error converting *[]Named${GO_NAME[field]} into *map[string]*api.${GO_NAME[field]}: duplicate name "${name}" in list`,
      );
    }
    const value = record[field] ?? {};
    if (typeof value !== 'object' || Array.isArray(value)) throw wrongType(value, `Named${GO_NAME[field]}.${field}s.${field}`);
    checkStrings(value as Record<string, unknown>, `${GO_NAME[field]}.${field}s.${field}`);
    into.set(name, {value: read(value as Record<string, unknown>), file});
  }
};

const BOOLEANS = new Set(['insecure-skip-tls-verify', 'disable-compression']);
const STRUCTURED = new Set(['extensions', 'exec', 'auth-provider', 'as-groups', 'as-user-extra']);

// A number or boolean where text belongs is an error for kubectl; guessing its text (007, 1e3) could log in as somebody else.
const checkStrings = (value: Record<string, unknown>, path: string): void => {
  for (const [key, field] of Object.entries(value)) {
    if (STRUCTURED.has(key)) continue;
    if (field === null) {
      delete value[key];
      continue;
    }
    if (BOOLEANS.has(key) ? typeof field !== 'boolean' : KNOWN_TEXT.has(key) && typeof field !== 'string') {
      throw wrongType(field, `${path}.${key}`, BOOLEANS.has(key) ? 'bool' : 'string');
    }
    if (key.endsWith('-data') && typeof field === 'string') {
      const bad = field.search(/[^A-Za-z0-9+/=\r\n]/);
      if (bad >= 0) throw new Error(`illegal base64 data at input byte ${bad}`);
    }
  }
};

const KNOWN_TEXT = new Set([
  'server',
  'tls-server-name',
  'certificate-authority',
  'certificate-authority-data',
  'proxy-url',
  'client-certificate',
  'client-certificate-data',
  'client-key',
  'client-key-data',
  'token',
  'tokenFile',
  'as',
  'as-uid',
  'username',
  'password',
  'cluster',
  'user',
  'namespace',
]);

const userStanza = (value: Record<string, unknown>): UserStanza => {
  const exec = value['exec'] as ExecConfig | null | undefined;
  if (exec === null) delete value['exec'];
  // The older versions of the plugin protocol had no such field.
  else if (exec !== undefined && !exec.interactiveMode && /\/v1(alpha|beta)1$/.test(exec.apiVersion ?? '')) {
    return {...(value as UserStanza), exec: {...exec, interactiveMode: 'IfAvailable'}};
  }
  if (value['auth-provider'] === null) delete value['auth-provider'];
  return value;
};

const list = (value: unknown, field: string): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw wrongType(value, `Config.${field}`, `[]v1.${GO_LIST[field] ?? 'NamedExtension'}`);
  return value;
};

const GO_LIST: Readonly<Record<string, string>> = {clusters: 'NamedCluster', users: 'NamedAuthInfo', contexts: 'NamedContext'};

const wrongType = (value: unknown, path: string, wanted = 'string'): Error =>
  new Error(`json: cannot unmarshal ${goType(value)} into Go struct field ${path} of type ${wanted}`);

const goType = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value === 'number' ? 'number' : typeof value;
};

// Every command by name, without loading any: what exists, under which other names, and where its file is.
//
// To add a verb: write `verbs/<name>.ts` (or `verbs/<parent>/<name>.ts`) that exports `verb: Verb`, and give its entry here a `load`.
// Entries without `load` are kubectl commands kdeck does not have yet. The order is kubectl's; suggestions come in it.
import type {Verb} from './verb.ts';

/** One command. */
export type VerbEntry = {
  readonly aliases?: readonly string[];
  /** Words it is suggested for, although they look different. */
  readonly suggestFor?: readonly string[];
  readonly load?: () => Promise<{readonly verb: Verb}>;
};

/** Commands by their path below the program's name, such as `rollout undo`. */
export const verbIndex: Readonly<Record<string, VerbEntry>> = {
  create: {load: () => import('./verbs/create/create.ts')},
  'create clusterrole': {},
  'create clusterrolebinding': {},
  'create configmap': {aliases: ['cm'], load: () => import('./verbs/create/configmap.ts')},
  'create cronjob': {aliases: ['cj']},
  'create deployment': {aliases: ['deploy'], load: () => import('./verbs/create/deployment.ts')},
  'create ingress': {aliases: ['ing']},
  'create job': {},
  'create namespace': {aliases: ['ns'], load: () => import('./verbs/create/namespace.ts')},
  'create poddisruptionbudget': {aliases: ['pdb']},
  'create priorityclass': {aliases: ['pc']},
  'create quota': {aliases: ['resourcequota']},
  'create role': {},
  'create rolebinding': {},
  'create secret docker-registry': {load: () => import('./verbs/create/secret-docker-registry.ts')},
  'create secret generic': {load: () => import('./verbs/create/secret-generic.ts')},
  'create secret tls': {load: () => import('./verbs/create/secret-tls.ts')},
  'create service clusterip': {},
  'create service externalname': {},
  'create service loadbalancer': {},
  'create service nodeport': {},
  'create serviceaccount': {aliases: ['sa']},
  'create token': {load: () => import('./verbs/create/token.ts')},
  expose: {},
  run: {},
  'set env': {},
  'set image': {load: () => import('./verbs/set-image.ts')},
  'set resources': {},
  'set selector': {},
  'set serviceaccount': {aliases: ['sa']},
  'set subject': {},
  explain: {},
  get: {suggestFor: ['list', 'ls'], load: () => import('./verbs/get.ts')},
  edit: {load: () => import('./verbs/edit.ts')},
  delete: {suggestFor: ['rm', 'remove'], load: () => import('./verbs/delete.ts')},
  'rollout history': {load: () => import('./verbs/rollout/history.ts')},
  'rollout pause': {load: () => import('./verbs/rollout/pause.ts')},
  'rollout restart': {load: () => import('./verbs/rollout/restart.ts')},
  'rollout resume': {load: () => import('./verbs/rollout/resume.ts')},
  'rollout status': {load: () => import('./verbs/rollout/status.ts')},
  'rollout undo': {load: () => import('./verbs/rollout/undo.ts')},
  scale: {suggestFor: ['resize'], load: () => import('./verbs/scale.ts')},
  autoscale: {},
  'certificate approve': {},
  'certificate deny': {},
  'cluster-info': {load: () => import('./verbs/cluster-info.ts')},
  'cluster-info dump': {},
  'top node': {aliases: ['nodes', 'no'], load: () => import('./verbs/top-node.ts')},
  'top pod': {aliases: ['pods', 'po'], load: () => import('./verbs/top-pod.ts')},
  cordon: {load: () => import('./verbs/cordon.ts')},
  uncordon: {load: () => import('./verbs/uncordon.ts')},
  drain: {load: () => import('./verbs/drain.ts')},
  taint: {load: () => import('./verbs/taint.ts')},
  describe: {load: () => import('./verbs/describe.ts')},
  logs: {load: () => import('./verbs/logs.ts')},
  attach: {load: () => import('./verbs/attach.ts')},
  exec: {load: () => import('./verbs/exec.ts')},
  'port-forward': {load: () => import('./verbs/port-forward.ts')},
  proxy: {},
  cp: {},
  'auth can-i': {load: () => import('./verbs/auth-can-i.ts')},
  'auth reconcile': {},
  'auth whoami': {load: () => import('./verbs/auth-whoami.ts')},
  debug: {},
  events: {load: () => import('./verbs/events.ts')},
  diff: {load: () => import('./verbs/diff.ts')},
  apply: {load: () => import('./verbs/apply.ts')},
  'apply edit-last-applied': {},
  'apply set-last-applied': {},
  'apply view-last-applied': {},
  patch: {load: () => import('./verbs/patch.ts')},
  replace: {},
  wait: {load: () => import('./verbs/wait.ts')},
  kustomize: {},
  label: {load: () => import('./verbs/label.ts')},
  annotate: {load: () => import('./verbs/annotate.ts')},
  completion: {load: () => import('./verbs/completion.ts')},
  'config current-context': {load: () => import('./verbs/config/current-context.ts')},
  'config delete-cluster': {load: () => import('./verbs/config/delete-cluster.ts')},
  'config delete-context': {load: () => import('./verbs/config/delete-context.ts')},
  'config delete-user': {load: () => import('./verbs/config/delete-user.ts')},
  'config get-clusters': {load: () => import('./verbs/config/get-clusters.ts')},
  'config get-contexts': {load: () => import('./verbs/config/get-contexts.ts')},
  'config get-users': {load: () => import('./verbs/config/get-users.ts')},
  'config rename-context': {load: () => import('./verbs/config/rename-context.ts')},
  'config set': {},
  'config set-cluster': {},
  'config set-context': {load: () => import('./verbs/config/set-context.ts')},
  'config set-credentials': {},
  'config unset': {},
  'config use-context': {aliases: ['use'], load: () => import('./verbs/config/use-context.ts')},
  'config view': {load: () => import('./verbs/config/view.ts')},
  'plugin list': {load: () => import('./verbs/plugin-list.ts')},
  version: {load: () => import('./verbs/version.ts')},
  'api-versions': {load: () => import('./verbs/api-versions.ts')},
  'api-resources': {load: () => import('./verbs/api-resources.ts')},
  options: {},
  'kuberc set': {},
  'kuberc view': {},
};

/** Other names of parents. */
export const parentAliases: Readonly<Record<string, string>> = {'create svc': 'create service'};

/** kdeck's own commands, parsed and documented by yargs. */
export const ownCommands: readonly string[] = ['info'];

/** The path of a child of a command by its name or alias; undefined when there is none. */
export const childOf = (path: string, word: string): string | undefined => {
  const wanted = path === '' ? word : `${path} ${word}`;
  if (wanted in verbIndex || isParent(wanted)) return wanted;
  const alias = parentAliases[wanted];
  if (alias !== undefined) return alias;
  const prefix = path === '' ? '' : `${path} `;
  for (const [name, {aliases}] of Object.entries(verbIndex)) {
    if (aliases?.includes(word) === true && name.startsWith(prefix) && !name.slice(prefix.length).includes(' ')) return name;
  }
  return undefined;
};

/** True for a path that has commands below it. */
export const isParent = (path: string): boolean => {
  const prefix = `${path} `;
  for (const name in verbIndex) if (name.startsWith(prefix)) return true;
  return false;
};

/** Names of the commands right below a path, in order. */
export const childrenOf = (path: string): readonly string[] => {
  const prefix = path === '' ? '' : `${path} `;
  const names = new Set<string>();
  for (const name of Object.keys(verbIndex)) {
    if (name.startsWith(prefix)) names.add(name.slice(prefix.length).split(' ')[0]!);
  }
  return [...names];
};

/** True when the command itself, or one below it, can be run. */
export const isThere = (path: string): boolean =>
  path === 'options' ||
  verbIndex[path]?.load !== undefined ||
  Object.entries(verbIndex).some(([name, entry]) => name.startsWith(`${path} `) && entry.load !== undefined);

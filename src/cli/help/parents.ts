// Commands that only hold others: their help, and where it goes when they are called alone.

/** What is said about a parent. */
export type ParentText = {
  readonly short: string;
  readonly long: string;
  readonly usage: string;
  readonly examples?: string;
  /** Where the help goes when no child is named, and the exit code then; as kubectl's, which differ from parent to parent. */
  readonly alone: {readonly stream: 'stdout' | 'stderr'; readonly code: number};
};

const failing = {stream: 'stderr', code: 1} as const;

export const parentTexts: Readonly<Record<string, ParentText>> = {
  create: {
    short: 'Create a resource from a file or from stdin',
    long: 'Create objects from files, from standard input, or from the flags of a subcommand.',
    usage: '-f FILENAME',
    alone: failing,
  },
  'create secret': {
    short: 'Create a secret using a specified subcommand',
    long: 'Create a Secret: for an image registry, from files and literals, or from a TLS key pair.',
    usage: '(docker-registry | generic | tls)',
    alone: failing,
  },
  'create service': {
    short: 'Create a service using a specified subcommand',
    long: 'Create a Service of one of the four types.',
    usage: '[flags]',
    alone: failing,
  },
  set: {
    short: 'Set specific features on objects',
    long: 'Change one aspect of objects that exist already.',
    usage: 'SUBCOMMAND',
    alone: failing,
  },
  rollout: {
    short: 'Manage the rollout of a resource',
    long: 'Look at and steer the rollout of Deployments, DaemonSets and StatefulSets.',
    usage: 'SUBCOMMAND',
    examples: `
  # Go back to the Deployment as it was before
  {program} rollout undo deployment/web

  # Wait until a DaemonSet has rolled out
  {program} rollout status daemonset/agent

  # Restart all Deployments with a label
  {program} rollout restart deployment --selector=app=shop`,
    alone: {stream: 'stdout', code: 1},
  },
  certificate: {
    short: 'Modify certificate resources',
    long: 'Approve or deny certificate signing requests.',
    usage: 'SUBCOMMAND',
    alone: {stream: 'stdout', code: 0},
  },
  top: {
    short: 'Display resource (CPU/memory) usage',
    long: 'Show the CPU and memory that nodes and pods use now. The cluster needs a metrics server.',
    usage: '[flags]',
    alone: failing,
  },
  auth: {short: 'Inspect authorization', long: 'Find out who you are and what you may do.', usage: '[flags]', alone: failing},
  config: {
    short: 'Modify kubeconfig files',
    long:
      'Read and change kubeconfig files.\n\n' +
      ' The file given with --kubeconfig is used alone; else the files of $KUBECONFIG, merged; else ~/.kube/config.\n' +
      ' A change goes to the file the entry stands in, a new entry to the first file that exists.',
    usage: 'SUBCOMMAND',
    alone: failing,
  },
  plugin: {
    short: 'Provides utilities for interacting with plugins',
    long: 'Work with kubectl-* executables on PATH. They are called by the rest of their name, as if they were commands.',
    usage: '[flags]',
    alone: failing,
  },
  kuberc: {short: 'Manage kuberc configuration files', long: 'Read and change preferences.', usage: 'SUBCOMMAND', alone: failing},
};

/** Groups of the root help; what is in none of them stands under the last title. */
export const rootGroups: readonly {readonly title: string; readonly names: readonly string[]}[] = [
  {title: 'Basic Commands (Beginner):', names: ['create', 'expose', 'run', 'set']},
  {title: 'Basic Commands (Intermediate):', names: ['explain', 'get', 'edit', 'delete']},
  {title: 'Deploy Commands:', names: ['rollout', 'scale', 'autoscale']},
  {title: 'Cluster Management Commands:', names: ['certificate', 'cluster-info', 'top', 'cordon', 'uncordon', 'drain', 'taint']},
  {
    title: 'Troubleshooting and Debugging Commands:',
    names: ['describe', 'logs', 'attach', 'exec', 'port-forward', 'proxy', 'cp', 'auth', 'debug', 'events'],
  },
  {title: 'Advanced Commands:', names: ['diff', 'apply', 'patch', 'replace', 'wait', 'kustomize']},
  {title: 'Settings Commands:', names: ['label', 'annotate', 'completion']},
  {title: 'Other Commands:', names: ['api-resources', 'api-versions', 'config', 'kuberc', 'plugin', 'version']},
];

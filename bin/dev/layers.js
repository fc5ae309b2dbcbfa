// Who may import whom: the one table. dependency-cruiser's rules and ARCHITECTURE.md's table both come from it.

const faces = [
  'base',
  'kube/types',
  'resources',
  'operations',
  'cache',
  'tables',
  'output',
  'diagnosis',
  'commands',
  'config',
  'plugins',
];

/** Folder of src/ to the folders it may import. `kube/types` means types only. */
export const mayImport = {
  base: [],
  kube: ['base'],
  resources: ['base', 'kube/types'],
  operations: ['base', 'kube', 'resources'],
  cache: ['base', 'kube', 'resources'],
  tables: ['base', 'kube/types', 'resources'],
  diagnosis: ['base', 'kube/types', 'resources'],
  output: ['base', 'kube/types', 'resources', 'tables'],
  commands: ['base', 'kube/types', 'resources'],
  config: ['base'],
  plugins: ['base', 'kube/types', 'resources', 'commands', 'config'],
  cli: faces,
  tui: faces,
};

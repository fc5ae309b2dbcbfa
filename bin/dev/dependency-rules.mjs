// dependency-cruiser's rules, made from the import table in layers.js.
import {mayImport} from './layers.js';

const layers = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `layer-${folder}`,
  severity: 'error',
  comment: `src/${folder} may import: ${allowed.join(', ') || 'nothing'}. See ARCHITECTURE.md.`,
  from: {path: `^src/${folder}/`, pathNot: '[.]test[.]tsx?$'},
  to: {path: '^src/', pathNot: `^src/(${[folder, ...allowed].join('|')})(/|[.]ts)`},
}));

export default {
  forbidden: [
    ...layers,
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle means two files are one thought: join them, or move the shared part down. Lazy imports may point back.',
      from: {},
      to: {circular: true, viaOnly: {dependencyTypesNot: ['type-only', 'dynamic-import']}},
    },
    {
      name: 'only-tui-draws',
      severity: 'error',
      comment: 'Ink and React belong to src/tui.',
      from: {path: '^src/', pathNot: '^src/tui/'},
      to: {path: 'node_modules/(ink|react|ink-testing-library)/'},
    },
    {
      name: 'client-node-is-types',
      severity: 'error',
      comment: 'client-node costs 130 ms: src uses its types in kube/types only; plugin processes may load it.',
      from: {path: '^src/', pathNot: '^src/(kube/types|plugins)/'},
      to: {path: 'node_modules/@kubernetes/client-node/'},
    },
    {
      name: 'plugins-use-the-door',
      severity: 'error',
      comment: 'Plugins import kdeck/plugin only.',
      from: {path: '^plugins/'},
      to: {path: '^src/', pathNot: '^src/plugins/api/'},
    },
    {
      name: 'nobody-imports-main',
      severity: 'error',
      comment: 'These wire the parts; nothing depends on them.',
      from: {path: '^src/'},
      to: {path: '^src/main(-cli)?[.]ts$'},
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.json'},
    doNotFollow: {path: 'node_modules'},
    // Tests may look anywhere, and use syntax that the parser does not know yet.
    exclude: {path: '[.]test[.]tsx?$'},
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};

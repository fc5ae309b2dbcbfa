// `npm run check`: format, lint, types, import table, dead code and generated documents, each by one tool. All run; all problems are shown.
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {currentNode, install, root} from './install.js';

install();
const node = currentNode();
const bin = (name) => join(root, 'node_modules', '.bin', name);
const env = {...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`};

const steps = [
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.'], 'npm run format'],
  ['lint', bin('oxlint'), ['--type-aware', '--deny-warnings', '--quiet'], 'the rule and its reason are in .oxlintrc.json'],
  ['types', bin('tsc'), ['--noEmit', '-p', '.'], ''],
  [
    'imports',
    bin('depcruise'),
    ['--config', 'bin/dev/dependency-rules.mjs', '--output-type', 'err', 'src', 'plugins'],
    'the table is in ARCHITECTURE.md',
  ],
  ['dead code', bin('knip'), ['--config', 'bin/dev/knip.json', '--no-progress'], 'remove it, or use it'],
  ['documents', node, ['bin/dev/docs.js', '--check'], 'npm run docs'],
];

let failed = 0;
for (const [name, command, args, hint] of steps) {
  if (name === 'documents' && !existsSync(join(root, 'bin/dev/docs.js'))) continue;
  const start = performance.now();
  const {status, stdout, stderr} = spawnSync(command, args, {cwd: root, encoding: 'utf8', env});
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (status === 0) process.stdout.write(`ok    ${name} (${seconds} s)\n`);
  else {
    failed++;
    process.stdout.write(`FAIL  ${name} (${seconds} s)${hint ? `: ${hint}` : ''}\n${stdout}${stderr}\n`);
  }
}
process.exitCode = failed === 0 ? 0 : 1;

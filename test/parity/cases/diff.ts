// diff: exit codes, created and changed objects, hidden Secrets. Names of its temporary folders and the times of their files differ.
import type {ParityCase} from '../case.ts';

const configMap = (data: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: ${data}\n`;
const secret = (data: string): string => `apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\ndata: ${data}\n`;
// Folders are made afresh by each run, and `diff` prints when their files were written.
const normalise = [
  [/(LIVE|MERGED)-[A-Za-z0-9]+/g, '$1'],
  [/\t\d{4}-\d\d-\d\d [0-9:.]+ [+-]\d{4}/g, '\t<time>'],
] as const;

export const cases: readonly ParityCase[] = [
  {argv: 'diff'},
  {argv: 'diff -f /nowhere.yaml'},
  {argv: 'diff extra -f a.yaml', files: {'a.yaml': configMap('{a: "1"}')}},
  {argv: 'diff -f a.yaml --force-conflicts', files: {'a.yaml': configMap('{a: "1"}')}},
  {argv: 'diff -f a.yaml', mutates: true, files: {'a.yaml': configMap('{a: "1"}')}, normalise},
  {argv: 'diff -f a.yaml', mutates: true, seed: configMap('{a: "1"}'), files: {'a.yaml': configMap('{a: "1"}')}, normalise},
  {argv: 'diff -f a.yaml', mutates: true, seed: configMap('{a: "1", b: "2"}'), files: {'a.yaml': configMap('{b: "3"}')}, normalise},
  {
    argv: 'diff -f a.yaml --server-side',
    mutates: true,
    seed: configMap('{a: "1"}'),
    files: {'a.yaml': configMap('{b: "3"}')},
    normalise,
  },
  {
    argv: 'diff -f a.yaml',
    mutates: true,
    seed: secret('{a: MQ==, same: Mg==}'),
    files: {'a.yaml': secret('{a: Mg==, b: MQ==, same: Mg==}')},
    normalise,
  },
  {
    argv: 'diff -f a.yaml --show-secrets',
    mutates: true,
    seed: secret('{a: MQ==}'),
    files: {'a.yaml': secret('{a: Mg==}')},
    normalise,
  },
  {
    argv: 'diff -f a.yaml',
    mutates: true,
    seed: configMap('{a: "1"}'),
    files: {'a.yaml': configMap('{a: "2"}')},
    env: {KUBECTL_EXTERNAL_DIFF: 'echo -n'},
    normalise,
  },
  {
    argv: 'diff -f a.yaml',
    mutates: true,
    seed: configMap('{a: "1"}'),
    files: {'a.yaml': configMap('{a: "2"}')},
    env: {KUBECTL_EXTERNAL_DIFF: 'no-such-diff'},
    normalise,
  },
];

// edit, with editors that are shell lines: what is sent, what is printed, and what happens to rejected edits.
import type {ParityCase} from '../case.ts';

const seed = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: one, b: two}\n';
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 0
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: app, image: "kdeck.test/busybox:1"}
`;
const state = 'get configmaps,deployments -o yaml --field-selector metadata.name!=kube-root-ca.crt';
// The file's name is made up afresh by each run.
const normalise = [[/"[^"]*kubectl-edit[^"]*"/g, '"<file>"']] as const;
const editor = (line: string): Record<string, string> => ({KUBE_EDITOR: `sed -i ${line}`});

export const cases: readonly ParityCase[] = [
  {argv: 'edit'},
  {argv: 'edit configmap nothing-of-that-name', env: editor('s/a/b/')},
  {argv: 'edit cm settings', mutates: true, seed, env: {KUBE_EDITOR: 'true'}, after: state},
  {argv: 'edit cm settings', mutates: true, seed, env: editor('s/one/nine/'), after: state},
  {argv: 'edit cm settings -o json', mutates: true, seed, env: editor('s/one/nine/'), after: state},
  {argv: 'edit cm settings --output-patch', mutates: true, seed, env: editor('s/one/nine/'), after: state},
  {argv: 'edit cm settings', mutates: true, seed, env: editor('d'), after: state, normalise},
  {argv: 'edit cm settings --validate=false', mutates: true, seed, env: editor('d'), after: state},
  {argv: 'edit cm settings', mutates: true, seed, env: editor('s/v1/v9/'), after: state, normalise},
  {argv: 'edit cm settings', mutates: true, seed, env: {KUBE_EDITOR: 'false'}, after: state},
  {argv: 'edit cm settings', mutates: true, seed, env: {KUBE_EDITOR: 'no-such-editor'}, after: state},
  {argv: 'edit cm settings', mutates: true, seed, env: editor('s/name:.settings/name: other/'), after: state, normalise},
  {
    argv: 'edit deployment web',
    mutates: true,
    seed: deployment,
    env: editor('s/replicas:.0/replicas: -1/'),
    after: state,
    normalise,
  },
  {argv: 'edit deployment web', mutates: true, seed: deployment, env: editor('s/busybox:1/busybox:2/'), after: state},
  {
    argv: 'edit deployment,configmap web',
    mutates: true,
    seed: `${deployment}---\n${seed}`,
    env: editor('s/busybox:1/busybox:2/'),
    after: state,
    normalise,
  },
  {argv: 'edit -f a.yaml', mutates: true, seed, files: {'a.yaml': seed}, env: editor('s/one/nine/'), after: state},
];

// `config`: reading, switching and changing contexts. Changes go to a copy; the result is looked at with `config view --raw`.
import type {ParityCase} from '../case.ts';

const kubeconfig = `apiVersion: v1
kind: Config
current-context: one
clusters:
- name: east
  cluster: {server: "https://east.example.com:6443", certificate-authority-data: QUJD}
- name: west
  cluster: {server: "https://west.example.com", insecure-skip-tls-verify: true}
users:
- name: anna
  user: {token: secret-token}
- name: bert
  user: {username: bert, password: pass, client-certificate: bert.crt}
- name: carla
  user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: login, args: [--fast], interactiveMode: Never}}
contexts:
- name: one
  context: {cluster: east, user: anna, namespace: shop}
- name: two
  context: {cluster: west, user: bert}
`;
const view = 'config view --raw';
const own = (cases: readonly ParityCase[]): readonly ParityCase[] => cases.map((one) => ({namespaced: false, kubeconfig, ...one}));

export const cases: readonly ParityCase[] = own([
  {argv: 'config current-context'},
  {argv: 'config get-contexts'},
  {argv: 'config get-contexts two'},
  {argv: 'config get-contexts nope two nada'},
  {argv: 'config get-contexts -o name'},
  {argv: 'config get-contexts --no-headers'},
  {argv: 'config get-contexts -o yaml'},
  {argv: 'config get-clusters', unordered: true},
  {argv: 'config get-users'},
  {argv: 'config view'},
  {argv: 'config view --raw'},
  {argv: 'config view -o json'},
  {argv: 'config view --minify'},
  {argv: 'config view --minify --context two'},
  {argv: 'config view --minify --context nope'},
  {argv: 'config view --kubeconfig kubeconfig'},
  {argv: 'config view --kubeconfig nope'},
  {argv: 'config view --merge=false'},
  {argv: 'config view --flatten'},
  {argv: ['config', 'view', '-o', 'jsonpath={.users[?(@.name == "anna")].user.token}', '--raw']},
  {argv: 'config view foo'},
  {argv: 'config view', user: 'none', kubeconfig: ''},
  {argv: 'config current-context', user: 'none', kubeconfig: ''},
  {argv: 'config use-context two', steps: [view, 'config current-context']},
  {argv: 'config use two'},
  {argv: 'config use-context nope'},
  {argv: 'config set-context --current --namespace=new', steps: [view]},
  {argv: 'config set-context three --cluster=west --user=anna', steps: [view]},
  {argv: 'config set-context two -n other --user=', steps: [view]},
  {argv: 'config set-context one --namespace=', steps: [view]},
  {argv: 'config set-context'},
  {argv: 'config set-context one --current'},
  {argv: 'config rename-context one uno', steps: [view]},
  {argv: 'config rename-context nope uno'},
  {argv: 'config rename-context one two'},
  {argv: 'config delete-context two', steps: [view]},
  {argv: 'config delete-context one', steps: [view]},
  {argv: 'config delete-context nope'},
  {argv: 'config delete-cluster west', steps: [view]},
  {argv: 'config delete-cluster nope'},
  {argv: 'config delete-user bert', steps: [view]},
  {argv: 'config delete-user'},
  {argv: 'config delete-user nope'},
  {argv: 'config foo'},
  {argv: 'config current-context', kubeconfig: 'apiVersion: v1\nkind: Config\n'},
  {
    argv: 'get pods',
    kubeconfig: 'apiVersion: v1\nkind: Config\ncurrent-context: x\ncontexts: [{name: x, context: {cluster: c}}]\n',
  },
]);

// The fast reader must agree with the real one, or give up.
import {describe, expect, test} from 'vitest';
import {readYaml} from '../../base/yaml/read.ts';
import {readPlainYaml} from './plain-yaml.ts';

const kubectlWritten = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUM=
    server: https://127.0.0.1:6443
  name: kind-dev
- cluster:
    extensions:
    - extension:
        last-update: Tue, 02 Jan 2024 10:00:00 CET
        provider: minikube.sigs.k8s.io
        version: v1.32.0
      name: cluster_info
    server: https://192.168.49.2:8443
  name: minikube
contexts:
- context:
    cluster: kind-dev
    namespace: shop
    user: kind-dev
  name: kind-dev
current-context: kind-dev
kind: Config
preferences: {}
users:
- name: kind-dev
  user:
    client-certificate-data: 9hbc==
    token: sha256~abc_def-ghi.jkl
- name: eks
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      args:
      - --region
      - eu-west-1
      - get-token
      command: aws
      env:
      - name: AWS_PROFILE
        value: "prod"
      - name: EMPTY
        value: ''
      interactiveMode: IfAvailable
      provideClusterInfo: false
`;

describe('what kubectl and its friends write', () => {
  test('is read without the library', () => {
    const read = readPlainYaml(kubectlWritten);
    expect(read).toBeDefined();
    expect(read?.value).toEqual(readYaml(kubectlWritten));
  });

  test('with comments, blank lines, a marker and Windows line ends too', () => {
    const text = `---\r\n# mine\r\napiVersion: v1\r\n\r\nusers:\r\n  # indented\r\n  - name: a\r\n    user: {}\r\n`;
    expect(readPlainYaml(text)?.value).toEqual({apiVersion: 'v1', users: [{name: 'a', user: {}}]});
  });

  test('keys without a value are null, lists may stand under their key', () => {
    expect(readPlainYaml('users:\ncontexts:\n- name: x\nclusters: null\nlast: []\n')?.value).toEqual({
      users: null,
      contexts: [{name: 'x'}],
      clusters: null,
      last: [],
    });
  });

  test('of duplicate keys the last wins, as for kubectl', () => {
    expect(readPlainYaml('a: b\na: c\n')?.value).toEqual({a: 'c'});
    expect(readYaml('a: b\na: c\n')).toEqual({a: 'c'});
  });
});

test.each([
  'a: 1',
  'a: 0644',
  'a: 1_000',
  'a: 1.5',
  'a: .5',
  'a: -1',
  'a: +1',
  'a: 0x1F',
  'a: 1e3',
  'a: yes',
  'a: No',
  'a: ON',
  'a: y',
  'a: ~',
  'a: Null',
  'a: .inf',
  'a: 2024-01-01',
  'a: 12:30:45',
  'a: =',
  'a: <<',
  'a: "x\\n"',
  "a: 'it''s'",
  'a: "x" # c',
  'a: x # c',
  'a: x: y',
  'a: &b c',
  'a: *b',
  'a: !!str 1',
  'a: |\n  x',
  'a: >\n  x',
  'a: x\n  y',
  'a: "x\n  y"',
  'a: [b, c]',
  'a: {b: c}',
  '? a\n: b',
  'y: b',
  'on: b',
  '1: b',
  '"a": b',
  'a : b',
  '__proto__: b',
  '- - a',
  '-\n  a',
  'a:\n\tb: c',
  'a: @b',
  'a: `b',
  'a: %b',
  'a: - b',
  'a: b:',
  'a:b',
  'a\nb',
  'a: b\n c: d',
  '- a\n  b',
  '- a: b\n c: d',
  '--- a',
  'a: b\n---\nc: d',
  'a: b\n...',
  '%YAML 1.1\n---\na: b',
  '\uFEFFa: b',
  'a: ,b',
  'a: ]',
  'a: #b',
  'a: !b',
  "a: 'b' c",
  'a: "',
  'a: "b',
  "a: '",
  'a: 0o7',
  'a: 0b1',
  'a: 1:2',
  'a: .',
  'a: ..',
  'a: /x',
])('never reads %j otherwise than the library does', (text) => {
  const plain = readPlainYaml(text);
  if (plain === undefined) return;
  expect(plain.value).toEqual(readYaml(text));
});

test('agrees with the library on anything put together from awkward pieces', () => {
  // A fixed sequence, so that a failure can be repeated.
  let seed = 42;
  const pick = <T>(list: readonly T[]): T => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return list[Math.floor((seed / 2_147_483_648) * list.length)] as T;
  };
  const keys = ['a', 'name', 'user', 'x.y/z', 'on', 'y', '-a', 'client-key', '"q"', '1a'];
  const values = [
    '',
    'b',
    'true',
    'no',
    '12',
    '0x1',
    'a b',
    'a:b',
    'a: b',
    'a #b',
    'a#b',
    "'s'",
    '"d"',
    '"d\\t"',
    '{}',
    '[]',
    '[a]',
    '|',
    'x:',
    '1abc==',
    '2.5.1',
    '~',
    '-',
    '- b',
    'é',
    '*',
    '&x',
    '!t',
    'https://h:1/p?q=1#f',
    '+a',
    '--region',
    '-f',
    '-1',
    '.5',
    '.a',
    '=',
    '==',
    '^x',
    '<a',
    '1.',
    '1e',
    '0b2',
    '0o9',
  ];
  let readFast = 0;
  for (let n = 0; n < 4000; n++) {
    const lines: string[] = [];
    let indent = 0;
    for (let line = 0; line < pick([1, 2, 3, 5, 8]); line++) {
      indent = pick([0, 0, indent, indent, indent + 2, Math.max(0, indent - 2), indent + 1]);
      const dash = pick(['', '', '- ']);
      lines.push(
        `${' '.repeat(indent)}${dash}${pick([`${pick(keys)}: ${pick(values)}`, `${pick(keys)}:`, pick(values), `# ${pick(values)}`])}`,
      );
    }
    const text = lines.join('\n');
    const plain = readPlainYaml(text);
    if (plain === undefined) continue;
    readFast++;
    expect(plain.value, text).toEqual(readYaml(text));
  }
  expect(readFast).toBeGreaterThan(200);
});

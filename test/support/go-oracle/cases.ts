// The cases whose answers are stored: the corners people meet, and random mixtures of them.
import {randomly, type Case} from './oracle.ts';

const {below, pick} = randomly(20260101);
const many = <T>(count: number, make: () => T): T[] => Array.from({length: count}, make);

const WORDS = [
  'a',
  'yes',
  'no',
  'n',
  'y',
  'true',
  'Null',
  '~',
  '',
  ' ',
  '  x',
  'x ',
  '1',
  '0x1F',
  '0o17',
  '017',
  '1_000',
  '1e3',
  '1e',
  '.5',
  '-.5',
  '+1',
  '-',
  '- a',
  '--',
  '---',
  '...x',
  '12:30:45',
  '12:60',
  '2001-01-01',
  '2001-13-01',
  '2001-01-01T00:00:00Z',
  '2020-1-1 1:2:3',
  '.inf',
  '-.INF',
  '.nan',
  '<<',
  '=',
  'a: b',
  'a:',
  ':a',
  'a #b',
  '#a',
  'a#',
  '*a',
  '&a',
  '!a',
  '%a',
  '@a',
  '`a',
  '{a',
  '[a',
  '}a',
  ',a',
  '|a',
  '>a',
  "'a",
  '"a',
  "it's",
  '?',
  '? a',
  'a\tb',
  'a\nb',
  'a\n',
  '\na',
  ' a\nb',
  'a\n\n',
  '\n',
  'a \nb',
  'a\n b',
  'a\n\tb',
  'ü',
  '😀',
  'a\u0007b',
  'a\u2028b',
  'a\u00a0b',
  '\ufeff',
  'a\rb',
  'a\r\nb',
  '{{ x }}',
  'C:\\x "q"',
  '0b101',
  '-0b1',
  '9223372036854775808',
  '18446744073709551616',
  '1.5e+10',
  '0.',
  '1_',
  '08',
  '09.5',
  'key:value',
  'http://x:80/',
  'x'.repeat(90),
  'word '.repeat(25).trim(),
  'word '.repeat(25),
  'two  spaces '.repeat(12),
  `${"it's a ".repeat(15)}:`,
  'yes, '.repeat(30),
  'é '.repeat(60),
  '"q" '.repeat(30),
  '😀 '.repeat(40),
  `line one\n${'long '.repeat(30)}\nend\n`,
  '\u001b[31m',
  'OFF',
  'N/A',
  'nope',
  'on-call',
  '1.0',
  '1e400',
  '.5_0',
  '2001-02-29',
  '2000-02-29',
  '00:00',
  '-1:00',
];
const KEYS = [
  'a',
  'b',
  'a1',
  'a10',
  'a2',
  'a01',
  'a-b',
  'a_b',
  'A',
  'z',
  '1',
  '10',
  'n',
  'true',
  'foo.bar/baz',
  'é',
  'a.b',
  '~',
  '',
  'key with space',
  'x: y',
  'k'.repeat(129),
  '0',
  'v1',
  'v1beta1',
  'v2',
  'x-10',
  'x-9',
  'multi\nline',
  "it's",
];

const value = (depth: number): unknown => {
  const kind = below(depth > 0 ? 12 : 8);
  if (kind < 5) return below(3) === 0 ? pick(WORDS) + pick([' ', ': ', '\n', ' #', '']) + pick(WORDS) : pick(WORDS);
  if (kind === 5) return pick([0, 1, -5, 123456789, 1e10, 9007199254740991]);
  if (kind === 6) return pick([true, false, null]);
  if (kind === 7) return pick([0.5, 1.5e-7, 1e21, -0.25, 123456.789, 1234567.5]);
  if (kind < 10) return Object.fromEntries(many(below(5), () => [pick(KEYS), value(depth - 1)]));
  return many(below(4), () => value(depth - 1));
};

const NUMBERS =
  '{"a":1.0,"b":1e3,"c":9007199254740993,"d":18446744073709551615,"e":1e20,"f":-0.0,"g":1e21,"h":1.5e-7,"i":-9223372036854775808,"k":-0,"l":0.000001}';
const SHAPES = [
  NUMBERS,
  '1',
  '"x"',
  'null',
  '[]',
  '{}',
  '[[]]',
  '[{}]',
  '[[1,[2]]]',
  '{"a":[],"b":{},"c":null}',
  '{"z":"<a>&\\u2028\\u2029","a":"\\b\\f"}',
];

const jsonCases: Case[] = [...SHAPES, ...many(60, () => JSON.stringify(value(3)))].flatMap((text) => [
  {op: 'json', text},
  {op: 'jsonc', text},
]);
const yamlCases: Case[] = [
  ...SHAPES,
  ...WORDS.flatMap((word) => [JSON.stringify({a: word}), JSON.stringify([word]), JSON.stringify({[word]: 1})]),
  ...many(250, () => JSON.stringify(value(4))),
].map((text) => ({op: 'yaml', text}));
const kyamlCases: Case[] = [
  ...WORDS.map((word) => JSON.stringify({[word]: word})),
  ...many(60, () => JSON.stringify(value(3))),
].map((text) => ({op: 'kyaml', text}));

const DOCUMENTS = [
  'a: 0644',
  'a: 0o644',
  'a: 0x1F',
  'a: 1_000',
  'a: 1.0',
  'a: 1e3',
  'a: 12:30:45',
  'a: 2001-01-01',
  'a: 2001-01-01T00:00:00Z',
  'a: yes\nb: off\ny: n',
  'a: ~\nb:\nc: null',
  'a: 9007199254740993',
  'a: 18446744073709551615',
  'a: 18446744073709551616',
  'a: .5',
  'a: 0b11',
  '1: a\n2.5: b\ntrue: c\nyes: d\n0x10: e',
  'a: 1\na: 2',
  'a: &x {b: 1}\nc: *x',
  'a: &x\n  b: 1\nd:\n  <<: *x\n  e: 2',
  'd:\n  <<: [{a: 1}, {a: 2, b: 3}]\n  b: 9',
  'a: !!str 123\nb: !!int "3"\nc: !!binary aGk=\nd: !foo bar',
  'a: |\n  x\n  y\nb: >-\n  x\n  y\n\n  z\nc: |+\n  x\n\n',
  "a: \"x\\ty\\u00e9\\n\"\nb: 'it''s'",
  'a: [1, two, {b: c}]\nd: {e: f, g}',
  '- a\n- b: 1\n  c: 2\n-\n  - d',
  '# only comment',
  '',
  '---',
  '---\na: 1\n---\n---\nb: 2\n',
  'a: 1\n--- # x\nb: 2',
  'a: 1\n--- foo\nb: 2',
  '{"a":1}{"b":2}',
  '{"a":1}\n{"b":2}',
  '{"a":1}\n---\nb: 2',
  '{a: 1}',
  '{"a":1,}',
  '{"a" 1}',
  '{"a":1',
  '{"a":tru}',
  '{"a":1}{b',
  '{"a":01}',
  '\ufeffa: 1',
  'a: 1\n...\n',
  'x: {{ .Values.a }}',
  'null: x',
  '? a\n: b',
  'a: x # c\nb: x#c',
  'a:\n- b\n- c\nd: 1',
  'a: 1.5e300',
  'a: 08',
  'a: 1__0',
  'a: -0',
  'a: 1e17',
  'a: multi\n  line\n\n  x',
  'a:\r\n  b: 1\r\n',
  'é: ü',
  'a: 😀',
  'a: b: c',
  'a:\n\tb: 1',
  'a: 1\n b: 2',
  'a:\n  - b\n - c',
  'a: [1, 2',
  'a: {b',
  'a: "x',
  "a: 'x",
  'a\nb: 1',
  'a: *nope',
  '- a\nb: 1',
  'a: 1\n- b',
  'key: value\n  bad: x',
  'a: @x',
  'a: "\\q"',
  'a: - 1',
  'a:\n    b: 1\n  c: 2',
  'a: "b" c',
  'a: [a, b]]',
  'a: }',
  'a: !!int x',
  'apiVersion: v1\nkind: Pod\nmetadata:\n name: x\n  labels: y\n',
  'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: b\n   ports: c\n',
  'apiVersion v1\nkind: Pod\n',
  'apiVersion: v1\nkind Pod\nmetadata: x',
  'a: .inf',
  '! 1',
  '- !x y',
  'a: &x [*x]',
  'a:\n  b: [1,\n  2\nc: 3',
  'a: "x\nb: 1\nc: 2\n',
  'a: 1\n\t\nb: 2',
];
const documentCases: Case[] = DOCUMENTS.map((text) => ({op: 'yaml2json', text}));

const pod = (name: string, number: number): object => ({
  kind: 'Pod',
  metadata: {name, labels: {app: 'web', 'app.kubernetes.io/name': 'nm', 'a b': 'c'}, generation: number},
  spec: {
    containers: [
      {name: 'c1', image: 'i1', ports: [{p: 80}, {p: 443}]},
      {name: 'c2', image: 'i2<b>'},
    ],
    nodeName: number % 2 === 1 ? 'node1' : null,
    empty: {},
    none: [],
  },
  status: {ready: number % 2 === 0, f: 1.5, big: 12345678, s: '5', uni: 'ü😀'},
});
/** What the JSONPath cases look into; JSON text, because some numbers matter as they are written. */
export const PATH_DATA = `{"items":[${[1, 2, 3].map((number) => JSON.stringify(pod(`p${number}`, number))).join(',')}],"kind":"List","n":1.0,"m":1e6,"b":9007199254740993,"neg":-5,"one":{"x":1}}`;
const PATHS = [
  '',
  '{}',
  '{.}',
  '{$}',
  '{@}',
  '{.items[*].metadata.name}',
  '{range .items[*]}{.metadata.name}{"\\t"}{.status.f}{"\\n"}{end}',
  '{.items[?(@.metadata.name=="p1")].spec}',
  '{.kind',
  '{"a}',
  "{'a}",
  '{.items[}',
  '{.items[?(@.a]}',
  '{.items[?(@.a)}',
  '{range .items[*]}x',
  '{end}',
  '{.n} {.m} {.b} {.neg}',
  "{'\\u00e9\\x41\\101'}",
  '{"\\q"}',
  '{.items[0].spec.nodeName}',
  '{.items[1].spec.nodeName}',
  '{foo}',
  '{.kind.x}',
  '{.kind[0]}',
  '{.b[0]}',
  '{.n[0]}',
  '{.one[0]}',
  '{1}{2.50}{true}{+5}{-0}{007}',
  '{....}',
  '{.items[0].metadata.labels.app\\.kubernetes\\.io/name}',
  "{.items[0].metadata.labels['a b']}",
  '{.items[-1].metadata.name}',
  '{.items[0:2].kind}',
  '{.items[::2].metadata.name}',
  '{.items[5]}',
  '{.items[0,2].metadata.name}',
  "{.items[0]['kind','spec']}",
  '{.items[?(@.metadata.generation>1)].metadata.name}',
  '{.items[?(@.spec.nodeName)].metadata.name}',
  '{.items[?(@.status.ready==true)].kind}',
  '{.items[?(@.status.f<2)].metadata.name}',
  '{.items[?(@.status.f<2.0)].metadata.name}',
  '{.items[?(@.metadata.name=~"p")]}',
  '{.items[*].spec.containers[*].image}',
  '{.items[0].spec}',
  '{.items[0].status.uni}',
  '{.nope}',
  '{.items[*].nope}',
  '{.items[3:1]}',
  '{.items[1:2:0]}',
  '{&}',
  'text {.kind} text',
  '{range .items[?(@.metadata.generation>1)]}[{.metadata.name}]{end} {.kind}',
  '{range .items[*]}{range .spec.containers[*]}{.name} {end}{"\\n"}{end}',
  '{range .nope[*]}x{end}y',
  '{.items[?(@.spec.containers[0].name=="c1")].metadata.name}',
  '{.items..nope}',
];
const pathCases: Case[] = [
  ...PATHS.flatMap((text) => [true, false].map((flag) => ({op: 'jsonpath', text, flag}))),
  ...PATHS.filter((_, index) => index % 4 === 1).map((text) => ({op: 'jsonpath', text, flag: true, text2: 'json'})),
];

/** What the template cases look into. */
export const TEMPLATE_DATA = {
  kind: 'Pod',
  n: 30,
  big: 1000000,
  f: 1.5,
  neg: -3,
  t: true,
  no: false,
  nul: null,
  s: 'héllo <b> "q"',
  empty: '',
  list: [1, 'two', {a: 'b'}, null, 2.5],
  el: [],
  em: {},
  b64: 'aGVsbG8=',
  bad64: 'a*b',
  m: {b: 1, a: 'x', c: [1, 2, 3], 'with-dash': 'v'},
  metadata: {name: 'web', labels: {app: 'x', 'k8s.io/a': 'y'}},
  items: [
    {name: 'a', v: 1, ok: true},
    {name: 'b', v: 2},
    {name: 'c', v: 3, ok: false},
  ],
};
const TEMPLATES = String.raw`{{.kind}}
{{.x}} {{.x.y}} {{.nul}}
{{.nul.x}}
{{.kind.x}}
{{.list}} {{.m}} {{.big}} {{.f}} {{.neg}} {{.t}}
{{range .items}}{{.name}}={{.v}},{{end}}
{{range $i, $e := .items}}{{$i}}:{{$e.name}} {{end}}{{range $k, $v := .m}}{{$k}}={{$v}};{{end}}
{{range .el}}x{{else}}none{{end}} {{range 3}}{{.}}{{end}}
{{range .kind}}x{{end}}
{{range .items}}{{if eq .name "b"}}{{break}}{{end}}{{.name}}{{end}}
{{range .items}}{{if eq .name "b"}}{{continue}}{{end}}{{.name}}{{end}}
{{if .no}}a{{else if .t}}c{{else}}b{{end}} {{if and (eq .kind "Pod") (gt .n 3)}}yes{{end}}
{{with .metadata}}{{.name}}{{end}}{{with .nope}}x{{else with .kind}}{{.}}{{end}}
{{$x := 1}}{{$x}}{{$x = 2}}{{$x}} {{$.kind}}
{{$x}}
{{define "t"}}[{{.}}]{{end}}{{template "t" .kind}}{{template "t"}}{{block "b" .kind}}<{{.}}>{{end}}
{{template "zz"}}
{{/* c */}}x{{- /* c */ -}} y a  {{- .kind -}}  b
{{len .list}} {{len .kind}} {{len .s}} {{len .m}}
{{len .n}}
{{index .list 0}} {{index .list 1}} {{index .m "a"}} {{index .metadata.labels "k8s.io/a"}}
{{index .list 9}}
{{index .m 1}}
{{slice .kind 1 2}} {{slice .list 1 3}} {{slice .kind 1}}
{{slice .kind 2 1}}
{{eq .kind "Pod"}} {{eq .n 30}} {{ne .n 3}} {{lt .n 40}} {{le .n 30}} {{ge .n 31}} {{eq .kind "a" "Pod"}} {{eq .nul nil}}
{{eq .n 30.0}}
{{eq .m .m}}
{{lt .kind 1}}
{{and .no .kind}} {{or .no .kind}} {{not .t}}
{{print .kind .n .f "x" 1 2}} {{println .kind .n}}
{{html .s}} {{js .s}} {{urlquery .s}}
{{printf "%s-%d %v %q %T %5s|%-5s|%05d|%x|%.2f" .kind .n .m .kind .n "ab" "ab" 42 255 .f}}
{{printf "%d" .kind}} {{printf "x" 1}} {{printf "%d"}}
{{printf .n}}
{{base64decode .b64}} {{.b64 | base64decode}}
{{base64decode .bad64}}
{{exists . "metadata" "name"}} {{exists . "nope"}} {{exists .list 0}} {{exists .list 9}}
{{nope}}
{{.kind
{{
{{}}
{{if}}
{{if .t}}
{{end}}
{{range .items}}
{{.kind | }}
{{"a
{{'a'}} {{1.5}} {{0x10}} {{1e3}} {{1_000}} {{017}}
{{99999999999999999999}}
{{nil}}
{{(.metadata).name}} {{(index .items 0).name}}
{{.kind 1}}
{{break}}
{{if .t}}x{{end}}{{end}}
{{(}}
{{.kind}} {{.metadata.bad.worse}} {{.kind.bad}}
{{range $i, $e := .list}}{{if $i}}, {{end}}{{$e}}{{end}}
{{@}}
{{.a-b}}
{{"\q"}}
{{1000000.0}} {{printf "%v" 1e20}}`.split('\n');
const templateCases: Case[] = [...TEMPLATES, 'line1\nline2 {{.kind.bad}}', '{{range .items}}\n  {{.name.x}}\n{{end}}'].flatMap(
  (text) => [true, false].map((flag) => ({op: 'template', text, flag})),
);

const PRINTF_VALUES = [
  0,
  1,
  -5,
  255,
  65,
  128512,
  1.5,
  -0.25,
  123456789.5,
  1e-7,
  1e21,
  'hi',
  'é\n"',
  '',
  true,
  null,
  [1, 'a'],
  {a: 1.5, b: null},
  2.5,
  99.995,
];
const printfCases: Case[] = many(500, () => ({
  op: 'sprintf',
  text: `%${pick(['', '', '', '+', '-', '0', ' '])}${pick(['', '', '5', '10'])}${pick(['', '', '.2', '.0', '.5'])}${pick([...'vdsqocUeEfgGtT'])}`,
  args: [pick(PRINTF_VALUES)],
}));

const QUANTITIES = [
  '0',
  '1',
  '-1',
  '100m',
  '1500m',
  '0.5',
  '1Ki',
  '1.5Gi',
  '1000Mi',
  '1024Mi',
  '1e3',
  '12e6',
  '1e-3',
  '1E',
  '1k',
  '1n',
  '0.1n',
  '1.0001m',
  '123456789012',
  '1Ei',
  '1000',
  '1000000',
  '0.001',
  '1e10',
  '5e2',
  'x',
  '',
  '1.2.3',
  '1.25Ki',
  '3.3Gi',
  '2048',
  '999m',
];
const quantityCases: Case[] = [
  ...QUANTITIES.map((text) => ({op: 'quantity', text})),
  ...many(150, () => ({op: 'qadd', text: pick(QUANTITIES.slice(0, 24)), text2: pick(QUANTITIES.slice(0, 24))})),
];
const durationCases: Case[] = [
  ...many(120, () => ({op: 'godur', num: Math.floor(10 ** (15.9 * (below(1e9) / 1e9))) * pick([1, -1])})),
  ...many(120, () => ({op: 'human', num: Math.floor((10 ** (18.9 * (below(1e9) / 1e9)) * pick([1, 1, -1])) / 1e6) * 1e6})),
  ...many(150, () => ({
    op: 'pardur',
    text: many(
      1 + below(3),
      () => pick(['1', '30', '1.5', '.5', '', '-', '0', '5.']) + pick(['s', 'm', 'h', 'ms', 'us', 'µs', '', 'd']),
    ).join(''),
  })),
];
const SELECTOR_PARTS = [
  'a',
  'b',
  'app',
  'in',
  'notin',
  '=',
  '==',
  '!=',
  '!',
  '(',
  ')',
  ',',
  ' ',
  '<',
  '>',
  '5',
  '-x',
  'k8s.io/a',
  'a/b/c',
  '_',
];
const LABELS = [{}, {a: 'b', app: 'web'}, {a: '5', x: 'y'}, {app: '10', b: ''}];
const selectorCases: Case[] = [
  ...many(150, () => ({op: 'selector', text: many(1 + below(7), () => pick(SELECTOR_PARTS)).join(''), data: pick(LABELS)})),
  ...many(150, () => ({
    op: 'selector',
    text: many(
      1 + below(3),
      () =>
        pick(['a', 'app', 'x', '!a', 'k8s.io/a']) +
        pick(['', '=b', '==web', '!=b', ' in (b,web,a)', ' notin (b)', '>3', '<7', '=']),
    ).join(','),
    data: pick(LABELS),
  })),
  ...many(80, () => ({
    op: 'fieldsel',
    text: many(below(8), () => pick(['a', 'b.c', '=', '==', '!=', ',', '\\,', '\\=', 'x'])).join(''),
    data: pick([{}, {a: 'x'}]),
  })),
  ...many(60, () => ({
    op: 'labelselector',
    data: {
      matchLabels: {a: pick(['v', '', '-v'])},
      matchExpressions: many(below(3), () => ({
        key: pick(['z', 'm/n', '/q']),
        operator: pick(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt']),
        values: pick([[], ['b'], ['b', 'a']]),
      })),
    },
  })),
];

const tabCases: Case[] = many(150, () => ({
  op: pick(['tab', 'tabstd']),
  list: many(1 + below(4), () => {
    if (below(5) === 0) return 'FLUSH';
    return many(
      1 + below(5),
      () =>
        many(below(4), () => pick(['', 'a', 'bcd', 'längerer', '😀x', 'xxxxxxxxxxxxxx']) + pick(['\t', '\t', '\v'])).join('') +
        pick(['', 'end', '日本']) +
        pick(['\n', '\n', '\n', '\f', '']),
    ).join('');
  }),
}));

const COLUMNS = [
  {name: 'Name', type: 'string', format: 'name', priority: 0, description: ''},
  {name: 'Ready', type: 'string', format: '', priority: 0, description: ''},
  {name: 'Count', type: 'integer', format: '', priority: 0, description: ''},
  {name: 'Node ip', type: 'string', format: '', priority: 1, description: ''},
];
const table = (withColumns: boolean): object => ({
  kind: 'Table',
  apiVersion: 'meta.k8s.io/v1',
  metadata: {},
  columnDefinitions: withColumns ? COLUMNS : [],
  rows: many(below(4), () => ({
    cells: [
      pick(['a', 'web-1', 'long-name-of-thing', 'x\u001b[31m']),
      pick(['1/1', 'a\nb', 'x\ty', null, 'c\rd', true]),
      pick([0, 5, 1.5, null, [1, 'a'], {b: 1}]),
      pick(['10.0.0.1', null]),
    ],
    ...(below(12) === 0
      ? {}
      : {
          object: {
            kind: 'PartialObjectMetadata',
            apiVersion: 'meta.k8s.io/v1',
            metadata: {
              name: 'n',
              namespace: pick(['ns1', 'default']),
              labels: pick([{}, {app: 'web', 'a/b': 'c'}]),
              creationTimestamp: pick(['2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z']),
            },
          },
        }),
  })),
});
const tableCases: Case[] = many(90, () => {
  const events = below(4) === 0;
  return {
    op: 'table',
    flag: below(2) === 0,
    args: many(1 + below(3), () => table(below(4) > 0)).map((one) =>
      events ? {eventType: pick(['ADDED', 'MODIFIED', 'DELETED']), object: one} : one,
    ),
    opts: {
      NoHeaders: below(5) === 0,
      WithNamespace: below(3) === 0,
      WithKind: below(3) === 0,
      Wide: below(3) === 0,
      ShowLabels: below(3) === 0,
      Group: pick(['', 'apps']),
      Kind: pick(['Pod', 'Deployment']),
      ColumnLabels: pick([[], ['app'], ['a/b', 'nope']]),
    },
  };
});

const OBJECTS = [
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: 'a', labels: {x: 'y', a: 'b'}},
    n: null,
    l: [1, 'x', {y: 1}],
    e: '\u001b[1m\r',
    f: 1.5,
    b: true,
  },
  {
    apiVersion: 'v1',
    kind: 'List',
    metadata: {},
    items: [
      {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p1'}},
      {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'longer-name', labels: {app: 'q'}}, l: [1, 2]},
    ],
  },
];
const columnCases: Case[] = [
  'N:.metadata.name',
  'N:metadata.name,L:.metadata.labels',
  'A:.n,B:.l,C:.l[*],D:.zz',
  'E:.e,F:.f,G:.b',
  '',
  'x',
  'x:',
  ':.a',
  'N:.l[',
  'N:.l[9]',
  'A:.metadata.name,N:.kind.x.y',
  'LONG HEADER:.metadata.name,X:.kind',
].flatMap((text) => OBJECTS.flatMap((data) => [true, false].map((flag) => ({op: 'columns', text, data, flag}))));
const sortCases: Case[] = [
  ...[5, 12, 13, 20, 49, 50, 51, 100].flatMap((count) =>
    [0, 1, 2, 3].map((kind) => ({
      op: 'sortobj',
      text: pick(['.a', '{.a}', 'a']),
      data: many(count, () =>
        kind === 3 && below(6) === 0
          ? {z: 1}
          : {a: [below(5), pick(['x', 'y', 'ab']), pick(['1Gi', '500Mi', '100m', '2', 'zz']), below(1000)][kind]},
      ),
    })),
  ),
  {op: 'sortobj', text: '.q', data: [{a: 1}, {a: 2}]},
  {op: 'sortobj', text: '.a', data: [{a: null}, {a: 1}, {a: null}, {a: 0}]},
];

/** Cases by the file their answers are stored in; `data` is shared by all cases of a file. */
export const CASES: Readonly<Record<string, {readonly data?: unknown; readonly cases: readonly Case[]}>> = {
  'src/base/json/write.cases.json': {cases: jsonCases},
  'src/base/yaml/write.cases.json': {cases: yamlCases},
  'src/base/yaml/kyaml.cases.json': {cases: kyamlCases},
  'src/base/yaml/documents.cases.json': {cases: documentCases},
  'src/base/jsonpath/jsonpath.cases.json': {data: PATH_DATA, cases: pathCases},
  'src/base/go-template/template.cases.json': {data: TEMPLATE_DATA, cases: templateCases},
  'src/base/go-template/printf.cases.json': {cases: printfCases},
  'src/base/quantity.cases.json': {cases: quantityCases},
  'src/base/duration.cases.json': {cases: durationCases},
  'src/base/selectors/selectors.cases.json': {cases: selectorCases},
  'src/output/tabwriter.cases.json': {cases: tabCases},
  'src/output/table.cases.json': {cases: tableCases},
  'src/output/custom-columns.cases.json': {cases: columnCases},
  'src/output/sort-by.cases.json': {cases: sortCases},
};

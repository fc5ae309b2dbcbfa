import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {sameAsGo, storedCases} from '../../test/support/go-oracle/stored.ts';
import {readJson} from '../base/json/read.ts';
import type {AnyObject, Table} from '../kube/types/object.ts';
import {DescribePaper} from '../resources/describe-writer.ts';
import {customColumnsPrinter, parseCustomColumns} from './custom-columns.ts';
import {describeText} from './describe.ts';
import {singleOrList} from './list.ts';
import {isTableFormat, printerFor, type PrinterOptions} from './printer-for.ts';
import {sortObjects, sortTable} from './sort-by.ts';
import {TablePrinter} from './table.ts';
import {TableReport} from './table-report.ts';
import {DESCRIBE_LAYOUT, TABLE_LAYOUT, TabWriter} from './tabwriter.ts';

test.each(storedCases(new URL('tabwriter.cases.json', import.meta.url)).cases)('$op $list', (one) => {
  sameAsGo(one, (write) => {
    const writer = new TabWriter(write, one.op === 'tab' ? TABLE_LAYOUT : DESCRIBE_LAYOUT);
    for (const piece of one.list!) {
      if (piece === 'FLUSH') writer.flush();
      else writer.write(piece);
    }
    writer.flush();
  });
});

test.each(storedCases(new URL('table.cases.json', import.meta.url)).cases)('table $opts', (one) => {
  sameAsGo(
    one,
    (write) => {
      const tabs = new TabWriter(write, TABLE_LAYOUT);
      const options = one.opts as {
        NoHeaders: boolean;
        WithNamespace: boolean;
        WithKind: boolean;
        Wide: boolean;
        ShowLabels: boolean;
        Group: string;
        Kind: string;
        ColumnLabels: string[];
      };
      const printer = new TablePrinter({
        noHeaders: options.NoHeaders,
        withNamespace: options.WithNamespace,
        withKind: options.WithKind,
        wide: options.Wide,
        showLabels: options.ShowLabels,
        kind: {group: options.Group, kind: options.Kind},
        labelColumns: options.ColumnLabels,
      });
      for (const arg of one.args!) {
        const given = readJson(JSON.stringify(arg)) as {eventType?: string; object: Table};
        printer.print(given.eventType === undefined ? given : given.object, tabs, given.eventType);
        if (one.flag === true) tabs.flush();
      }
      tabs.flush();
    },
    true,
  );
});

test.each(storedCases(new URL('custom-columns.cases.json', import.meta.url)).cases)('custom columns $text', (one) => {
  sameAsGo(
    one,
    (write) => customColumnsPrinter(parseCustomColumns(one.text), {noHeaders: one.flag === true}).print(one.data as object, write),
    true,
  );
});

test.each(storedCases(new URL('sort-by.cases.json', import.meta.url)).cases)('sort by $text', (one) => {
  sameAsGo(one, (write) => {
    const objects = one.data as object[];
    const places = new Map(objects.map((object, index) => [object, index]));
    for (const object of sortObjects(objects, one.text)) write(`${places.get(object)} `);
  });
});

const configMap = {kind: 'ConfigMap', apiVersion: 'v1', metadata: {name: 'x', managedFields: [{manager: 'a'}]}, data: {a: 'b'}};
const folder = mkdtempSync(join(tmpdir(), 'output-'));
afterAll(() => rmSync(folder, {recursive: true}));

const printed = async (options: Partial<PrinterOptions>, ...objects: readonly object[]): Promise<string> => {
  let out = '';
  const printer = await printerFor({output: '', family: 'verb', ...options});
  for (const object of objects) printer.print(object, (text) => (out += text));
  return out;
};

describe('formats', () => {
  test('json keeps the order of objects made here', async () => {
    expect(await printed({output: 'JSON', typed: true}, configMap)).toBe(
      '{\n    "kind": "ConfigMap",\n    "apiVersion": "v1",\n    "metadata": {\n        "name": "x"\n    },\n    "data": {\n        "a": "b"\n    }\n}\n',
    );
  });

  test('managedFields are shown when asked for', async () => {
    expect(await printed({output: 'json', showManagedFields: true}, configMap)).toContain('managedFields');
  });

  test('yaml documents are separated', async () => {
    const document = 'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: x\n';
    expect(await printed({output: 'yaml'}, configMap, configMap)).toBe(`${document}---\n${document}`);
  });

  test('kyaml', async () => {
    expect(await printed({output: 'kyaml', typed: true}, configMap)).toBe(
      '---\n{\n  kind: "ConfigMap",\n  apiVersion: "v1",\n  metadata: {\n    name: "x",\n  },\n  data: {\n    a: "b",\n  },\n}\n',
    );
    await expect(printed({output: 'kyaml', env: {KUBECTL_KYAML: 'false'}}, configMap)).rejects.toThrow('unable to match a printer');
  });

  test('name, and the result of a verb', async () => {
    const deployment = {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web'}};
    expect(await printed({output: 'name'}, deployment)).toBe('deployment.apps/web\n');
    expect(await printed({operation: 'created (dry run)'}, deployment)).toBe('deployment.apps/web created (dry run)\n');
    expect(await printed({output: 'name', family: 'get'}, {kind: 'List', apiVersion: 'v1', items: [configMap, deployment]})).toBe(
      'configmap/x\ndeployment.apps/web\n',
    );
  });

  test('numbers in JSONPath are floats for objects made here', async () => {
    const object = {...configMap, spec: {replicas: 1_000_000}};
    expect(await printed({output: 'jsonpath={.spec.replicas}', typed: true}, object)).toBe('1e+06');
    expect(await printed({output: 'jsonpath={.spec.replicas}'}, object)).toBe('1000000');
    expect(await printed({output: 'go-template={{.spec.replicas}}', typed: true}, object)).toBe('1000000');
  });

  test('--template means go-template when no format is given', async () => {
    expect(await printed({template: '{{.kind}}'}, configMap)).toBe('ConfigMap');
    expect(await printed({template: '{.kind}', output: 'jsonpath', outputGiven: true}, configMap)).toBe('ConfigMap');
  });

  test('watch events', async () => {
    const events = async (output: string): Promise<string> => {
      let out = '';
      (await printerFor({output, family: 'get'})).print(configMap, (text) => (out += text), 'ADDED');
      return out;
    };
    expect(await events('json')).toMatch(/^{"type":"ADDED","object":{"apiVersion":"v1",.*}}\n$/);
    expect(await events('yaml')).toMatch(/^object:\n {2}apiVersion: v1\n[^]*type: ADDED\n$/);
    expect(await events('name')).toBe('configmap/x\n');
    expect(await events('jsonpath={.type} {.object.kind}')).toBe('ADDED ConfigMap');
  });

  test.each([
    [
      {output: 'foo'},
      'unable to match a printer suitable for the output format "foo", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml',
    ],
    [
      {output: 'foo', family: 'get'},
      'unable to match a printer suitable for the output format "foo", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml',
    ],
    [{output: 'wide'}, 'unable to match a printer suitable for the output format "wide"'],
    [{output: 'go-template'}, 'template format specified but no template given'],
    [{output: 'jsonpath='}, 'template format specified but no template given'],
    [{output: 'jsonpath={.x'}, 'error parsing jsonpath {.x, unclosed action'],
    [{output: 'go-template={{.x'}, 'error parsing template {{.x, template: output:1: unclosed action'],
    // Nobody can make a file there, so none is.
    [
      {output: 'jsonpath-file=/proc/missing'},
      'error reading --template /proc/missing, open /proc/missing: no such file or directory',
    ],
    [
      {output: 'jsonpath={.kind}', template: '{.kind}', outputGiven: true},
      'unable to match a printer suitable for the output format "jsonpath={.kind}"',
    ],
    [{output: 'custom-columns', family: 'get'}, 'custom-columns format specified but no custom columns given'],
    [{output: 'custom-columns=x', family: 'get'}, 'unexpected custom-columns spec: x, expected <header>:<json-path-expr>'],
    [
      {output: 'jsonpath={.x}', allowMissingKeys: false},
      'error executing jsonpath "{.x}": Error executing template: x is not found. Printing more information for debugging the template:\n\ttemplate was:\n\t\t{.x}\n\tobject given to jsonpath engine was:\n\t\tmap[string]interface {}{"apiVersion":"v1"',
    ],
  ] as const)("%j is refused in kubectl's words", async (options, says) => {
    await expect(printed(options as Partial<PrinterOptions>, configMap)).rejects.toThrow(says);
  });

  test('columns from a file', async () => {
    const file = join(folder, 'columns');
    writeFileSync(file, 'NAME KIND\nmetadata.name {.kind}\n');
    expect(await printed({output: `custom-columns-file=${file}`, family: 'get'}, configMap)).toBe(
      'NAME   KIND\nx      ConfigMap\n',
    );
    writeFileSync(file, 'NAME KIND\nmetadata.name\n');
    await expect(printed({output: `custom-columns-file=${file}`, family: 'get'}, configMap)).rejects.toThrow(
      "number of headers (2) and field specifications (1) don't match",
    );
  });

  test('which formats are tables', () => {
    expect(isTableFormat({output: ''})).toBe(true);
    expect(isTableFormat({output: 'wide', template: 'x'})).toBe(true);
    expect(isTableFormat({output: '', template: 'x'})).toBe(false);
    expect(isTableFormat({output: 'name'})).toBe(false);
  });
});

const table = (names: readonly string[]): Table => ({
  kind: 'Table',
  apiVersion: 'meta.k8s.io/v1',
  metadata: {},
  columnDefinitions: [
    {name: 'Name', type: 'string', format: 'name'},
    {name: 'Age', type: 'string'},
  ],
  rows: names.map((name) => ({cells: [name, '5m'], object: {metadata: {name, namespace: 'shop'}}})),
});
const pods = {type: 'pods.v1.', kind: {group: '', kind: 'Pod'}, namespaced: true};
const nodes = {type: 'nodes.v1.', kind: {group: '', kind: 'Node'}, namespaced: false};

describe('reports', () => {
  const report = (
    options: ConstructorParameters<typeof TableReport>[1],
    run: (report: TableReport) => void,
  ): {text: string; written: boolean} => {
    let text = '';
    const made = new TableReport((piece) => (text += piece), options);
    run(made);
    made.flush();
    return {text, written: made.written};
  };

  test('each type has its own table, a blank line between', () => {
    const {text} = report({allNamespaces: true, withKind: true}, (made) => {
      made.add(table(['web']), pods);
      made.add(table([]), {...pods, type: 'services.v1.'});
      made.add(table(['node-with-a-long-name']), nodes);
    });
    expect(text).toBe(
      'NAMESPACE   NAME      AGE\nshop        pod/web   5m\n\nNAME                         AGE\nnode/node-with-a-long-name   5m\n',
    );
  });

  test('objects of one type share a table', () => {
    expect(report({}, (made) => ['a', 'b'].forEach((name) => made.add(table([name]), pods))).text).toBe(
      'NAME   AGE\na      5m\nb      5m\n',
    );
  });

  test('nothing printed is told', () => {
    expect(report({}, (made) => made.add(table([]), pods))).toEqual({text: '', written: false});
  });

  test('a field no row has leaves the table out, as kubectl does', () => {
    const {text, written} = report({sort: (one) => sortTable(one, '.spec.nope')}, (made) => made.add(table(['a', 'b']), pods));
    expect({text, written}).toEqual({text: '', written: false});
  });

  test('columns keep the width they had', () => {
    const {text} = report({}, (made) => {
      made.add(table(['a-long-name']), pods);
      made.flush();
      made.add({...table(['b']), columnDefinitions: []}, pods, 'MODIFIED');
    });
    expect(text.split('\n')[2]).toBe('MODIFIED      b     5m');
  });

  test('objects without a table', () => {
    const now = (): Date => new Date('2026-01-01T00:10:00Z');
    const object = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web', creationTimestamp: '2026-01-01T00:00:00Z'}};
    expect(report({now}, (made) => made.add(object, pods)).text).toBe('NAME   AGE\nweb    10m\n');
    expect(
      report({now}, (made) =>
        made.add({kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', message: 'gone'}, pods),
      ).text,
    ).toBe('STATUS    REASON     MESSAGE\nFailure   NotFound   gone\n');
  });
});

test('values that cannot be sorted end at once', () => {
  expect(() =>
    sortTable(
      {
        ...table(['a', 'b']),
        rows: [
          {cells: [], object: {metadata: {}, x: true}},
          {cells: [], object: {metadata: {}, x: false}},
        ],
      },
      '.x',
    ),
  ).toThrow('Field {.x} in [][][]reflect.Value is an unsortable type: interface, err: unsortable type: bool');
});

test('one object stays itself, everything else is a list', () => {
  const object = {kind: 'Pod', metadata: {name: 'a'}} as AnyObject;
  expect(singleOrList([object], true)).toBe(object);
  expect(singleOrList([object], false)).toEqual({apiVersion: 'v1', kind: 'List', items: [object], metadata: {resourceVersion: ''}});
  expect(singleOrList([], true)).toEqual({apiVersion: 'v1', kind: 'List', items: [], metadata: {resourceVersion: ''}});
});

test('describe aligns each block on its own', () => {
  const paper = new DescribePaper();
  paper.line(0, 'Name:', 'web');
  paper.line(0, 'Namespace:', 'shop\u001b[2J');
  paper.flush();
  paper.line(0, 'Events:', '<none>');
  expect(describeText(paper)).toBe('Name:       web\nNamespace:  shop^[[2J\nEvents:  <none>\n');
});

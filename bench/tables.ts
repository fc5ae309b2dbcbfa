// Times what a list of 50,000 pods costs outside the screen: rows, sort, filter, changes. Run: node bench/tables.ts [count]
import {resource as pod} from '../src/resources/core/pod/index.ts';
import type {KubeObject} from '../src/kube/types/object.ts';
import {compileFilter} from '../src/tables/filter/compile.ts';
import {TableModel} from '../src/tables/table-model.ts';

const count = Number(process.argv[2] ?? 50_000);
const now = new Date('2026-01-02T00:00:00Z');

const makePod = (index: number, version = 1): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `checkout-${(index * 7919) % 1000}-7d9f5c8b6-x${index.toString(36)}`,
      namespace: `shop-${index % 20}`,
      uid: `uid-${index}`,
      resourceVersion: `${index}-${version}`,
      creationTimestamp: new Date(now.getTime() - ((index * 48_271) % 86_400_000) - 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
      labels: {app: `app-${index % 50}`, tier: index % 2 === 0 ? 'front' : 'back'},
    },
    spec: {nodeName: `node-${index % 300}`, containers: [{name: 'main', image: 'registry.example.com/checkout:v42'}]},
    status: {
      phase: index % 37 === 0 ? 'Pending' : 'Running',
      podIP: `10.${index % 200}.${(index >> 8) % 250}.${index % 250}`,
      conditions: [{type: 'Ready', status: 'True'}],
      containerStatuses: [
        {
          name: 'main',
          ready: index % 37 !== 0,
          restartCount: index % 11,
          state: {running: {startedAt: '2026-01-01T00:00:00Z'}},
          image: '',
          imageID: '',
        },
      ],
    },
  }) as KubeObject;

const items = new Map(Array.from({length: count}, (_, index) => [`uid-${index}`, makePod(index)] as [string, KubeObject]));
const model = new TableModel({columns: pod.columns, tone: undefined}, () => now);

type Line = {readonly what: string; readonly ms: number; readonly cpu: number; readonly rows: number};
const lines: Line[] = [];
const time = (what: string, run: () => void): void => {
  const cpu = process.cpuUsage();
  const start = performance.now();
  run();
  const ms = performance.now() - start;
  const used = process.cpuUsage(cpu);
  lines.push({what, ms, cpu: (used.user + used.system) / 1000, rows: model.count});
};
const filter = (text: string): void => model.show({...model.view, filter: compileFilter(text, pod.columns)});
const sort = (column: string, down = false): void => model.show({...model.view, sort: {column, down}});

time('first rows, sorted by name', () => model.set(items));
time('same list again', () => model.set(items));
time('sort by age', () => sort('age'));
time('sort by age, down', () => sort('age', true));
time('sort by restarts', () => sort('restarts'));
time('sort by node', () => sort('node'));
time('sort by status', () => sort('status'));
time('back to name order', () => model.show({}));
time('prepare search texts', () => model.warm(Infinity));
for (const text of [
  'x',
  'node-17',
  '!running',
  '/checkout-1.*x[0-9]/',
  '~chkt',
  '-l app=app-7',
  'restarts>=9',
  'age<1h status=pending',
  'pending or node-3',
]) {
  time(`filter ${text}`, () => filter(text));
  time('filter cleared', () => filter(''));
}
sort('age');
filter('running');
const changed = new Set<string>();
for (let index = 0; index < 300; index += 1) changed.add(`uid-${(index * 97) % count}`);
for (const uid of changed) items.set(uid, makePod(Number(uid.slice(4)), 2));
time('300 changes, sorted and filtered', () => model.apply(items, {reset: false, changed, removed: new Set()}));

for (const {what, ms, cpu, rows} of lines) {
  process.stdout.write(
    `${what.padEnd(38)} ${ms.toFixed(1).padStart(8)} ms ${cpu.toFixed(1).padStart(8)} ms CPU ${String(rows).padStart(8)} rows\n`,
  );
}

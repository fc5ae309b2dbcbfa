// Every sample of every kind: an object as met in the wild, and what kdeck must say about it. A new sample is a new file.
import {globSync, readFileSync} from 'node:fs';
import {relative} from 'node:path';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {arrayView} from '../../test/support/resources/array-view.ts';
import {diagnose} from '../diagnosis/diagnose.ts';
import type {AnyObject} from '../kube/types/object.ts';
import type {CoreEvent} from '../kube/types/wire.ts';
import {entryForKind} from './catalogue.ts';
import {groupOf} from './shared/refs.ts';

type Sample = {
  /** The time it is looked at. */
  now: string;
  object: AnyObject;
  /** Other objects that exist. */
  world?: AnyObject[];
  events?: CoreEvent[];
  /** Last log lines by container. */
  logs?: Record<string, string>;
  /** Expected cells by title; those that are not given are not looked at. */
  cells?: Record<string, string>;
  health?: {tone: string; reason: string};
  /** Expected story, the root cause first. */
  findings?: {id: string; says: string; try?: string[]}[];
};

const folder = import.meta.dirname;
const files = globSync('**/samples/*.yaml', {cwd: folder}).toSorted();

test('there are samples', () => {
  expect(files.length).toBeGreaterThan(30);
});

test.each(files)('%s', async (file) => {
  const sample = parse(readFileSync(`${folder}/${file}`, 'utf8')) as Sample;
  const {object, world = [], events, logs} = sample;
  const entry = entryForKind(groupOf(object.apiVersion), object.kind ?? '');
  const kind = await entry?.load();
  if (kind === undefined) throw new Error(`${relative(folder, file)}: nothing is known about ${object.kind}`);
  const now = new Date(sample.now);
  const told = {
    ...(sample.cells === undefined
      ? {}
      : {
          cells: Object.fromEntries(
            Object.keys(sample.cells).map((title) => {
              const column = kind.columns.find((each) => each.title === title);
              const value: unknown = column?.value(object, {now});
              return [title, column?.text === undefined ? String(value) : column.text(value)];
            }),
          ),
        }),
    ...(sample.health === undefined ? {} : {health: kind.health?.(object, {now})}),
  };
  expect(told).toEqual({
    ...(sample.cells === undefined ? {} : {cells: sample.cells}),
    ...(sample.health === undefined ? {} : {health: sample.health}),
  });
  if (sample.findings === undefined) return;
  const view = arrayView({
    now,
    objects: [object, ...world],
    ...(events === undefined ? {} : {events}),
    ...(logs === undefined ? {} : {logs}),
  });
  const findings = await diagnose(object, kind, view);
  expect(findings.map(({id, says, tryThis}) => ({id, says, try: tryThis.map(({text}) => text)}))).toEqual(
    sample.findings.map(({id, says, try: wanted = []}) => ({id, says, try: wanted})),
  );
});

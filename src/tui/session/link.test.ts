import {expect, test} from 'vitest';
import {KdeckError} from '../../base/errors.ts';
import type {Instead, Phase} from '../../cache/live-list.ts';
import {TableModel} from '../../tables/table-model.ts';
import type {OpenTable} from './app.ts';
import {linkOf, reasonOf} from './link.ts';
import type {Connection} from './services.ts';

const connection = {} as Connection;
const denied = new KdeckError('KD-SERVER-FORBIDDEN', 'pods is forbidden');
const since = new Date(2030, 0, 1, 12, 30, 5);
const table = (phase: Phase, phases: Readonly<Record<string, Phase>> = {}, instead?: Instead): OpenTable => ({
  model: new TableModel({columns: []}, () => since),
  phase,
  phases: new Map(Object.entries(phases)),
  instead,
});
const login = (detail: string, lastOutput = ''): KdeckError =>
  Object.assign(new KdeckError('KD-LOGIN-EXPIRED', `Unable to connect to the server: ${detail}`), {detail, lastOutput});

test('a list that is live but not complete is live in part, and says why', () => {
  const some = linkOf(connection, undefined, [table({is: 'live'}, {a: {is: 'live'}, b: {is: 'denied', error: denied}})]);
  const instead = linkOf(connection, undefined, [table({is: 'live'}, {a: {is: 'live'}}, {namespaces: ['a'], error: denied})]);
  for (const link of [some, instead]) {
    expect(link).toMatchObject({is: 'partial', word: 'live in part'});
    expect(link.says).toContain('pods is forbidden');
  }
  expect(linkOf(connection, undefined, [table({is: 'live'}, {a: {is: 'live'}})]).is).toBe('live');
  expect(linkOf(connection, undefined, [table({is: 'denied', error: denied}, {})])).toMatchObject({is: 'denied', word: 'denied'});
});

test('a login that ended has its own words, and rows are still called stale', () => {
  const link = linkOf(connection, undefined, [table({is: 'stale', since, error: login('no luck')})]);
  expect(link).toMatchObject({
    is: 'expired',
    word: 'stale since 12:30:05: login expired',
    says: 'No luck. Rows are from 12:30:05.',
  });
  const server = linkOf(connection, undefined, [table({is: 'stale', since, error: new KdeckError('KD-CONNECTION-CUT', 'Cut.')})]);
  expect(server).toMatchObject({is: 'stale', word: 'stale since 12:30:05', says: 'Cut. Rows are from 12:30:05.'});
});

test('what a login program last said stands beside what happened', () => {
  expect(reasonOf(login('it failed with exit code 1', 'Hello\nToken has expired\n'))).toBe(
    'It failed with exit code 1: Token has expired.',
  );
  expect(
    reasonOf(login('it failed with exit code 1', "Error: connect ECONNREFUSED\n  at x\n  code: 'ECONNREFUSED',\n\nNode.js v26\n")),
  ).toBe('It failed with exit code 1: Error: connect ECONNREFUSED.');
  expect(reasonOf(denied)).toBe('pods is forbidden');
});

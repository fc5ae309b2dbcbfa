import {expect, test} from 'vitest';
import {KdeckError} from '../../../base/errors.ts';
import type {Instead, Phase} from '../../../cache/live-list.ts';
import {TableModel} from '../../../tables/table-model.ts';
import type {OpenTable} from '../../session/app.ts';
import {limitsOf, limitsText, namesText} from './limits.ts';

const error = new KdeckError('KD-SERVER-FORBIDDEN', 'pods is forbidden');
const live: Phase = {is: 'live'};
const denied: Phase = {is: 'denied', error};
const table = (phases: Readonly<Record<string, Phase>>, instead?: Instead): OpenTable => ({
  model: new TableModel({columns: []}, () => new Date(0)),
  phase: live,
  phases: new Map(Object.entries(phases)),
  instead,
});

test('a list that shows what was asked for has no limits', () => {
  expect(limitsOf(undefined)).toBeUndefined();
  expect(limitsOf(table({}))).toBeUndefined();
  expect(limitsOf(table({a: live, b: {is: 'loading', received: 0}}))).toBeUndefined();
});

test('a denied namespace is named beside the ones that are shown', () => {
  const limits = limitsOf(table({a: live, b: denied, c: {is: 'stale', since: new Date(0), error}}));
  expect(limits).toStrictEqual({shown: ['a', 'c'], denied: ['b']});
  expect(limits && limitsText('pods', limits)).toBe('You may not list pods in b; showing a and c');
});

test('namespaces that stand in for all are shown without those that are denied too', () => {
  const limits = limitsOf(table({a: live, b: denied}, {namespaces: ['a', 'b'], error}));
  expect(limits).toStrictEqual({shown: ['a'], denied: 'all'});
  expect(limits && limitsText('pods', limits)).toBe('You may not list pods in all namespaces; showing a');
});

test('names are counted when there are many', () => {
  expect(namesText([])).toBe('');
  expect(namesText(['a', 'b', 'c', 'd'])).toBe('a, b, c and d');
  expect(namesText(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
});

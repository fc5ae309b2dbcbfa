import {expect, test} from 'vitest';
import {sameAsGo, storedCases} from '../../../test/support/go-oracle/stored.ts';
import {GoFloat} from '../go-number.ts';
import {readJson} from './read.ts';
import {writeJson, writeJsonIndented} from './write.ts';

const {cases} = storedCases(new URL('write.cases.json', import.meta.url));

test.each(cases)('$op $text', (one) => {
  sameAsGo(one, (write) => write(one.op === 'json' ? writeJsonIndented(readJson(one.text)) : writeJson(readJson(one.text))));
});

test('numbers that JSON.parse would spoil are kept', () => {
  expect(readJson('{"a":9007199254740993,"b":1.0,"c":1e3,"d":2,"e":18446744073709551616}')).toEqual({
    a: 9007199254740993n,
    b: new GoFloat(1),
    c: new GoFloat(1000),
    d: 2,
    e: 18446744073709552000,
  });
  expect(readJson('"-0, 1e5"')).toBe('-0, 1e5');
});

test('objects made here keep the order of their fields, but not of their maps', () => {
  const made = {kind: 'Deployment', apiVersion: 'apps/v1', metadata: {name: 'x', labels: {z: '1', a: '2'}}, spec: {replicas: 1}};
  expect(writeJson(made, 'struct')).toBe(
    '{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"x","labels":{"a":"2","z":"1"}},"spec":{"replicas":1}}',
  );
  expect(writeJson(made)).toMatch(/^{"apiVersion"/);
});

test('absent fields are left out', () => {
  expect(writeJson({a: undefined, b: null})).toBe('{"b":null}');
  expect(writeJsonIndented({a: undefined})).toBe('{}');
});

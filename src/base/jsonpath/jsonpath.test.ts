import {expect, test} from 'vitest';
import {sameAsGo, storedCases} from '../../../test/support/go-oracle/stored.ts';
import {readJson} from '../json/read.ts';
import {JsonPath} from './evaluate.ts';
import {relaxedJsonPath} from './relaxed.ts';

const {data, cases} = storedCases(new URL('jsonpath.cases.json', import.meta.url));
const object = readJson(data as string);

const parsed = (template: string, allowMissingKeys: boolean): JsonPath => {
  try {
    return new JsonPath(template, {allowMissingKeys});
  } catch (error) {
    throw new Error(`parse: ${(error as Error).message}`, {cause: error});
  }
};

test.each(cases)('$text (missing keys allowed: $flag, $text2)', (one) => {
  sameAsGo(one, (write) => write(parsed(one.text, one.flag === true).print(object, {asJson: one.text2 === 'json'})));
});

test('a template can be used again', () => {
  const path = new JsonPath('{range .items[*]}{.metadata.name} {end}', {allowMissingKeys: true});
  expect(path.print(object)).toBe('p1 p2 p3 ');
  expect(path.print({items: []})).toBe('');
  expect(path.print(object)).toBe('p1 p2 p3 ');
});

test('map values come in the order of their keys', () => {
  expect(new JsonPath('{.*}', {allowMissingKeys: true}).print({b: 2, a: 1})).toBe('1 2');
  expect(new JsonPath('{..n}', {allowMissingKeys: true}).print({b: {n: 2}, a: {n: 1}})).toBe('1 2');
});

test.each([
  ['a.b', '{.a.b}'],
  ['.a.b', '{.a.b}'],
  ['{a.b}', '{.a.b}'],
  ['{.a.b}', '{.a.b}'],
  ['', ''],
])('%s is short for %s', (short, long) => {
  expect(relaxedJsonPath(short)).toBe(long);
});

test('text that is no path is told so', () => {
  expect(() => relaxedJsonPath('{a')).toThrow("unexpected path string, expected a 'name1.name2'");
});

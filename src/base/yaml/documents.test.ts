import {expect, test} from 'vitest';
import {sameAsGo, storedCases} from '../../../test/support/go-oracle/stored.ts';
import {writeJson} from '../json/write.ts';
import {readDocuments} from './documents.ts';

test.each(storedCases(new URL('documents.cases.json', import.meta.url)).cases)('$text', (one) => {
  sameAsGo(
    one,
    (write) => {
      for (const document of readDocuments(one.text)) write(`${writeJson(document)}\n`);
    },
    true,
  );
});

test('documents before a broken one are given first', () => {
  const seen: unknown[] = [];
  expect(() => {
    for (const document of readDocuments('a: 1\n---\nb: [\n---\nc: 3\n')) seen.push(document);
  }).toThrow('error converting YAML to JSON: yaml: line');
  expect(seen).toEqual([{a: 1}]);
});

test('a key called __proto__ is a key like any other', () => {
  const [document] = [...readDocuments('__proto__: {a: 1}\n')] as [object];
  expect(Object.keys(document)).toEqual(['__proto__']);
  expect(({} as {a?: number}).a).toBeUndefined();
});

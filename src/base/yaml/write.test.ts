import {expect, test} from 'vitest';
import {sameAsGo, storedCases} from '../../../test/support/go-oracle/stored.ts';
import {readJson} from '../json/read.ts';
import {writeKyaml} from './kyaml.ts';
import {writeYaml} from './write.ts';

test.each(storedCases(new URL('write.cases.json', import.meta.url)).cases)('yaml $text', (one) => {
  sameAsGo(one, (write) => write(writeYaml(readJson(one.text))));
});

test.each(storedCases(new URL('kyaml.cases.json', import.meta.url)).cases)('kyaml $text', (one) => {
  sameAsGo(one, (write) => write(`---\n${writeKyaml(readJson(one.text))}\n`));
});

test('what nobody can read back is at least shown', () => {
  // sigs.k8s.io/yaml refuses a delete character; a person who looks at an object is better served with it.
  expect(writeYaml({a: 'x\u007f'})).toBe('a: "x\\x7F"\n');
});

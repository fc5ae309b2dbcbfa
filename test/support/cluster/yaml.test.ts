// What is written is what an independent YAML reader gives back.
import {parse} from 'yaml';
import {expect, test} from 'vitest';
import {toYaml} from './yaml.ts';

test('every shape a kubeconfig or setting has comes back as it was', () => {
  const value = {
    apiVersion: 'v1',
    numbers: [0, -1, 1.5, '1', '0x1', '1e3', '10.0.0.1', '2024-01-01'],
    words: [
      'true',
      'null',
      'yes',
      'No',
      '~',
      '',
      ' ',
      '- a',
      'a: b',
      '#x',
      "it's",
      'line\nline',
      '*',
      '&a',
      '{',
      'https://127.0.0.1:6443',
    ],
    truths: [true, false, null],
    deep: [{name: 'a', list: [[1, [2]], {b: {c: []}}]}, [], {}, [{}]],
    'key: odd': {y: 1, 'a-b.c/d': 2},
    pem: '-----BEGIN-----\nabc\n-----END-----\n',
  };
  expect(parse(toYaml(value))).toEqual(value);
});

test('a field without a value is left out', () => {
  expect(toYaml({a: undefined, b: 1})).toBe('b: 1\n');
});

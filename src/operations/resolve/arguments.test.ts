import {expect, test} from 'vitest';
import {hasNames, readArguments} from './arguments.ts';

const read = (...words: string[]) => readArguments(words, 'kubectl');

test('types alone, with names, and in pairs', () => {
  expect(read()).toEqual({form: 'none'});
  expect(read('pods,svc,pods')).toEqual({form: 'types', types: ['pods', 'svc'], names: []});
  expect(read('pods', 'a', 'b')).toEqual({form: 'types', types: ['pods'], names: ['a', 'b']});
  expect(read('pod/a', 'svc/b')).toEqual({
    form: 'pairs',
    pairs: [
      {type: 'pod', name: 'a'},
      {type: 'svc', name: 'b'},
    ],
  });
});

test('several types with names become pairs', () => {
  expect(read('pods,svc', 'a', 'b')).toEqual({
    form: 'pairs',
    pairs: [
      {type: 'pods', name: 'a'},
      {type: 'pods', name: 'b'},
      {type: 'svc', name: 'a'},
      {type: 'svc', name: 'b'},
    ],
  });
});

test.each([
  [['pods', 'pod/x'], /there is no need to specify a resource type as a separate argument/],
  [['pod/a/b'], /may not have more than one slash/],
  [['pod/'], /must have a single resource and name/],
  [['pod,svc/x'], /must have a single resource and name/],
])('%j is refused', (words, message) => {
  expect(() => read(...words)).toThrow(message);
});

test('whether objects are named', () => {
  expect([
    hasNames(['pods'], 'kubectl'),
    hasNames(['pods', 'a'], 'kubectl'),
    hasNames(['pod/a'], 'kubectl'),
    hasNames([], 'kubectl'),
  ]).toEqual([false, true, true, false]);
});

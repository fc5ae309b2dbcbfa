import {describe, expect, test} from 'vitest';
import {KdeckError} from '../base/errors.ts';
import type {Status} from '../kube/types/object.ts';
import {cliError, errorText, exitCodeOf, PlainError, usageError} from './errors.ts';

const refused = (status: Partial<Status>): Error =>
  Object.assign(new KdeckError('KD-SERVER-X', status.message ?? ''), {status: {kind: 'Status', ...status}});

describe('errorText', () => {
  test('plain errors get a prefix, once', () => {
    expect(errorText(new Error('no'))).toBe('error: no\n');
    expect(errorText(new Error('error: no'))).toBe('error: no\n');
    expect(errorText(usageError('kubectl get', 'what?'))).toBe("error: what?\nSee 'kubectl get -h' for help and examples\n");
  });

  test('the server has its own', () => {
    expect(errorText(refused({reason: 'NotFound', message: 'pods "x" not found'}))).toBe(
      'Error from server (NotFound): pods "x" not found\n',
    );
    expect(errorText(refused({message: 'odd'}))).toBe('Error from server: odd\n');
    expect(errorText(refused({reason: 'Unauthorized', message: 'Unauthorized'}))).toBe(
      'error: You must be logged in to the server (Unauthorized)\n',
    );
  });

  test('invalid objects list their causes, equal ones once', () => {
    const details = {kind: 'Pod', name: 'x', causes: [{field: 'spec.a', message: 'bad'}]};
    expect(errorText(refused({reason: 'Invalid', details}))).toBe('The Pod "x" is invalid: spec.a: bad\n');
    const two = {...details, causes: [...details.causes, {field: 'spec.b', message: 'worse'}, {field: 'spec.b', message: 'worse'}]};
    expect(errorText(refused({reason: 'Invalid', details: two}))).toBe(
      'The Pod "x" is invalid: \n* spec.a: bad\n* spec.b: worse\n',
    );
    expect(errorText(refused({reason: 'Invalid', message: 'm'}))).toBe('The request is invalid: m\n');
  });

  test('several errors stand on lines of their own, without the plain prefix', () => {
    const error = new AggregateError([refused({reason: 'NotFound', message: 'a'}), new Error('b')]);
    expect(errorText(error)).toBe('Error from server (NotFound): a\nb\n');
  });

  test('an aggregate of one is unwrapped once only', () => {
    expect(errorText(new AggregateError([new Error('a')]))).toBe('error: a\n');
    expect(errorText(new AggregateError([new AggregateError([new Error('a')])]))).toBe('a\n');
    expect(
      errorText(new AggregateError([new Error('a'), new AggregateError([new Error('b'), new Error('c'), new Error('b')])])),
    ).toBe('a\n[b, c]\n');
  });

  test('whole lines stay as they are', () => {
    expect(errorText(new PlainError('as it is'))).toBe('as it is\n');
    expect(errorText(new KdeckError('KD-CONNECTION-REFUSED', 'The connection was refused'))).toBe('The connection was refused\n');
  });
});

test('exit codes', () => {
  expect([exitCodeOf(cliError('x')), exitCodeOf(new PlainError('x', 3)), exitCodeOf(new TypeError('x'))]).toEqual([1, 3, 1]);
});

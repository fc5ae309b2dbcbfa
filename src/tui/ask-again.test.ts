import {expect, test, vi} from 'vitest';
import {KdeckError} from '../base/errors.ts';
import {askAgain} from './ask-again.ts';

const answers = (...given: readonly (Error | string)[]) => {
  const left = [...given];
  return vi.fn(() => {
    const next = left.shift() ?? 'nothing left';
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  });
};

test('a question is asked again until it is answered', async () => {
  const used: string[] = [];
  const ask = answers(new KdeckError('KD-LOGIN-EXPIRED', 'ended'), 'v1.36.3');
  await askAgain(
    ask,
    (answer) => used.push(answer),
    () => true,
  );
  expect(used).toStrictEqual(['v1.36.3']);
  expect(ask).toHaveBeenCalledTimes(2);
});

test('no is an answer', async () => {
  const used: string[] = [];
  const ask = answers(new KdeckError('KD-SERVER-FORBIDDEN', 'namespaces is forbidden'), 'late');
  await askAgain(
    ask,
    (answer) => used.push(answer),
    () => true,
  );
  expect(used).toStrictEqual([]);
  expect(ask).toHaveBeenCalledTimes(1);
});

test('what nobody wants any more is neither asked nor used', async () => {
  const used: string[] = [];
  let isWanted = true;
  const ask = vi.fn(() => {
    isWanted = false;
    return Promise.resolve('late');
  });
  await askAgain(
    ask,
    (answer) => used.push(answer),
    () => isWanted,
  );
  await askAgain(
    ask,
    (answer) => used.push(answer),
    () => isWanted,
  );
  expect(used).toStrictEqual([]);
  expect(ask).toHaveBeenCalledTimes(1);
});

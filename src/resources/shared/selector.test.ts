import {expect, test} from 'vitest';
import {labelsText, selectorMatches, selectorQuery, selectorText} from './selector.ts';

const selector = {
  matchLabels: {tier: 'a', app: 'web'},
  matchExpressions: [
    {key: 'zone', operator: 'In', values: ['b', 'a']},
    {key: 'old', operator: 'DoesNotExist'},
    {key: 'app', operator: 'NotIn', values: ['x']},
    {key: 'any', operator: 'Exists'},
  ],
};

test('selectors are written sorted by key, as Kubernetes does', () => {
  expect(selectorQuery(selector)).toBe('any,app=web,app notin (x),!old,tier=a,zone in (a,b)');
  expect(selectorText({})).toBe('<none>');
  expect(selectorText(undefined)).toBe('<none>');
  expect(labelsText({b: '2', a: '1'})).toBe('a=1,b=2');
});

test('an absent selector selects nothing, an empty one everything', () => {
  expect(selectorMatches(undefined, {app: 'web'})).toBe(false);
  expect(selectorMatches({}, {app: 'web'})).toBe(true);
});

test.each([
  [{app: 'web', tier: 'a', zone: 'a', any: ''}, true],
  [{app: 'web', tier: 'a', zone: 'c', any: ''}, false],
  [{app: 'web', tier: 'a', zone: 'a', any: '', old: 'yes'}, false],
  [{app: 'web', tier: 'a', zone: 'a'}, false],
])('%o', (labels, matches) => {
  expect(selectorMatches(selector, labels as Record<string, string>)).toBe(matches);
});

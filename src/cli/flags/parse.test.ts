import {describe, expect, test} from 'vitest';
import type {Flag} from '../verb.ts';
import {bareWords, FlagSet, parseFlags} from './parse.ts';

const flags: readonly Flag[] = [
  {name: 'output', short: 'o', type: 'string', usage: ''},
  {name: 'all-namespaces', short: 'A', type: 'bool', usage: ''},
  {name: 'stdin', short: 'i', type: 'bool', usage: ''},
  {name: 'tty', short: 't', type: 'bool', usage: ''},
  {name: 'chunk-size', type: 'int', default: 500, usage: ''},
  {name: 'timeout', type: 'duration', default: '30s', usage: ''},
  {name: 'filename', short: 'f', type: 'csv', usage: ''},
  {name: 'for', type: 'list', usage: ''},
  {name: 'dry-run', type: 'string', default: 'none', bare: 'unchanged', usage: ''},
  {name: 'merge', type: 'tri', usage: ''},
  {name: 'record', type: 'bool', usage: '', deprecated: '--record will be removed in the future'},
];
const parse = (...words: string[]) => parseFlags(words, new FlagSet(flags));

describe('parseFlags', () => {
  test('all spellings of a value', () => {
    for (const words of [
      ['--output=wide'],
      ['--output', 'wide'],
      ['-o', 'wide'],
      ['-owide'],
      ['-o=wide'],
      ['--OUTPUT'.toLowerCase(), 'wide'],
    ]) {
      expect(parse(...words).values.string('output')).toBe('wide');
    }
  });

  test('flags and words mix, and -- ends the flags', () => {
    const line = parse('get', '-A', 'pods', '--', '-o', 'x');
    expect(line.args).toEqual(['get', 'pods', '-o', 'x']);
    expect(line.dash).toBe(2);
    expect(line.values.bool('all-namespaces')).toBe(true);
    expect(line.values.given('output')).toBe(false);
    expect(parse('a').dash).toBeUndefined();
  });

  test('grouped shorts, the last with a value', () => {
    const {values, args} = parse('-ito', 'yaml', 'x');
    expect([values.bool('stdin'), values.bool('tty'), values.string('output'), args]).toEqual([true, true, 'yaml', ['x']]);
  });

  test('a bool never takes the next word, an underscore is a dash', () => {
    const {values, args} = parse('--all_namespaces', 'false');
    expect(values.bool('all-namespaces')).toBe(true);
    expect(args).toEqual(['false']);
    expect(parse('--all-namespaces=false').values.bool('all-namespaces')).toBe(false);
  });

  test('defaults, bare values, lists', () => {
    const {values} = parse('--dry-run', 'x', '-f', 'a,"b,c"', '-f', 'd', '--for', 'a,b', '--for', 'c');
    expect(values.string('dry-run')).toBe('unchanged');
    expect(values.strings('filename')).toEqual(['a', 'b,c', 'd']);
    expect(values.strings('for')).toEqual(['a,b', 'c']);
    expect([values.int('chunk-size'), values.duration('timeout'), values.tri('merge')]).toEqual([500, 30_000, undefined]);
    expect(parse('--merge=false').values.tri('merge')).toBe(false);
  });

  test.each([
    [['--bogus'], 'unknown flag: --bogus'],
    [['-z'], "unknown shorthand flag: 'z' in -z"],
    [['-Az'], "unknown shorthand flag: 'z' in -z"],
    [['--output'], 'flag needs an argument: --output'],
    [['-o'], "flag needs an argument: 'o' in -o"],
    [['--=x'], 'bad flag syntax: --=x'],
    [['--chunk-size=x'], 'invalid argument "x" for "--chunk-size" flag: strconv.ParseInt: parsing "x": invalid syntax'],
    [
      ['--chunk-size=99999999999999999999'],
      'invalid argument "99999999999999999999" for "--chunk-size" flag: strconv.ParseInt: parsing "99999999999999999999": value out of range',
    ],
    [['-A=maybe'], 'invalid argument "maybe" for "-A, --all-namespaces" flag: strconv.ParseBool: parsing "maybe": invalid syntax'],
    [['--timeout=5'], 'invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"'],
    [['--timeout=5x'], 'invalid argument "5x" for "--timeout" flag: time: unknown unit "x" in duration "5x"'],
    [
      ['-f', 'a"b'],
      'invalid argument "a\\"b" for "-f, --filename" flag: parse error on line 1, column 2: bare " in non-quoted-field',
    ],
  ])('%j is refused as pflag refuses it', (words, message) => {
    expect(() => parse(...words)).toThrow(message);
  });

  test('deprecated flags are told', () => {
    expect(parse('--record').deprecations).toEqual(['Flag --record has been deprecated, --record will be removed in the future']);
  });
});

test('an unknown flag is taken to have a value when a command is looked for', () => {
  const set = new FlagSet([{name: 'namespace', short: 'n', type: 'string', usage: ''}]);
  const words = (...line: string[]) => bareWords(line, set).map(({word}) => word);
  expect(words('-n', 'x', 'get', 'pods')).toEqual(['get', 'pods']);
  expect(words('-A', 'get', 'pods')).toEqual(['pods']);
  expect(words('--x=1', 'get')).toEqual(['get']);
  expect(words('get', '--', 'pods')).toEqual(['get']);
});

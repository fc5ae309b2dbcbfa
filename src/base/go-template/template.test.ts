import {expect, test} from 'vitest';
import {sameAsGo, storedCases} from '../../../test/support/go-oracle/stored.ts';
import {goTemplatePrinter} from '../../output/go-template.ts';
import {readJson} from '../json/read.ts';
import {GoTemplate} from './execute.ts';
import {goPrintf} from './printf.ts';

const {data, cases} = storedCases(new URL('template.cases.json', import.meta.url));

test.each(cases)('$text (missing keys allowed: $flag)', (one) => {
  sameAsGo(
    one,
    (write) => {
      try {
        goTemplatePrinter(one.text, {allowMissingKeys: one.flag === true}).print(data as object, write);
      } catch (error) {
        const says = (error as Error).message;
        const parse = `error parsing template ${one.text}, `;
        throw says.startsWith(parse) ? new Error(`parse: ${says.slice(parse.length)}`) : error;
      }
    },
    true,
  );
});

test.each(storedCases(new URL('printf.cases.json', import.meta.url)).cases)('printf $text $args', (one) => {
  sameAsGo(one, (write) =>
    write(
      goPrintf(
        one.text,
        one.args!.map((arg) => readJson(JSON.stringify(arg))),
      ),
    ),
  );
});

test('what was printed before an error stays printed', () => {
  let out = '';
  expect(() => new GoTemplate('{{.a}} {{.a.b}}').run({a: 'x'}, (text) => (out += text))).toThrow(
    'template: output:1:11: executing "output" at <.a.b>: can\'t evaluate field b in type interface {}',
  );
  expect(out).toBe('x ');
});

test('a template that calls itself for ever ends with an error', () => {
  expect(() => new GoTemplate('{{define "t"}}{{template "t"}}{{end}}{{template "t"}}').run({}, () => undefined)).toThrow();
});

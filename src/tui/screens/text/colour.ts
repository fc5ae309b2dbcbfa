// Colours for YAML and describe, line by line. A line's text is never changed, only its pieces named.
import {cleanLine} from '../../../base/text.ts';
import type {Span} from '../../text/line.ts';
import {span} from '../../text/line.ts';
import type {Token} from '../../theme/tokens.ts';

const yamlKey = /^(\s*(?:- )*)((?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s'"#:[\]{},&*!|>%@`-][^:#]*?|-[^\s:][^:]*?))(:)(?=\s|$)(.*)$/;

const valueToken = (value: string): Token => {
  const text = value.trim();
  if (/^(true|false|null|~)$/.test(text)) return 'code.keyword';
  if (/^-?\d+([.]\d+)?([eE][+-]?\d+)?$/.test(text)) return 'code.number';
  if (/^[|>][+-]?\d*$/.test(text) || /^(\{\}|\[\])$/.test(text)) return 'code.sign';
  return 'code.text';
};

/** Colours YAML. Lines of block texts keep one colour, so that `a: b` inside a script is not a key. */
export const colourYaml = (text: string): readonly (readonly Span[])[] => {
  let block: number | undefined;
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((raw) => {
      const line = cleanLine(raw);
      const indent = line.search(/\S/);
      if (block !== undefined) {
        if (indent < 0 || indent > block) return [span(line, 'code.text')];
        block = undefined;
      }
      if (indent >= 0 && line.startsWith('#', indent)) return [span(line, 'code.comment')];
      const match = yamlKey.exec(line);
      if (match === null) {
        const item = /^(\s*(?:- )+)(.*)$/.exec(line);
        if (item === null) return [span(line, line === '---' ? 'code.sign' : 'code.text')];
        return [span(item[1] ?? '', 'code.sign'), span(item[2] ?? '', valueToken(item[2] ?? ''))];
      }
      const [, lead = '', key = '', colon = '', value = ''] = match;
      if (/^\s*[|>][+-]?\d*\s*$/.test(value)) block = lead.replaceAll('-', ' ').length - (lead.includes('-') ? 0 : 0);
      return [
        span(lead, 'code.sign'),
        span(key, 'code.key'),
        span(colon, 'code.sign'),
        ...(value === '' ? [] : [span(value, valueToken(value))]),
      ];
    });
};

/** Colours what describe prints: labels, and words that mean trouble. */
export const colourDescribe = (text: string): readonly (readonly Span[])[] =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .map((raw) => {
      const line = cleanLine(raw.replaceAll('\t', '  '));
      const warning = /^(\s+)(Warning)(\s+.*)$/.exec(line);
      if (warning !== null) return [span(warning[1] ?? ''), span(warning[2] ?? '', 'tone.warn'), span(warning[3] ?? '')];
      const match = /^(\s*)([A-Z][^:]{0,40}:)(\s+)?(.*)$/.exec(line);
      if (match === null) return [span(line, ...(/^\s*-{3,}/.test(line) ? (['muted'] as const) : []))];
      const [, lead = '', label = '', between = '', value = ''] = match;
      const bad = /\b(CrashLoopBackOff|ImagePullBackOff|ErrImagePull|OOMKilled|Error|Failed|Unknown)\b/.test(value);
      return [
        span(lead),
        span(label, lead === '' ? 'code.key' : 'accent'),
        span(between),
        ...(value === '' ? [] : [span(value, ...(bad ? (['tone.bad'] as const) : []))]),
      ];
    });

// Says what is wrong with a YAML text in the words of Go's yaml.v2, as far as js-yaml's complaints tell.

/** What js-yaml found, and where. */
export type YamlComplaint = {readonly reason: string; readonly line: number};

const SAYS: readonly (readonly [RegExp, string])[] = [
  [/tab characters must not be used|unexpected tab/, 'found character that cannot start any token'],
  [/a multiline key may not be an implicit key|expected ':' after a mapping key/, "could not find expected ':'"],
  [/bad indentation of a mapping entry/, 'did not find expected key'],
  [/bad indentation of a sequence entry/, "did not find expected '-' indicator"],
  [/missed comma|within a flow collection|expected the node content/, "did not find expected ',' or '}'"],
  [/quoted scalar/, 'found unexpected end of stream'],
  [/unknown escape sequence/, 'found unknown escape character'],
  [/expected hexadecimal character/, 'did not find expected hexdecimal number'],
  [/unidentified alias "(.*)"/, "unknown anchor '$1' referenced"],
  [/non-printable/, 'control characters are not allowed'],
  [/end of the stream or a document separator is expected/, 'did not find expected <document start>'],
  [/deficient indentation/, 'did not find expected key'],
  [/unknown directive|directive/, 'found unknown directive name'],
];

/** `yaml: line 3: …` for a complaint; `line` counts from 0. */
export const yamlErrorText = ({reason, line}: YamlComplaint, source: string): string => {
  if (/^(?:unsupported map key|yaml: invalid map key)/.test(reason)) return reason;
  const lines = source.split('\n');
  const here = lines[line] ?? '';
  if (/^\s*[^\s#'"-][^#]*: .*: /.test(here) && /mapping|multiline/.test(reason)) {
    return `yaml: line ${line + 1}: mapping values are not allowed in this context`;
  }
  for (const [pattern, text] of SAYS) {
    const match = pattern.exec(reason);
    if (match === null) continue;
    const said = text.replace('$1', match[1] ?? '');
    if (said.startsWith('unknown anchor') || said.startsWith('control characters')) return `yaml: ${said}`;
    return `yaml: line ${line + 1}: ${said}`;
  }
  return `yaml: line ${line + 1}: ${reason}`;
};

// Manifests as text: YAML or JSON streams split into documents, each read as kubectl reads it (YAML 1.1, lossless numbers).
import {readJson} from '../../base/json/read.ts';
import {KdeckError, messageOf} from '../../base/errors.ts';

/** One document: its value, and the JSON text that error messages quote. */
export type Document = {readonly value: unknown};

/** Text of a file in the encoding its byte order mark names, UTF-8 without one. */
export const decodeText = (bytes: Buffer): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2))).swap16().toString('utf16le');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
};

const parseError = (source: string, detail: string): KdeckError => new KdeckError('KD-RESOLVE-PARSE', `error parsing ${source}: ${detail}`);

/** End of the JSON value that starts at `from`; -1 when it is not complete. */
const endOfJson = (text: string, from: number): number => {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      at += 1;
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    } else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
};

/** Documents of a text, empty ones and `null` left out. Throws what kubectl says about the first that cannot be read. */
export async function* readDocuments(text: string, source: string): AsyncGenerator<unknown> {
  if (/^\s*\{/.test(text)) {
    yield* readJsonStream(text, source);
    return;
  }
  for (const part of splitYaml(text)) {
    if (/^\s*\{/.test(part)) {
      yield* readJsonStream(part, source);
      continue;
    }
    const {readYaml} = await import('./read-yaml.ts');
    let value;
    try {
      value = readYaml(part);
    } catch (error) {
      throw parseError(source, `error converting YAML to JSON: ${messageOf(error)}`);
    }
    if (value !== null && value !== undefined) yield value;
  }
}

function* readJsonStream(text: string, source: string): Generator<unknown> {
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/.test(text[at]!)) at += 1;
    if (at >= text.length) return;
    if (text.startsWith('---', at)) {
      at += 3;
      continue;
    }
    const end = endOfJson(text, at);
    if (end === -1) throw parseError(source, 'unexpected EOF');
    let value;
    try {
      value = readJson(text.slice(at, end));
    } catch (error) {
      throw parseError(source, `json: ${messageOf(error)}`);
    }
    at = end;
    if (value !== null) yield value;
  }
}

// Go cuts at lines that start with `---`; what follows on that line belongs to the next document.
const splitYaml = (text: string): readonly string[] => {
  const parts = text.split(/^---(?=[ \t\r\n]|$)[ \t]*\r?\n?/m);
  return parts.filter((part) => part.trim() !== '');
};

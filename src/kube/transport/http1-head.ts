// The heads of HTTP/1.1 messages: writes that of a request, reads that of an answer.
import type {WireHeaders, WireRequest, WireResponse} from './wire.ts';

/** Status and headers of an answer, and how its body is framed. */
export type AnswerHead = {
  readonly status: number;
  readonly headers: WireResponse['headers'];
  /** Bytes of the body; `chunked`, or `close` when only the end of the connection ends it. */
  readonly framing: number | 'chunked' | 'close';
  /** The connection may be used again afterwards. */
  readonly keeps: boolean;
};

/** What came is no HTTP. */
export const malformed = (reason: string): Error =>
  Object.assign(new Error(`malformed HTTP response: ${reason}`), {code: 'HPE_INVALID', reason});

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// A line break in a value would be a header, or a request, of its own.
const NO_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
const NO_PATH = /[^\x21-\xff]/;

const invalid = (what: string): Error => Object.assign(new TypeError(`Invalid character in ${what}`), {code: 'ERR_INVALID_CHAR'});

/** The head of a request, Latin-1. Throws for characters that would end a line or a word. */
export const requestHead = (request: WireRequest, host: string): string => {
  if (!TOKEN.test(request.method)) throw invalid('the method');
  if (NO_PATH.test(request.path)) throw invalid('the path');
  const headers: Record<string, WireHeaders[string]> = {host};
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
  if (request.body !== undefined) headers['content-length'] = String(Buffer.byteLength(request.body));
  else if (WITH_BODY.has(request.method)) headers['content-length'] = '0';
  let text = `${request.method} ${request.path} HTTP/1.1\r\n`;
  for (const [name, values] of Object.entries(headers)) {
    if (!TOKEN.test(name)) throw invalid('a header name');
    for (const value of typeof values === 'string' ? [values] : values) {
      if (NO_VALUE.test(value)) throw invalid(`header content ["${name}"]`);
      text += `${name}: ${value}\r\n`;
    }
  }
  return `${text}\r\n`;
};

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

// Meaningful once only: the first is taken, as Node does.
const SINGLE = new Set(['age', 'content-encoding', 'content-type', 'etag', 'last-modified', 'location', 'retry-after', 'server']);

/** Reads a head, without the empty line at its end. Throws `malformed`. */
export const answerHead = (text: string, method: string): AnswerHead => {
  const lines = text.split(/\r?\n/);
  const start = /^HTTP\/1\.([01]) (\d{3})(?: |$)/.exec(lines[0] ?? '');
  if (start === null) throw malformed(JSON.stringify((lines[0] ?? '').slice(0, 100)));
  const status = Number(start[2]);
  const headers = headersOf(lines.slice(1));
  const connection = String(headers['connection'] ?? '').toLowerCase();
  const asks = start[1] === '1' ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection);
  const framing = framingOf(status, method, headers);
  return {status, headers, framing, keeps: asks && framing !== 'close'};
};

const headersOf = (lines: readonly string[]): Record<string, string | string[]> => {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    if (!TOKEN.test(name)) throw malformed(`invalid header line ${JSON.stringify(line.slice(0, 100))}`);
    const value = line.slice(colon + 1).trim();
    const before = headers[name];
    if (name === 'set-cookie') headers[name] = [...((before as string[] | undefined) ?? []), value];
    else if (before === undefined) headers[name] = value;
    else if (name === 'content-length') {
      if (before !== value) throw malformed('two lengths');
    } else if (!SINGLE.has(name)) headers[name] = `${before as string}, ${value}`;
  }
  return headers;
};

const framingOf = (status: number, method: string, headers: Readonly<Record<string, unknown>>): AnswerHead['framing'] => {
  if (status < 200 || status === 204 || status === 304 || method === 'HEAD') return 0;
  const encoding = headers['transfer-encoding'];
  if (encoding !== undefined) return /(?:^|,)\s*chunked\s*$/i.test(String(encoding)) ? 'chunked' : 'close';
  const length = headers['content-length'];
  if (length === undefined) return 'close';
  if (!/^\d{1,15}$/.test(String(length))) throw malformed(`invalid length ${JSON.stringify(length)}`);
  return Number(length);
};

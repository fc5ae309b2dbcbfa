// When no answer came at all: Node's error codes turned into the sentences kubectl users know.
import {KdeckError} from '../../base/errors.ts';

/** The server could not be reached, or went away in the middle. With a `KD-CONNECTION-` code the message is kubectl's whole line. */
export class ConnectionError extends KdeckError {
  /** The part after `Unable to connect to the server: `; Go's own words. */
  readonly detail: string;
  /** The connection was cut by the other side; a GET may be sent again. */
  readonly cut: boolean;

  constructor(code: string, message: string, detail: string, options: ConnectionErrorOptions = {}) {
    super(code, message, options);
    this.name = 'ConnectionError';
    this.detail = detail;
    this.cut = options.cut ?? false;
  }
}

type ConnectionErrorOptions = {
  readonly cause?: unknown;
  readonly cut?: boolean;
  readonly tryThis?: readonly string[];
};

/** No complete answer within the time given. */
export const timeoutError = (): ConnectionError => {
  const detail = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
  return new ConnectionError('KD-CONNECTION-TIMEOUT', `Unable to connect to the server: ${detail}`, detail);
};

/** The answer began and broke off, or was no HTTP body. */
export const brokenBodyError = (cause: unknown, hostText: string): Error => {
  const inner = connectionErrorOf(cause, hostText);
  if (!(inner instanceof ConnectionError)) return inner;
  const detail = inner.cut ? 'unexpected EOF' : inner.detail;
  const message = `unexpected error when reading response body. Please retry. Original error: ${detail}`;
  return new ConnectionError('KD-ANSWER-BROKEN', message, detail, {cause, cut: true});
};

/** The error for something a socket, TLS or HTTP layer threw. Aborts and our own errors pass unchanged. */
export const connectionErrorOf = (thrown: unknown, hostText: string): Error => {
  if (thrown instanceof KdeckError) return thrown;
  const error = rootOf(thrown);
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return error;
  const code = error.code ?? '';
  if (code === 'ECONNREFUSED') {
    return new ConnectionError(
      'KD-CONNECTION-REFUSED',
      `The connection to the server ${hostText} was refused - did you specify the right host or port?`,
      'connection refused',
      {cause: thrown, tryThis: ['kubectl config view --minify', 'kubectl cluster-info']},
    );
  }
  const {kind, detail, cut} = describe(error, code, hostText);
  return new ConnectionError(`KD-CONNECTION-${kind}`, `Unable to connect to the server: ${detail}`, detail, {cause: thrown, cut});
};

type NodeError = Error & {
  code?: string;
  hostname?: string;
  errors?: NodeError[];
  cert?: {valid_from?: string; valid_to?: string};
  reason?: string;
  host?: string;
  library?: string;
};

// Happy eyeballs and undici wrap what happened; the first inner error tells it.
const rootOf = (thrown: unknown): NodeError => {
  const error = (thrown instanceof Error ? thrown : new Error(String(thrown))) as NodeError;
  const first = error.errors?.[0];
  if (first !== undefined) return rootOf(first);
  const inner = error.cause;
  if (inner instanceof Error && (error.code === undefined || error.code.startsWith('UND_ERR'))) return rootOf(inner);
  return error;
};

const CUT = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_INFO',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_HTTP2_STREAM_ERROR',
  'ERR_HTTP2_GOAWAY_SESSION',
  'ERR_HTTP2_SESSION_ERROR',
  'Z_BUF_ERROR',
]);

const describe = (
  error: NodeError,
  code: string,
  hostText: string,
): {readonly kind: string; readonly detail: string; readonly cut: boolean} => {
  const plain = (kind: string, detail: string, cut = false) => ({kind, detail, cut});
  switch (code) {
    case 'ENOTFOUND':
      return plain('UNKNOWN-HOST', `dial tcp: lookup ${error.hostname ?? hostText}: no such host`);
    case 'EAI_AGAIN':
      return plain('UNKNOWN-HOST', `dial tcp: lookup ${error.hostname ?? hostText}: Temporary failure in name resolution`);
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return plain('TIMEOUT', `dial tcp ${hostText}: i/o timeout`);
    case 'EHOSTUNREACH':
      return plain('UNREACHABLE', `dial tcp ${hostText}: connect: no route to host`);
    case 'ENETUNREACH':
      return plain('UNREACHABLE', `dial tcp ${hostText}: connect: network is unreachable`);
    case 'ECONNRESET':
    case 'EPIPE':
      return plain(
        'CUT',
        /socket hang up|other side closed|aborted|disconnected/.test(error.message)
          ? 'EOF'
          : `read tcp ${hostText}: connection reset by peer`,
        true,
      );
    default:
  }
  if (CUT.has(code)) return plain('CUT', code.startsWith('ERR_HTTP2') ? 'http2: client connection lost' : 'EOF', true);
  const tls = tlsDetail(error, code);
  if (tls !== undefined) return plain('TLS', tls);
  if (code.startsWith('HPE_')) return plain('GARBAGE', `malformed HTTP response: ${error.reason ?? error.message}`);
  return plain('FAILED', error.message);
};

// Go's verification errors for the ones OpenSSL reports.
const tlsDetail = (error: NodeError, code: string): string | undefined => {
  switch (code) {
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_SIGNATURE_FAILURE':
      return 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
    case 'CERT_HAS_EXPIRED':
      return 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: the certificate has expired';
    case 'CERT_NOT_YET_VALID':
      return 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: it is not valid yet';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `tls: failed to verify certificate: x509: ${altNames(error)}`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return /wrong version number|packet length too long|http request/i.test(error.message)
        ? 'http: server gave HTTP response to HTTPS client'
        : `tls: ${error.reason ?? error.message}`;
    default:
      if (!code.startsWith('ERR_SSL_') && !code.startsWith('ERR_OSSL_') && !code.startsWith('ERR_TLS_')) return undefined;
      return alertText(error) ?? `tls: ${(error.reason ?? error.message).toLowerCase()}`;
  }
};

// For a name Go lists the names of the certificate, for an address its addresses.
const altNames = (error: NodeError): string => {
  const byName = /Host: (.+?)\. is not in the cert's altnames: (.*)$/s.exec(error.message);
  const match = byName ?? /IP: (.+?) is not in the cert's list: ?(.*)$/s.exec(error.message);
  const host = match?.[1] ?? error.host ?? '';
  const entries = (match?.[2] ?? '').split(', ').filter((entry) => entry !== '');
  const names = byName === null ? entries : entries.filter((entry) => entry.startsWith('DNS:')).map((entry) => entry.slice(4));
  if (names.length > 0) return `certificate is valid for ${names.join(', ')}, not ${host}`;
  return byName === null
    ? `cannot validate certificate for ${host} because it doesn't contain any IP SANs`
    : `certificate is not valid for any names, but wanted to match ${host}`;
};

const alertText = (error: NodeError): string | undefined => {
  const alert = /alert ([a-z ]+)/.exec(error.message)?.[1]?.trim();
  return alert === undefined ? undefined : `remote error: tls: ${alert}`;
};

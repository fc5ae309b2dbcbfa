// How the API server says no: one error class made from `Status` bodies, or from whatever else a server or proxy answered.
import {KdeckError} from '../base/errors.ts';
import {decodeStatus} from './status-protobuf.ts';
import type {Status} from './types/object.ts';

/** An answer of 400 and more. The message is the server's sentence, without kubectl's prefix. */
export class StatusError extends KdeckError {
  readonly status: Status;
  /** HTTP status code. */
  readonly httpStatus: number;

  constructor(status: Status, httpStatus: number = status.code ?? 500, options: {readonly cause?: unknown} = {}) {
    const message = status.message ?? '';
    super(codeOf(status, httpStatus), message === '' ? fallbackMessage(httpStatus) : message, {
      tryThis: adviceFor(status, message),
      ...options,
    });
    this.name = 'StatusError';
    this.status = status;
    this.httpStatus = httpStatus;
  }

  /** The machine-readable reason, such as `NotFound`; empty when the server gave none. */
  get reason(): string {
    return this.status.reason ?? '';
  }
}

/** True for a StatusError with this reason. */
export const isStatus = (error: unknown, reason: string): error is StatusError =>
  error instanceof StatusError && error.reason === reason;

/** The error with kubectl's words in front of its message, keeping the rest of the Status. */
export const withStatusMessage = (error: StatusError, message: string): StatusError =>
  new StatusError({...error.status, message}, error.httpStatus, {cause: error});

/** What is known about the request that failed; used when the answer itself says little. */
export type FailedRequest = {readonly method: string; readonly path: string; readonly retryAfterSeconds?: number | undefined};

/** The error of an answer: its Status body when it has one, else client-go's generic sentence for the code. */
export const statusErrorOf = (
  httpStatus: number,
  body: Buffer,
  contentType: string | undefined,
  request: FailedRequest,
): StatusError => {
  const status = decodeStatus(body) ?? parseStatus(body.toString('utf8'));
  if (status !== undefined) return new StatusError(status, status.code ?? httpStatus);
  const isText = contentType === undefined || contentType.trim() === '' || contentType.trimStart().startsWith('text/');
  const text = isText ? body.toString('utf8').slice(0, 2048).trim() : 'unknown';
  return new StatusError(genericStatus(httpStatus, text, request), httpStatus);
};

const parseStatus = (body: string): Status | undefined => {
  if (!body.trimStart().startsWith('{')) return undefined;
  try {
    const parsed = JSON.parse(body) as Partial<Status>;
    return parsed.kind === 'Status' ? (parsed as Status) : undefined;
  } catch {
    return undefined;
  }
};

// Sentences of NewGenericServerResponse in apimachinery; `text` is what the server or a proxy wrote instead of a Status.
const genericStatus = (code: number, text: string, request: FailedRequest): Status => {
  let reason = 'Unknown';
  let message = `the server responded with the status code ${code} but did not return more information`;
  const known = GENERIC[code];
  if (known !== undefined) {
    reason = code === 409 && request.method === 'POST' ? 'AlreadyExists' : known[0];
    message = known[1] ?? text;
    if (code === 406 && (text === '' || text === 'unknown')) {
      message = 'the server was unable to respond with a content type that the client supports';
    }
  } else if (code >= 500) {
    reason = 'InternalError';
    message = `an error on the server (${JSON.stringify(text)}) has prevented the request from succeeding`;
  }
  const target = resourceOf(request.path);
  if (target !== undefined) message += ` (${request.method.toLowerCase()} ${target.text})`;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message,
    reason,
    code,
    details: {
      ...(target === undefined ? {} : {group: target.group, kind: target.plural}),
      ...(target?.name === undefined ? {} : {name: target.name}),
      causes: [{reason: 'UnexpectedServerResponse', message: text}],
      ...(request.retryAfterSeconds === undefined ? {} : {retryAfterSeconds: request.retryAfterSeconds}),
    },
  };
};

// An entry without a sentence keeps the server's own text: it says who may not do what.
const GENERIC: Readonly<Record<number, readonly [reason: string, message?: string]>> = {
  400: ['BadRequest', 'the server rejected our request for an unknown reason'],
  401: ['Unauthorized', 'the server has asked for the client to provide credentials'],
  403: ['Forbidden'],
  404: ['NotFound', 'the server could not find the requested resource'],
  405: ['MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  406: ['NotAcceptable'],
  409: ['Conflict', 'the server reported a conflict'],
  415: ['UnsupportedMediaType'],
  422: ['Invalid', 'the server rejected our request due to an error in our request'],
  429: ['TooManyRequests', 'the server has received too many requests and has asked us to try again later'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: ['Timeout', 'the server was unable to return a response in the time allotted, but may still be processing the request'],
};

/** `GET /apis/apps/v1/namespaces/x/deployments/y` is about `deployments.apps y`. */
const resourceOf = (
  path: string,
): {readonly group: string; readonly plural: string; readonly name?: string; readonly text: string} | undefined => {
  const match = /^\/(?:api\/[^/]+|apis\/([^/]+)\/[^/]+)\/(?:namespaces\/[^/]+\/(?=[^/]+))?([^/?]+)(?:\/([^/?]+))?/.exec(path);
  const plural = match?.[2];
  if (plural === undefined) return undefined;
  const group = match?.[1] ?? '';
  const name = match?.[3] === undefined ? undefined : decodeURIComponent(match[3]);
  const type = group === '' ? plural : `${plural}.${group}`;
  return {group, plural, ...(name === undefined ? {} : {name}), text: name === undefined ? type : `${type} ${name}`};
};

const fallbackMessage = (httpStatus: number): string =>
  `the server responded with the status code ${httpStatus} but did not return more information`;

const codeOf = (status: Status, httpStatus: number): string => {
  const reason = status.reason ?? '';
  if (reason === '' || reason === 'Unknown') return `KD-SERVER-${httpStatus}`;
  return `KD-SERVER-${reason.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toUpperCase()}`;
};

const FORBIDDEN = /cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/;

const adviceFor = (status: Status, message: string): readonly string[] => {
  if (status.reason !== 'Forbidden') return [];
  const match = FORBIDDEN.exec(message);
  if (match === null) return [];
  const [, verb, resource, group, namespace] = match;
  const [plural, subresource] = (resource ?? '').split('/');
  const type = group ? `${plural}.${group}` : plural;
  const flags = `${subresource === undefined ? '' : ` --subresource=${subresource}`}${namespace === undefined ? '' : ` -n ${namespace}`}`;
  return [`kubectl auth can-i ${verb} ${type}${flags}`];
};

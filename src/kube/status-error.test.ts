// Refusals of a server: Status in JSON and protobuf, and client-go's sentences for answers that are neither.
import {describe, expect, test} from 'vitest';
import {isStatus, StatusError, statusErrorOf, withStatusMessage} from './status-error.ts';

const of = (
  code: number,
  body: string | Buffer,
  type?: string,
  request: Partial<Parameters<typeof statusErrorOf>[3]> = {},
): StatusError =>
  statusErrorOf(code, Buffer.from(body as string), type, {method: 'GET', path: '/api/v1/namespaces/ns/pods/web', ...request});

test('a Status body is the error', () => {
  const error = of(
    404,
    JSON.stringify({
      kind: 'Status',
      status: 'Failure',
      message: 'pods "web" not found',
      reason: 'NotFound',
      details: {name: 'web', kind: 'pods'},
      code: 404,
    }),
  );
  expect(error).toMatchObject({
    code: 'KD-SERVER-NOT-FOUND',
    message: 'pods "web" not found',
    reason: 'NotFound',
    httpStatus: 404,
    exitCode: 1,
  });
  expect(isStatus(error, 'NotFound')).toBe(true);
  expect(isStatus(error, 'Forbidden')).toBe(false);
  expect(isStatus(new Error('x'), 'NotFound')).toBe(false);
});

test('other words before the message keep the rest', () => {
  const error = of(409, JSON.stringify({kind: 'Status', message: 'already there', reason: 'AlreadyExists', code: 409}));
  const wrapped = withStatusMessage(error, `error when creating "f.yaml": ${error.message}`);
  expect(wrapped).toMatchObject({
    message: 'error when creating "f.yaml": already there',
    code: 'KD-SERVER-ALREADY-EXISTS',
    status: {reason: 'AlreadyExists'},
  });
  expect(wrapped.cause).toBe(error);
});

test('a Status in protobuf is read too', () => {
  // What kube-apiserver answers to a GET of a missing pod with Accept: application/vnd.kubernetes.protobuf.
  const body = Buffer.from(
    'azhzAAoMCgJ2MRIGU3RhdHVzEkMKBgoAEgAaABIHRmFpbHVyZRoScG9kcyAieCIgbm90IGZvdW5kIghOb3RGb3VuZCoPCgF4EgAaBHBvZHMoADIAMJQDGgAiAA==',
    'base64',
  );
  const error = statusErrorOf(404, body, 'application/vnd.kubernetes.protobuf', {
    method: 'GET',
    path: '/api/v1/namespaces/d/pods/x',
  });
  expect(error).toMatchObject({
    message: 'pods "x" not found',
    reason: 'NotFound',
    httpStatus: 404,
    status: {kind: 'Status', status: 'Failure', code: 404, details: {name: 'x', kind: 'pods'}},
  });
  expect(statusErrorOf(500, body.subarray(0, 40), undefined, {method: 'GET', path: '/x'}).code).toMatch(/^KD-SERVER-/);
});

describe('answers that are no Status', () => {
  test.each([
    [400, 'GET', 'KD-SERVER-BAD-REQUEST', 'the server rejected our request for an unknown reason (get pods web)'],
    [401, 'GET', 'KD-SERVER-UNAUTHORIZED', 'the server has asked for the client to provide credentials (get pods web)'],
    [403, 'GET', 'KD-SERVER-FORBIDDEN', 'text of a proxy (get pods web)'],
    [404, 'GET', 'KD-SERVER-NOT-FOUND', 'the server could not find the requested resource (get pods web)'],
    [405, 'PUT', 'KD-SERVER-METHOD-NOT-ALLOWED', 'the server does not allow this method on the requested resource (put pods web)'],
    [406, 'GET', 'KD-SERVER-NOT-ACCEPTABLE', 'text of a proxy (get pods web)'],
    [409, 'POST', 'KD-SERVER-ALREADY-EXISTS', 'the server reported a conflict (post pods web)'],
    [409, 'PUT', 'KD-SERVER-CONFLICT', 'the server reported a conflict (put pods web)'],
    [415, 'PATCH', 'KD-SERVER-UNSUPPORTED-MEDIA-TYPE', 'text of a proxy (patch pods web)'],
    [422, 'PATCH', 'KD-SERVER-INVALID', 'the server rejected our request due to an error in our request (patch pods web)'],
    [
      429,
      'GET',
      'KD-SERVER-TOO-MANY-REQUESTS',
      'the server has received too many requests and has asked us to try again later (get pods web)',
    ],
    [503, 'GET', 'KD-SERVER-SERVICE-UNAVAILABLE', 'the server is currently unable to handle the request (get pods web)'],
    [
      504,
      'GET',
      'KD-SERVER-TIMEOUT',
      'the server was unable to return a response in the time allotted, but may still be processing the request (get pods web)',
    ],
    [
      500,
      'GET',
      'KD-SERVER-INTERNAL-ERROR',
      'an error on the server ("text of a proxy") has prevented the request from succeeding (get pods web)',
    ],
    [
      418,
      'GET',
      'KD-SERVER-418',
      'the server responded with the status code 418 but did not return more information (get pods web)',
    ],
  ])('%i to a %s', (code, method, kdeckCode, message) => {
    expect(of(code, 'text of a proxy\n', 'text/plain; charset=utf-8', {method})).toMatchObject({
      code: kdeckCode,
      message,
      httpStatus: code,
    });
  });

  test('a body that is no text is not shown', () => {
    expect(of(500, '\u0000\u0001', 'application/octet-stream').message).toBe(
      'an error on the server ("unknown") has prevented the request from succeeding (get pods web)',
    );
    expect(of(406, '', 'application/json').message).toContain('content type that the client supports');
  });

  test('the request is named by group and type', () => {
    expect(of(404, '', undefined, {path: '/apis/apps/v1/deployments'}).message).toBe(
      'the server could not find the requested resource (get deployments.apps)',
    );
    expect(of(404, '', undefined, {path: '/apis/apps/v1/namespaces/x/deployments/a/scale'}).message).toMatch(
      /\(get deployments\.apps a\)$/,
    );
    expect(of(404, '', undefined, {path: '/api/v1/namespaces/x'}).message).toMatch(/\(get namespaces x\)$/);
    expect(of(404, '', undefined, {path: '/version'}).message).toBe('the server could not find the requested resource');
  });
});

test('forbidden suggests the question to ask', () => {
  const forbidden = (message: string): readonly string[] =>
    new StatusError({kind: 'Status', reason: 'Forbidden', code: 403, message}).tryThis;
  expect(
    forbidden(
      'deployments.apps "web" is forbidden: User "u" cannot patch resource "deployments/scale" in API group "apps" in the namespace "shop"',
    ),
  ).toEqual(['kubectl auth can-i patch deployments.apps --subresource=scale -n shop']);
  expect(forbidden('nodes is forbidden: User "u" cannot list resource "nodes" in API group "" at the cluster scope')).toEqual([
    'kubectl auth can-i list nodes',
  ]);
  expect(forbidden('no such words')).toEqual([]);
});

// Port specs as kubectl reads them, for pods and Services.
import {expect, test} from 'vitest';
import {parsePorts, resolvePorts} from './ports.ts';

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name: 'p'},
  spec: {
    containers: [
      {
        name: 'c',
        ports: [
          {name: 'http', containerPort: 8080},
          {name: 'dns', containerPort: 53, protocol: 'UDP'},
        ],
      },
    ],
  },
} as never;
const service = (more: object = {}) =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {name: 's'},
    spec: {
      ports: [
        {name: 'www', port: 80, targetPort: 'http'},
        {name: 'plain', port: 81},
        {name: 'udp', port: 53, protocol: 'UDP'},
      ],
      ...more,
    },
  }) as never;

test.each([
  ['5000', {local: 5000, remote: 5000}],
  ['8888:5000', {local: 8888, remote: 5000}],
  [':5000', {local: 0, remote: 5000}],
  ['0:5000', {local: 0, remote: 5000}],
])('%s', (spec, pair) => {
  expect(parsePorts([spec])).toEqual([pair]);
});

test.each([
  ['a:80', 'error parsing local port \'a\': strconv.ParseUint: parsing "a": invalid syntax'],
  ['1:70000', 'error parsing remote port \'70000\': strconv.ParseUint: parsing "70000": value out of range'],
  ['1:0', 'remote port must be > 0'],
  ['1:2:3', "invalid port format '1:2:3'"],
])('%s is refused', (spec, message) => {
  expect(() => parsePorts([spec])).toThrow(message);
});

test('names of a pod and of a Service become numbers', () => {
  expect(resolvePorts(['http', '1:http', ':http'], pod, pod)).toEqual(
    ['http:8080', '1:8080', ':8080'].map((text, i) => (i === 0 ? '8080' : text)),
  );
  expect(resolvePorts(['www', '1:www', '80', '81', ':81'], service(), pod)).toEqual(['80:8080', '1:8080', '80:8080', '81', ':81']);
  expect(resolvePorts(['80'], service({clusterIP: 'None'}), pod)).toEqual(['80']);
});

test('what is not there, or not TCP, is told', () => {
  expect(() => resolvePorts(['nope'], pod, pod)).toThrow("Pod 'p' does not have a named port 'nope'");
  expect(() => resolvePorts(['dns'], pod, pod)).toThrow('UDP protocol is not supported for dns');
  expect(() => resolvePorts(['99'], service(), pod)).toThrow('Service s does not have a service port 99');
  expect(() => resolvePorts(['nope'], service(), pod)).toThrow("Service 's' does not have a named port 'nope'");
  expect(() => resolvePorts(['udp'], service(), pod)).toThrow('UDP protocol is not supported for udp');
});

// Which servers are reached through the proxy of the environment.
import {describe, expect, test} from 'vitest';
import {proxyFor} from './proxy.ts';

const through = (server: string, env: Record<string, string>): string | undefined =>
  proxyFor(new URL(server), undefined, env)?.href;

describe('the environment', () => {
  test('names one proxy for each scheme, upper case first', () => {
    const env = {HTTPS_PROXY: 'http://secure:3128', https_proxy: 'http://lower', http_proxy: 'plain:8080'};
    expect(through('https://api.example.com', env)).toBe('http://secure:3128/');
    expect(through('http://api.example.com', env)).toBe('http://plain:8080/');
    expect(through('https://api.example.com', {HTTP_PROXY: 'http://plain'})).toBeUndefined();
  });

  test('never stands before this machine', () => {
    for (const host of ['localhost', '127.0.0.1', '127.8.9.1', '[::1]'])
      expect(through(`https://${host}:6443`, {HTTPS_PROXY: 'http://p'})).toBeUndefined();
  });

  test.each([
    ['*', 'api.example.com', false],
    ['example.com', 'api.example.com', false],
    ['example.com', 'example.com', false],
    ['.example.com', 'api.example.com', false],
    ['.example.com', 'example.com', true],
    ['*.example.com', 'api.example.com', false],
    ['example.com', 'notexample.com', true],
    ['a.com, EXAMPLE.com', 'Api.Example.COM', false],
    ['example.com:6443', 'example.com:6443', false],
    ['example.com:443', 'example.com:6443', true],
    ['10.0.0.0/8', '10.2.3.4', false],
    ['10.0.0.0/8', '11.2.3.4', true],
    ['10.1.2.3', '10.1.2.3', false],
    ['10.1.2.3', '10.1.2.30', true],
    ['fd00::/16', '[fd00:1::1]', false],
    ['fd00::/16', '[fd01::1]', true],
    ['', 'example.com', true],
  ])('NO_PROXY=%s and %s: proxied is %s', (list, host, proxied) => {
    expect(through(`https://${host}`, {HTTPS_PROXY: 'http://p:1', NO_PROXY: list}) !== undefined).toBe(proxied);
  });

  test('a proxy of another kind is refused', () => {
    expect(() => through('https://api.example.com', {HTTPS_PROXY: 'ftp://p'})).toThrow(
      'unsupported scheme "ftp", must be http, https, or socks5',
    );
  });
});

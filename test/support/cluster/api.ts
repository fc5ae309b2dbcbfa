// A few requests to the run's own servers: enough to wait for them and to put the first objects in.
import {request as plainRequest} from 'node:http';
import {request as tlsRequest} from 'node:https';

export type Answer = {readonly status: number; readonly text: string};

export type Ask = {
  readonly method?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly authority?: string;
  readonly timeoutMs?: number;
};

/** One request on a connection of its own. Without an authority the server's certificate is not checked: loopback. */
export function ask(
  url: string,
  {method = 'GET', token, body, contentType, authority, timeoutMs = 5000}: Ask = {},
): Promise<Answer> {
  return new Promise((done, failed) => {
    const content = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const options = {
      method,
      agent: false as const,
      timeout: timeoutMs,
      headers: {
        ...(token === undefined ? {} : {authorization: `Bearer ${token}`}),
        ...(content === undefined
          ? {}
          : {'content-type': contentType ?? 'application/json', 'content-length': Buffer.byteLength(content)}),
      },
    };
    const request = url.startsWith('https:')
      ? tlsRequest(url, {...options, ...(authority === undefined ? {rejectUnauthorized: false} : {ca: authority})})
      : plainRequest(url, options);
    request.once('timeout', () => request.destroy(new Error(`no answer from ${url} within ${timeoutMs} ms`)));
    request.once('error', failed);
    request.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.once('error', failed);
      response.once('end', () => done({status: response.statusCode ?? 0, text}));
    });
    request.end(content);
  });
}

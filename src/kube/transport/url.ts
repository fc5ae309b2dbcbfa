// Request paths: the server's own prefix, the API path, and the query in Go's order and escaping.
import type {KubeRequest} from '../client.ts';

/** The path to send: `prefix` is the path of the server URL (`/` or `/k8s/clusters/c-1`). */
export const requestPath = (prefix: string, path: string, query: KubeRequest['query']): string => {
  const base = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
  const text = queryText(query);
  if (text === '') return base + path;
  return `${base}${path}${path.includes('?') ? '&' : '?'}${text}`;
};

const queryText = (query: KubeRequest['query']): string => {
  if (query === undefined) return '';
  const parts: string[] = [];
  for (const key of Object.keys(query).sort()) {
    const value = query[key];
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value])
      parts.push(`${escape(key)}=${escape(String(one))}`);
  }
  return parts.join('&');
};

// url.QueryEscape: spaces become plus signs, and the marks JavaScript leaves alone are escaped.
const escape = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

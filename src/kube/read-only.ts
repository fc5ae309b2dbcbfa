// The guard of read-only sessions: what would change a cluster is refused before a byte is sent.
import {KdeckError} from '../base/errors.ts';
import type {KubeRequest} from './client.ts';

/** Throws when a request would change something; dry runs and access reviews pass. */
export const refuseMutation = (request: KubeRequest): void => {
  const method = request.method ?? 'GET';
  const path = plainPath(request.path);
  if (method === 'GET') {
    if (SHELLS.test(path)) throw refusal(`open ${path.split('/').at(-1)}`);
    return;
  }
  // Whatever a caller says of itself, only reviews change nothing.
  if (request.harmless === true && REVIEWS.test(path)) return;
  if (!isDryRun(request)) throw refusal(VERBS[method] ?? method);
};

/** Throws for every upgrade but port-forward, which only carries bytes: all others run something somewhere. */
export const refuseUpgrade = (request: KubeRequest): void => {
  const path = plainPath(request.path);
  if (!FORWARDS.test(path)) throw refusal(`open ${path.split('/').at(-1)}`);
};

// A node's proxy leads to the kubelet, which runs commands too.
const SHELLS =
  /^\/api\/v1\/(?:namespaces\/[^/]+\/pods\/[^/]+\/(?:exec|attach)|nodes\/[^/]+\/proxy\/(?:exec|attach|run|cri)(?:\/.*)?)$/i;
const FORWARDS = /^\/api\/v1\/namespaces\/[^/]+\/pods\/[^/]+\/portforward$/;
const REVIEWS = /^\/apis\/(?:authorization|authentication)\.k8s\.io\/[^/]+\/(?:namespaces\/[^/]+\/)?[a-z]+reviews$/;

// The server sees through escapes and doubled slashes, so the guard has to.
const plainPath = (path: string): string => {
  const end = path.search(/[?#]/);
  const bare = end < 0 ? path : path.slice(0, end);
  let decoded = bare;
  try {
    decoded = decodeURIComponent(bare);
  } catch {
    // Not an escape: it stays as it is.
  }
  return decoded.replace(/\/{2,}/g, '/').replace(/\/$/, '');
};

const VERBS: Readonly<Record<string, string>> = {POST: 'create', PUT: 'replace', PATCH: 'change', DELETE: 'delete'};

// `dryRun=All` on the URL is what the server obeys; anything else writes.
const isDryRun = ({query, path}: KubeRequest): boolean => {
  const given = query?.['dryRun'];
  const values = given === undefined ? [] : Array.isArray(given) ? given : [given];
  return !path.includes('?') && values.length > 0 && values.every((value) => value === 'All');
};

const refusal = (verb: string): KdeckError =>
  new KdeckError('KD-READONLY', `This session is read-only, so kdeck did not ask the server to ${verb} anything.`, {
    tryThis: ['Run again without --readonly, or with --readonly=false.', 'Turn off readonly for this context in the kdeck config.'],
  });

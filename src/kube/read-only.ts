// The guard of read-only sessions: what would change a cluster is refused before a byte is sent.
import {KdeckError} from '../base/errors.ts';
import type {KubeRequest} from './client.ts';

/** Throws when a request would change something; dry runs and access reviews pass. */
export const refuseMutation = (request: KubeRequest): void => {
  const method = request.method ?? 'GET';
  if (method === 'GET') {
    // The proxy, exec and attach subresources do whatever the other end does with a GET.
    if (UPGRADES.test(request.path)) throw refusal(`open ${request.path.split('/').at(-1)}`);
    return;
  }
  if (request.harmless === true || isDryRun(request)) return;
  throw refusal(VERBS[method] ?? method);
};

/** Throws when an upgrade would let somebody type into a container; port-forward only carries bytes and passes. */
export const refuseUpgrade = (request: KubeRequest): void => {
  if (UPGRADES.test(request.path)) throw refusal(`open ${request.path.split('/').at(-1)}`);
};

const UPGRADES = /^\/api\/v1\/namespaces\/[^/]+\/pods\/[^/]+\/(?:exec|attach)\/?$/;
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

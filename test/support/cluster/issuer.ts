// The OIDC issuer of a run: discovery, keys, the refresh_token and client_credentials grants, and controls for tests.
import {readFileSync} from 'node:fs';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {createServer} from 'node:https';
import {join} from 'node:path';
import {readJson} from './files.ts';
import {runPathsAt} from './paths.ts';
import {issuerUrl, type Plan} from './plan.ts';
import {people, signToken, webKey, type TokenFor} from './tokens.ts';

/** How the token endpoint behaves; tests set it. */
export type IssuerBehaviour = {
  /** `revoked` answers invalid_grant, `broken` answers 500, `silent` never answers. */
  readonly refresh: 'works' | 'revoked' | 'broken' | 'silent';
  readonly exec: 'works' | 'broken';
  /** Whether a refresh token is good only once and each refresh gives the next. */
  readonly isRotating: boolean;
  readonly oidcLifetimeSeconds: number;
  readonly execLifetimeSeconds: number;
};

/** How often the issuer gave which token. */
export type IssuerCounts = {readonly refreshes: number; readonly execTokens: number; readonly refusals: number};

const paths = runPathsAt(process.argv[2] ?? '');
const plan = readJson(paths.plan) as Plan;
const key = readFileSync(join(paths.pki, 'issuer-signing.key'), 'utf8');
const issuer = issuerUrl(plan);

const usual: IssuerBehaviour = {
  refresh: 'works',
  exec: 'works',
  isRotating: false,
  oidcLifetimeSeconds: people.oidc.lifetimeSeconds,
  execLifetimeSeconds: people.exec.lifetimeSeconds,
};
let behaviour = usual;
let counts: IssuerCounts = {refreshes: 0, execTokens: 0, refusals: 0};
let refreshNumber = 1;

type Reply = {readonly status: number; readonly body: unknown} | 'silence';

function refuse(status: number, error: string, description: string): Reply {
  counts = {...counts, refusals: counts.refusals + 1};
  return {status, body: {error, error_description: description}};
}

function refresh(given: string): Reply {
  if (behaviour.refresh === 'silent') return 'silence';
  if (behaviour.refresh === 'broken') return refuse(500, 'server_error', 'the issuer is broken');
  const number = Number(/^refresh-olive-(\d+)$/.exec(given)?.[1] ?? 0);
  const isCurrent = behaviour.isRotating ? number === refreshNumber : number >= 1 && number <= refreshNumber;
  if (behaviour.refresh === 'revoked' || !isCurrent) return refuse(400, 'invalid_grant', 'the refresh token is not valid any more');
  if (behaviour.isRotating) refreshNumber++;
  counts = {...counts, refreshes: counts.refreshes + 1};
  const lifetimeSeconds = behaviour.oidcLifetimeSeconds;
  const token = signToken(key, issuer, {...people.oidc, lifetimeSeconds});
  return {
    status: 200,
    body: {
      access_token: token,
      id_token: token,
      refresh_token: `refresh-${people.oidc.user}-${behaviour.isRotating ? refreshNumber : number}`,
      token_type: 'Bearer',
      expires_in: lifetimeSeconds,
    },
  };
}

function execToken(): Reply {
  if (behaviour.exec === 'broken') return refuse(400, 'access_denied', 'the login has expired');
  counts = {...counts, execTokens: counts.execTokens + 1};
  const lifetimeSeconds = behaviour.execLifetimeSeconds;
  const token = signToken(key, issuer, {...people.exec, lifetimeSeconds});
  return {status: 200, body: {access_token: token, id_token: token, token_type: 'Bearer', expires_in: lifetimeSeconds}};
}

function control(path: string, request: IncomingMessage, body: string): Reply {
  if (request.headers.authorization !== `Bearer ${plan.controlToken}`) return {status: 401, body: {}};
  if (path === '/control/sign') return {status: 200, body: {token: signToken(key, issuer, JSON.parse(body) as TokenFor)}};
  if (path === '/control/reset') {
    behaviour = usual;
    counts = {refreshes: 0, execTokens: 0, refusals: 0};
  } else if (request.method === 'POST') {
    behaviour = {...behaviour, ...(JSON.parse(body) as Partial<IssuerBehaviour>)};
  }
  return {status: 200, body: {behaviour, counts}};
}

function reply(request: IncomingMessage, body: string): Reply {
  const {pathname} = new URL(request.url ?? '/', issuer);
  if (pathname.startsWith('/control')) return control(pathname, request, body);
  if (pathname === '/.well-known/openid-configuration') {
    return {
      status: 200,
      body: {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['id_token', 'code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256'],
        grant_types_supported: ['refresh_token', 'client_credentials'],
      },
    };
  }
  if (pathname === '/keys') return {status: 200, body: {keys: [webKey(key)]}};
  if (pathname === '/token' && request.method === 'POST') {
    const form = new URLSearchParams(body);
    const grant = form.get('grant_type');
    if (grant === 'refresh_token') return refresh(form.get('refresh_token') ?? '');
    if (grant === 'client_credentials') return execToken();
    return refuse(400, 'unsupported_grant_type', `no grant ${grant}`);
  }
  return {status: 404, body: {error: 'not found'}};
}

function answer(response: ServerResponse, given: Reply): void {
  // Silence keeps the connection open, as a hung identity provider does.
  if (given === 'silence') return;
  response
    .writeHead(given.status, {'content-type': 'application/json', 'cache-control': 'no-store'})
    .end(JSON.stringify(given.body));
}

createServer(
  {cert: readFileSync(join(paths.pki, 'issuer.crt')), key: readFileSync(join(paths.pki, 'issuer.key'))},
  (request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.once('end', () => {
      try {
        answer(response, reply(request, body));
      } catch (error) {
        answer(response, {status: 400, body: {error: (error as Error).message}});
      }
    });
  },
).listen(plan.ports.issuer, '127.0.0.1');

// OpenID Connect tokens of the old `auth-provider`: used until they end, refreshed at the issuer, written back to the kubeconfig.
import {configError} from '../kubeconfig/config-error.ts';
import type {Connection} from '../kubeconfig/connection.ts';
import {serverTargetOf} from '../transport/server-target.ts';
import {ConnectionError} from '../transport/connection-error.ts';
import {openOnceTransport} from '../transport/once.ts';
import {readAll} from '../transport/body.ts';
import type {Transport} from '../transport/wire.ts';
import type {Credentials, Identity} from './credentials.ts';
import {LoginError} from './login-error.ts';
import type {CredentialSetting} from './setting.ts';
import {singleFlight} from './single-flight.ts';

// A token about to end is taken for ended: clocks differ.
const EXPIRY_DELTA_MS = 10_000;
const FAILURE_MEMORY_MS = 3000;

type OidcConfig = Readonly<Record<string, string>>;

/** Credentials of a user with `auth-provider: {name: oidc}`. */
export const oidcCredentials = (initial: OidcConfig, connection: Connection, setting: CredentialSetting): Credentials => {
  const issuer = initial['idp-issuer-url'] ?? '';
  if (issuer === '') throw configError('KD-CONFIG-OIDC', 'Must provide idp-issuer-url');
  if (!initial['client-id']) throw configError('KD-CONFIG-OIDC', 'Must provide client-id');
  let config = initial;
  let current: Identity | undefined;
  const now = (): number => setting.clock.now().getTime();

  const use = (idToken: string): Identity => {
    const authorization = `Bearer ${idToken}`;
    if (current?.headers['authorization'] !== authorization) current = {headers: {authorization}};
    return current;
  };
  const refresh = singleFlight(
    async (): Promise<Identity> => {
      const changes = await refreshTokens(config, issuer, setting).catch((error: unknown) => {
        throw unanswered(error, issuer, connection);
      });
      config = {...config, ...changes};
      await writeBack(config, connection, setting);
      return use(changes['id-token']);
    },
    now,
    FAILURE_MEMORY_MS,
  );

  return {
    identity: async () => {
      const idToken = config['id-token'] ?? '';
      if (idToken !== '' && expiryOf(idToken) > now() + EXPIRY_DELTA_MS) return use(idToken);
      if (!config['refresh-token']) {
        throw new LoginError('KD-LOGIN-EXPIRED', 'No valid id-token, and cannot refresh without refresh-token', {plugin: issuer});
      }
      return refresh();
    },
    renew: async (used) => {
      if (current !== undefined && current !== used) return true;
      if (!config['refresh-token']) return false;
      return (await refresh()) !== used;
    },
  };
};

/** When a token ends, in milliseconds since 1970. */
const expiryOf = (idToken: string): number => {
  const parts = idToken.split('.');
  if (parts.length !== 3) throw configError('KD-CONFIG-OIDC', 'ID Token is not a valid JWT');
  try {
    const {exp} = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8')) as {exp?: unknown};
    return Math.floor(Number(exp ?? 0)) * 1000;
  } catch (error) {
    throw configError('KD-CONFIG-OIDC', `parsing claims: ${(error as Error).message}`, [], error);
  }
};

type TokenChanges = {readonly 'id-token': string; readonly 'refresh-token'?: string};

const refreshTokens = async (config: OidcConfig, issuer: string, setting: CredentialSetting): Promise<TokenChanges> => {
  const endpoint = await tokenEndpoint(config, issuer, setting);
  const answer = await askForTokens(config, endpoint, setting);
  const idToken = answer['id_token'];
  if (typeof idToken !== 'string') {
    throw failed(
      issuer,
      'token response did not contain an id_token, either the scope "openid" wasn\'t requested upon login, or the provider doesn\'t support id_tokens as part of the refresh response',
    );
  }
  const next = answer['refresh_token'];
  const isNew = typeof next === 'string' && next !== '' && next !== config['refresh-token'];
  return {'id-token': idToken, ...(isNew ? {'refresh-token': next} : {})};
};

const tokenEndpoint = async (config: OidcConfig, issuer: string, setting: CredentialSetting): Promise<URL> => {
  const url = new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const {status, text} = await exchange(url, config, setting, 'GET', {});
  if (status !== 200) {
    const body = text.length > 80 ? `${text.slice(0, 80)}...` : text;
    throw failed(issuer, `oidc: failed to query metadata endpoint ${status}: ${JSON.stringify(body)}`);
  }
  const endpoint = parseObject(text)?.['token_endpoint'];
  if (typeof endpoint !== 'string') throw failed(issuer, "oidc: discovery object doesn't contain a token_endpoint");
  return new URL(endpoint);
};

/** Some issuers want the client's name and secret in a header, others in the form; golang.org/x/oauth2 tries both. */
const askForTokens = async (
  config: OidcConfig,
  endpoint: URL,
  setting: CredentialSetting,
): Promise<Readonly<Record<string, unknown>>> => {
  const form: Record<string, string> = {grant_type: 'refresh_token', refresh_token: config['refresh-token'] ?? ''};
  const id = config['client-id'] ?? '';
  const secret = config['client-secret'] ?? '';
  const login = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64');
  const inForm = {...form, client_id: id, ...(secret === '' ? {} : {client_secret: secret})};
  let last = {status: 0, text: ''};
  for (const [headers, fields] of [
    [{authorization: `Basic ${login}`}, form],
    [{}, inForm],
  ] as const) {
    last = await exchange(endpoint, config, setting, 'POST', headers, new URLSearchParams(fields).toString());
    const answer = last.status === 200 ? parseObject(last.text) : undefined;
    if (answer !== undefined) return answer;
  }
  const problem = parseObject(last.text);
  const detail =
    typeof problem?.['error'] === 'string'
      ? `oauth2: ${JSON.stringify(problem['error'])}${typeof problem['error_description'] === 'string' ? ` ${JSON.stringify(problem['error_description'])}` : ''}`
      : `oauth2: cannot fetch token: ${last.status}\nResponse: ${last.text.slice(0, 1024)}`;
  throw failed(config['idp-issuer-url'] ?? '', `failed to refresh token: ${detail}`);
};

const exchange = async (
  url: URL,
  config: OidcConfig,
  setting: CredentialSetting,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<{status: number; text: string}> => {
  const transport: Transport = openOnceTransport(
    serverTargetOf(
      {
        server: url.origin,
        ...(config['idp-certificate-authority'] ? {'certificate-authority': config['idp-certificate-authority']} : {}),
        ...(config['idp-certificate-authority-data']
          ? {'certificate-authority-data': config['idp-certificate-authority-data']}
          : {}),
      },
      setting.env,
    ),
  );
  try {
    const answer = await transport.send({
      method,
      path: url.pathname + url.search,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : {'content-type': 'application/x-www-form-urlencoded'}),
        ...headers,
      },
      body,
      signal: AbortSignal.timeout(30_000),
    });
    return {status: answer.status, text: (await readAll(answer.body, 1024 * 1024)).toString('utf8')};
  } finally {
    await transport.close();
  }
};

const parseObject = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

const failed = (issuer: string, message: string): LoginError =>
  new LoginError('KD-LOGIN-EXPIRED', message, {
    plugin: issuer,
    tryThis: ['Log in again with the tool that wrote this kubeconfig.'],
  });

/** The issuer could not be reached. kubectl's line names the API server all the same; `detail` tells who it really was. */
const unanswered = (error: unknown, issuer: string, {cluster}: Connection): unknown => {
  if (error instanceof LoginError) return error;
  if (error instanceof Error && error.name === 'TimeoutError')
    return new LoginError('KD-LOGIN-ISSUER', `the issuer ${issuer} does not answer`, {plugin: issuer, cause: error});
  if (!(error instanceof ConnectionError)) return error;
  const isRefused = error.code === 'KD-CONNECTION-REFUSED';
  const server = URL.canParse(cluster.server ?? '') ? new URL(cluster.server ?? '').host : (cluster.server ?? '');
  return new LoginError('KD-LOGIN-ISSUER', `the login could not be renewed at ${issuer}: ${error.detail}`, {
    plugin: issuer,
    line: isRefused
      ? `The connection to the server ${server} was refused - did you specify the right host or port?`
      : error.message,
    cause: error,
  });
};

const writeBack = async (config: OidcConfig, connection: Connection, {sources}: CredentialSetting): Promise<void> => {
  if (sources === undefined || connection.userFile === '') return;
  try {
    const {editKubeconfig} = await import('../kubeconfig/edit.ts');
    await editKubeconfig(sources, (editor) => {
      editor.change('users', connection.userName, (user) => {
        const provider = user['auth-provider'] as {config?: unknown} | undefined;
        if (provider !== undefined) provider.config = {...config};
      });
    });
  } catch (error) {
    throw new LoginError('KD-LOGIN-WRITE-BACK', `could not persist new tokens: ${(error as Error).message}`, {
      plugin: config['idp-issuer-url'] ?? '',
      cause: error,
    });
  }
};

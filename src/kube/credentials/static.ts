// Credentials that stand in the kubeconfig or in files: certificates, tokens, token files, name and password.
import {createHash} from 'node:crypto';
import {readFileSync, statSync} from 'node:fs';
import type {Clock} from '../../base/clock.ts';
import {configError} from '../kubeconfig/config-error.ts';
import type {UserStanza} from '../kubeconfig/model.ts';
import {goFileError} from '../kubeconfig/read.ts';
import {decodeBase64} from '../transport/server-target.ts';
import type {ClientCertificate} from '../transport/wire.ts';
import type {Credentials, Identity} from './credentials.ts';

// The kubelet renews mounted tokens well before they end, so client-go looks at the file once a minute.
const TOKEN_FILE_PERIOD_MS = 60_000;

/** Credentials made of fixed parts; `inner` supplies what a plugin or login adds when there is no header yet. */
export const staticCredentials = (user: UserStanza, clock: Clock, inner?: Credentials): Credentials => {
  const certificate = certificateOf(user);
  const authorization = authorizationOf(user, clock);
  let last: Identity | undefined;

  return {
    identity: async () => {
      const own = certificate?.();
      const header = authorization?.read();
      if (header === undefined && inner !== undefined) {
        const more = await inner.identity();
        return own === undefined ? more : {...more, certificate: more.certificate ?? own};
      }
      if (last === undefined || last.certificate?.id !== own?.id || last.headers['authorization'] !== header) {
        last = {headers: header === undefined ? {} : {authorization: header}, certificate: own};
      }
      return last;
    },
    renew: async (used) => {
      if (authorization === undefined) return inner?.renew(used) ?? false;
      return authorization.forget(used.headers['authorization']);
    },
    logIn: async () => inner?.logIn?.(),
  };
};

/** True when the user's own stanza already says who it is, so that no plugin needs to run. */
export const hasStaticIdentity = (user: UserStanza): boolean =>
  Boolean(
    user.token || user.tokenFile || user.username || user.password || user['client-certificate'] || user['client-certificate-data'],
  );

const certificateOf = (user: UserStanza): (() => ClientCertificate) | undefined => {
  const cert = pemSource(user['client-certificate-data'], user['client-certificate']);
  const key = pemSource(user['client-key-data'], user['client-key']);
  if (cert === undefined || key === undefined) return undefined;
  let last: {readonly stamp: string; readonly certificate: ClientCertificate} | undefined;
  return () => {
    const stamp = `${cert.stamp()} ${key.stamp()}`;
    if (last?.stamp !== stamp) {
      const pem = cert.read();
      last = {stamp, certificate: {cert: pem, key: key.read(), id: createHash('sha256').update(pem).digest('base64url')}};
    }
    return last.certificate;
  };
};

type PemSource = {readonly stamp: () => string; readonly read: () => Buffer};

const pemSource = (data: string | undefined, file: string | undefined): PemSource | undefined => {
  if (data) return {stamp: () => '', read: () => decodeBase64(data)};
  if (!file) return undefined;
  return {
    // Files are replaced by tools such as cert-manager and kubelet; the stamp notices at the next request.
    stamp: () => {
      const stat = statSync(file, {throwIfNoEntry: false});
      return stat === undefined ? 'missing' : `${stat.mtimeMs}:${stat.size}:${stat.ino}`;
    },
    read: () => readCredential(file),
  };
};

type Authorization = {readonly read: () => string; readonly forget: (used: string | undefined) => boolean};

const authorizationOf = (user: UserStanza, clock: Clock): Authorization | undefined => {
  // A literal token wins over a file, and both over name and password, as in client-go's round trippers.
  if (user.token) return fixed(`Bearer ${user.token}`);
  if (user.tokenFile) return fromFile(user.tokenFile, clock);
  if (user.username || user.password) {
    return fixed(`Basic ${Buffer.from(`${user.username ?? ''}:${user.password ?? ''}`).toString('base64')}`);
  }
  return undefined;
};

const fixed = (header: string): Authorization => ({read: () => header, forget: () => false});

const fromFile = (file: string, clock: Clock): Authorization => {
  let last: {readonly header: string; readonly at: number} | undefined;
  const read = (): string => {
    const now = clock.now().getTime();
    if (last === undefined || now - last.at >= TOKEN_FILE_PERIOD_MS) {
      const token = readCredential(file).toString('utf8').trim();
      if (token === '') {
        // Somebody is writing it right now: the old one is better than none.
        if (last !== undefined) return last.header;
        throw configError('KD-CONFIG-TOKEN-FILE', `read empty token from file "${file}"`);
      }
      last = {header: `Bearer ${token}`, at: now};
    }
    return last.header;
  };
  return {
    read,
    forget: (used) => {
      last = undefined;
      return read() !== used;
    },
  };
};

const readCredential = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (error) {
    throw configError('KD-CONFIG-FILE', goFileError(error as NodeJS.ErrnoException, file), [], error);
  }
};

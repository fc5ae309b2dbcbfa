// Secrets from flags: generic ones, TLS key pairs and registry logins.
import {createPrivateKey, X509Certificate} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {goQuote} from '../../base/go-syntax.ts';
import type {AnyObject} from '../../kube/types/object.ts';
import {sorted} from './config-map.ts';
import {contentHash} from './hash.ts';
import {readSources, type Sources} from './sources.ts';
import {configKeyProblems, createError, newMeta, typed, type CreateTarget} from './typed.ts';

type Env = Readonly<Record<string, string | undefined>>;

const secret = (target: CreateTarget, type: string, data: Readonly<Record<string, string>>, appendHash: boolean): AnyObject => {
  const hash = contentHash({kind: 'Secret', type, name: target.name, data});
  const metadata = newMeta(appendHash ? {...target, name: `${target.name}-${hash}`} : target);
  return typed('Secret', 'v1', metadata, {
    ...(Object.keys(data).length > 0 ? {data: sorted(data)} : {}),
    ...(type === '' ? {} : {type}),
  });
};

const collect = (sources: Sources, env: Env): Record<string, string> => {
  const data: Record<string, string> = {};
  readSources(sources, env, (key, bytes) => {
    const problems = configKeyProblems(key);
    if (problems.length > 0) throw createError(`${goQuote(key)} is not valid key name for a Secret ${problems.join(';')}`);
    if (Object.hasOwn(data, key)) throw createError(`cannot add key ${key}, another key by that name already exists`);
    data[key] = bytes.toString('base64');
  });
  return data;
};

/** `create secret generic`. */
export const newGenericSecret = (target: CreateTarget, type: string, sources: Sources, env: Env, appendHash: boolean): AnyObject =>
  secret(target, type, collect(sources, env), appendHash);

const readFile = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file or directory' : (error as Error).message;
    throw createError(`open ${path}: ${reason}`);
  }
};

/** `create secret tls`; the key must belong to the certificate. */
export const newTlsSecret = (target: CreateTarget, certFile: string, keyFile: string, appendHash: boolean): AnyObject => {
  const cert = readFile(certFile);
  const key = readFile(keyFile);
  if (!/-----BEGIN [^-]*-----/.test(cert.toString('latin1')))
    throw createError('tls: failed to find any PEM data in certificate input');
  if (!/-----BEGIN [^-]*-----/.test(key.toString('latin1'))) throw createError('tls: failed to find any PEM data in key input');
  let matches: boolean;
  try {
    matches = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch (error) {
    throw createError(`tls: ${(error as Error).message}`);
  }
  if (!matches) throw createError('tls: private key does not match public key');
  return secret(target, 'kubernetes.io/tls', {'tls.crt': cert.toString('base64'), 'tls.key': key.toString('base64')}, appendHash);
};

/** What `create secret docker-registry` is told. */
export type RegistryLogin = {readonly server: string; readonly username: string; readonly password: string; readonly email: string};

/** `create secret docker-registry`. */
export const newRegistrySecret = (
  target: CreateTarget,
  login: RegistryLogin,
  files: readonly string[],
  env: Env,
  appendHash: boolean,
): AnyObject => {
  if (files.length > 0) {
    const data = collect(
      {files: files.map((file) => (file.includes('=') ? file : `.dockerconfigjson=${file}`)), literals: [], envFiles: []},
      env,
    );
    return secret(target, 'kubernetes.io/dockerconfigjson', data, appendHash);
  }
  const {server, username, password, email} = login;
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  const entry = {username, password, ...(email === '' ? {} : {email}), auth};
  const text = JSON.stringify({auths: {[server]: entry}});
  return secret(target, 'kubernetes.io/dockerconfigjson', {'.dockerconfigjson': Buffer.from(text).toString('base64')}, appendHash);
};

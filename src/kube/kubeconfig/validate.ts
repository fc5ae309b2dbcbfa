// What client-go checks about a cluster and a user before it connects, with its sentences.
import {closeSync, openSync} from 'node:fs';
import type {ClusterStanza, UserStanza} from './model.ts';
import {goFileError} from './read.ts';

/** Problems of a resolved cluster; client-go's validateClusterInfo. */
export const clusterProblems = (name: string, cluster: ClusterStanza): string[] => {
  const problems: string[] = [];
  if (!cluster.server)
    problems.push(name === '' ? 'default cluster has no server defined' : `no server found for cluster "${name}"`);
  const proxy = cluster['proxy-url'];
  if (proxy) {
    const problem = proxyProblem(proxy);
    if (problem !== undefined) problems.push(`invalid 'proxy-url' "${proxy}" for cluster "${name}": ${problem}`);
  }
  const file = cluster['certificate-authority'];
  if (file && cluster['certificate-authority-data']) {
    problems.push(
      `certificate-authority-data and certificate-authority are both specified for ${name}. certificate-authority-data will override.`,
    );
  }
  if (file) {
    const problem = openProblem(file);
    if (problem !== undefined) problems.push(`unable to read certificate-authority ${file} for ${name} due to ${problem}`);
  }
  return problems;
};

const proxyProblem = (proxy: string): string | undefined => {
  let url: URL;
  try {
    url = new URL(proxy);
  } catch {
    return `could not parse: ${proxy}`;
  }
  const scheme = url.protocol.slice(0, -1);
  return ['http', 'https', 'socks5'].includes(scheme)
    ? undefined
    : `unsupported scheme "${scheme}", must be http, https, or socks5`;
};

/** Problems of a resolved user; client-go's validateAuthInfo. */
export const authInfoProblems = (name: string, user: UserStanza): string[] => {
  const problems: string[] = [];
  const certificate = user['client-certificate'];
  const certificateData = user['client-certificate-data'];
  const key = user['client-key'];
  const keyData = user['client-key-data'];
  if (certificate || certificateData) {
    if (certificate && certificateData) {
      problems.push(`client-cert-data and client-cert are both specified for ${name}. client-cert-data will override.`);
    }
    if (key && keyData)
      problems.push(`client-key-data and client-key are both specified for ${name}; client-key-data will override`);
    if (!key && !keyData) {
      problems.push(`client-key-data or client-key must be specified for ${name} to use the clientCert authentication method.`);
    }
    for (const [label, file] of [
      ['client-cert', certificate],
      ['client-key', key],
    ] as const) {
      const problem = file ? openProblem(file) : undefined;
      if (problem !== undefined) problems.push(`unable to read ${label} ${file} for ${name} due to ${problem}`);
    }
  }
  problems.push(...execProblems(name, user));
  if (user.token && (user.username || user.password)) {
    problems.push(`more than one authentication method found for ${name}; found [token basicAuth], only one is allowed`);
  }
  const asMore = user['as-uid'] || user['as-groups']?.length || Object.keys(user['as-user-extra'] ?? {}).length > 0;
  if (asMore && !user.as) problems.push(`requesting uid, groups or user-extra for ${name} without impersonating a user`);
  return problems;
};

const execProblems = (name: string, {exec, 'auth-provider': authProvider}: UserStanza): string[] => {
  if (exec === undefined) return [];
  const problems: string[] = [];
  if (authProvider !== undefined) problems.push(`authProvider cannot be provided in combination with an exec plugin for ${name}`);
  if (!exec.command) problems.push(`command must be specified for ${name} to use exec authentication plugin`);
  if (!exec.apiVersion) problems.push(`apiVersion must be specified for ${name} to use exec authentication plugin`);
  for (const variable of exec.env ?? []) {
    if (!variable.name) problems.push(`env variable name must be specified for ${name} to use exec authentication plugin`);
  }
  if (!exec.interactiveMode) problems.push(`interactiveMode must be specified for ${name} to use exec authentication plugin`);
  else if (!['Never', 'IfAvailable', 'Always'].includes(exec.interactiveMode)) {
    problems.push(`invalid interactiveMode for ${name}: "${exec.interactiveMode}"`);
  }
  return problems;
};

const openProblem = (file: string): string | undefined => {
  try {
    closeSync(openSync(file, 'r'));
    return undefined;
  } catch (error) {
    return goFileError(error as NodeJS.ErrnoException, file);
  }
};

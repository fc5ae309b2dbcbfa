// The kubeconfig of each user of a test cluster, and who each of them is.
import {join} from 'node:path';
import type {Certificate} from './certificates.ts';
import {writeWhole} from './files.ts';
import type {RunPaths} from './paths.ts';
import {issuerUrl, serverUrl, teamNamespaces, type Plan} from './plan.ts';
import {clientSecret, people, signToken} from './tokens.ts';
import {toYaml} from './yaml.ts';

/** The users that get a kubeconfig; `users` in the facts of a running cluster maps them to files. */
export const userNames = ['admin', 'limited', 'readonly', 'oidc', 'exec', 'certificate'] as const;
export type UserName = (typeof userNames)[number];

type Credentials = Parameters<typeof toYaml>[0];

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A kubeconfig with one cluster, one user and one context. */
export function kubeconfigText(plan: Plan, authority: string, user: string, credentials: Credentials, namespace?: string): string {
  const cluster = `kdeck-${plan.name}`;
  const context = `${user}@${cluster}`;
  return toYaml({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{name: cluster, cluster: {'certificate-authority-data': base64(authority), server: serverUrl(plan)}}],
    users: [{name: user, user: credentials}],
    contexts: [{name: context, context: {cluster, user, namespace}}],
    'current-context': context,
  });
}

/** The path of the user's kubeconfig. */
export function kubeconfigOf(paths: RunPaths, user: UserName): string {
  return join(paths.kubeconfigs, `${user}.yaml`);
}

/** The exec plugin as a kubeconfig names it. `arguments` tune it, see exec-plugin.ts. */
export function execPlugin(paths: RunPaths): {readonly command: string; readonly args: readonly string[]} {
  return {command: process.execPath, args: [join(import.meta.dirname, 'exec-plugin.ts'), paths.folder]};
}

type Keys = {
  readonly authority: string;
  readonly issuerAuthority: string;
  readonly issuerKey: string;
  readonly person: Certificate;
};

/** Writes the kubeconfigs of people. Those of a store are only the administrator's: there is no issuer. */
export function writeKubeconfigs(plan: Plan, paths: RunPaths, keys: Keys): Record<string, string> {
  const credentials: Record<UserName, {readonly value: Credentials; readonly namespace?: string}> = {
    admin: {value: {token: plan.tokens.admin}},
    limited: {value: {token: plan.tokens.limited}, namespace: teamNamespaces[0]},
    readonly: {value: {token: plan.tokens.readonly}},
    oidc: {
      value: {
        'auth-provider': {
          name: 'oidc',
          config: {
            'client-id': people.oidc.audience,
            'client-secret': clientSecret,
            'id-token': signToken(keys.issuerKey, issuerUrl(plan), people.oidc),
            'idp-certificate-authority-data': base64(keys.issuerAuthority),
            'idp-issuer-url': issuerUrl(plan),
            'refresh-token': `refresh-${people.oidc.user}-1`,
          },
        },
      },
    },
    exec: {
      value: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          ...execPlugin(paths),
          env: null,
          installHint: 'The exec plugin of the test cluster comes with its harness.',
          interactiveMode: 'Never',
          provideClusterInfo: false,
        },
      },
    },
    certificate: {
      value: {
        'client-certificate-data': base64(keys.person.certificate),
        'client-key-data': base64(keys.person.key),
      },
    },
  };
  const written: Record<string, string> = {};
  for (const user of plan.mode === 'store' ? (['admin'] as const) : userNames) {
    const {value, namespace} = credentials[user];
    written[user] = kubeconfigOf(paths, user);
    writeWhole(written[user], kubeconfigText(plan, keys.authority, user, value, namespace));
  }
  return written;
}

// Keys, certificates and settings of the control plane, written into the run's folder before anything starts.
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {issue, makeAuthority, makeSigningKey, type Certificate, type Subject} from './certificates.ts';
import {writeWhole} from './files.ts';
import {kubeconfigText, writeKubeconfigs} from './kubeconfigs.ts';
import {writeNodeFiles} from './node-files.ts';
import type {RunPaths} from './paths.ts';
import {issuerUrl, realNode, type Plan} from './plan.ts';
import {people} from './tokens.ts';
import {toYaml} from './yaml.ts';

/** The client-certificate user, as the certificate's common name and organisation say it. */
export const certificatePerson = {commonName: 'carla', organizations: ['kdeck-certificate']};

function tokenLines({tokens}: Plan): string {
  return [
    [tokens.admin, 'admin', 'admin', '"system:masters"'],
    [tokens.limited, 'limited', 'limited', '"kdeck-limited"'],
    [tokens.readonly, 'readonly', 'readonly', '"kdeck-readonly"'],
    [tokens.component, 'kdeck:component', 'component', '"system:masters"'],
    [tokens.kubelet, `system:node:${realNode}`, 'kubelet', '"system:nodes"'],
  ]
    .map((line) => `${line.join(',')}\n`)
    .join('');
}

function authenticationConfig(plan: Plan, issuerAuthority: string): string {
  return toYaml({
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AuthenticationConfiguration',
    anonymous: {enabled: true},
    jwt: [
      {
        issuer: {
          url: issuerUrl(plan),
          audiences: Object.values(people).map(({audience}) => audience),
          audienceMatchPolicy: 'MatchAny',
          certificateAuthority: issuerAuthority,
        },
        claimMappings: {
          username: {claim: 'sub', prefix: 'oidc:'},
          groups: {claim: 'groups', prefix: ''},
        },
      },
    ],
  });
}

/** kwok's own documents about nodes and pods, in one file; figures for `top` only where a metrics-server asks. */
function kwokConfig({binaries, mode}: Plan): string {
  const documents = join(binaries.kwokDocuments, 'stage');
  const folders = ['node/fast', 'node/heartbeat-with-lease', 'pod/fast'].map((folder) => join(documents, folder));
  if (mode === 'full') folders.push(...['resource', 'usage'].map((folder) => join(binaries.kwokDocuments, 'metrics', folder)));
  return folders
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml')
        .map((file) => readFileSync(join(folder, file), 'utf8')),
    )
    .join('\n---\n');
}

/** Writes everything and gives the path of each user's kubeconfig. */
export function writeRunFiles(plan: Plan, paths: RunPaths): Record<string, string> {
  const keep = (name: string, {certificate, key}: Certificate): void => {
    writeWhole(join(paths.pki, `${name}.crt`), certificate, 0o644);
    writeWhole(join(paths.pki, `${name}.key`), key);
  };
  const authority = makeAuthority('kdeck test cluster');
  const frontProxyAuthority = makeAuthority('kdeck test front proxy');
  const issuerAuthority = makeAuthority('kdeck test issuer');
  keep('ca', authority);
  keep('front-proxy-ca', frontProxyAuthority);
  keep('issuer-ca', issuerAuthority);
  const client = (name: string, subject: Subject, by = authority): Certificate => {
    const made = issue(by, subject);
    keep(name, made);
    return made;
  };
  // `api.kdeck.test` is there for tests of tls-server-name.
  const names = [
    '127.0.0.1',
    'localhost',
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'api.kdeck.test',
    '10.96.0.1',
  ];
  client('serving', {commonName: 'kdeck test server', serves: names});
  client('issuer', {commonName: 'kdeck test issuer', serves: ['127.0.0.1', 'localhost']}, issuerAuthority);
  client('front-proxy-client', {commonName: 'front-proxy-client'}, frontProxyAuthority);
  client('apiserver-kubelet', {commonName: 'kube-apiserver-kubelet-client', organizations: ['system:masters']});
  const person = client('person', certificatePerson);
  const serviceAccount = makeSigningKey();
  writeWhole(join(paths.pki, 'service-account.key'), serviceAccount.privateKey);
  writeWhole(join(paths.pki, 'service-account.pub'), serviceAccount.publicKey, 0o644);
  const issuerKey = makeSigningKey().privateKey;
  writeWhole(join(paths.pki, 'issuer-signing.key'), issuerKey);

  const own = (file: string, user: string, token: string): void =>
    writeWhole(join(paths.config, file), kubeconfigText(plan, authority.certificate, user, {token}));
  own('component.yaml', 'component', plan.tokens.component);
  own('kubelet-client.yaml', 'kubelet', plan.tokens.kubelet);
  writeWhole(join(paths.config, 'tokens.csv'), tokenLines(plan));
  writeWhole(join(paths.config, 'authentication.yaml'), authenticationConfig(plan, issuerAuthority.certificate));
  if (plan.mode !== 'store' && existsSync(plan.binaries.kwokDocuments))
    writeWhole(join(paths.config, 'kwok.yaml'), kwokConfig(plan));
  if (plan.mode === 'full') writeNodeFiles(plan, paths);
  return writeKubeconfigs(plan, paths, {
    authority: authority.certificate,
    issuerAuthority: issuerAuthority.certificate,
    issuerKey,
    person,
  });
}

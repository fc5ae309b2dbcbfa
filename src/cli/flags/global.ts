// The flags every command takes.
import type {ConnectionFlags} from '../../operations/cluster.ts';
import type {Flag, FlagValues} from '../verb.ts';

/** Cluster, identity and behaviour flags, in the order of their names. */
export const globalFlags: readonly Flag[] = [
  {name: 'as', type: 'string', usage: 'User to act as; a plain user or a service account of a namespace.'},
  {name: 'as-group', type: 'list', usage: 'Group to act as; repeat it for several groups.'},
  {name: 'as-uid', type: 'string', usage: 'UID to act as.'},
  {name: 'as-user-extra', type: 'list', usage: 'Extra key=value of the user to act as; repeat it for several values.'},
  {name: 'cache-dir', type: 'string', usage: 'Folder for what is known about clusters between runs.'},
  {name: 'certificate-authority', type: 'string', usage: 'File with the certificate of the authority that signed the server.'},
  {name: 'client-certificate', type: 'string', usage: 'File with a client certificate.'},
  {name: 'client-key', type: 'string', usage: 'File with the key of the client certificate.'},
  {name: 'cluster', type: 'string', usage: 'Cluster entry of the kubeconfig to use.'},
  {name: 'context', type: 'string', usage: 'Context of the kubeconfig to use.'},
  {name: 'disable-compression', type: 'bool', usage: 'Ask for answers without compression.'},
  {
    name: 'insecure-skip-tls-verify',
    type: 'bool',
    usage: "Do not check the server's certificate. This makes the connection insecure.",
  },
  {name: 'kubeconfig', type: 'string', usage: 'Kubeconfig file to use.'},
  {name: 'kuberc', type: 'string', usage: 'Preferences file to use.'},
  {name: 'log-flush-frequency', type: 'duration', default: '5s', usage: 'Longest time between two flushes of the log.'},
  {name: 'match-server-version', type: 'bool', usage: 'Fail unless the server has the version of this client.'},
  {name: 'namespace', short: 'n', type: 'string', usage: 'Namespace to work in.'},
  {name: 'password', type: 'string', usage: 'Password for basic authentication.'},
  {name: 'profile', type: 'string', default: 'none', usage: 'Kept for scripts; kdeck writes no profile.'},
  {name: 'profile-output', type: 'string', default: 'profile.pprof', usage: 'Kept for scripts; kdeck writes no profile.'},
  {name: 'readonly', type: 'bool', hidden: true, usage: 'Refuse every request that changes something.'},
  {name: 'request-timeout', type: 'string', default: '0', usage: 'Time to wait for one answer: 1s, 2m, 3h. 0 waits without end.'},
  {name: 'server', short: 's', type: 'string', usage: 'Address and port of the API server.'},
  {name: 'tls-server-name', type: 'string', usage: "Name to expect in the server's certificate, when it is not the host's."},
  {name: 'token', type: 'string', usage: 'Bearer token for the API server.'},
  {name: 'user', type: 'string', usage: 'User entry of the kubeconfig to use.'},
  {name: 'username', type: 'string', usage: 'Name for basic authentication.'},
  {name: 'v', short: 'v', type: 'int', usage: 'How much to log, 0 to 10.'},
  {name: 'vmodule', type: 'string', usage: 'Kept for scripts; kdeck logs by level only.'},
  {name: 'warnings-as-errors', type: 'bool', usage: 'End with exit code 1 when the server sent warnings.'},
];

/** `-h`, on every command. */
export const helpFlag: Flag = {name: 'help', short: 'h', type: 'bool', usage: 'Show help.', hidden: true};

/**
 * Connection flags of a parsed line. A command that has a flag of the same name for itself (`config set-context --namespace`)
 * keeps it: then it says nothing about the connection.
 */
export const connectionOf = (values: FlagValues, own: readonly Flag[]): ConnectionFlags => {
  const taken = new Set(own.map((flag) => flag.name));
  const text = (name: string): string | undefined => (values.given(name) && !taken.has(name) ? values.string(name) : undefined);
  const list = (name: string): readonly string[] | undefined =>
    values.given(name) && !taken.has(name) ? values.strings(name) : undefined;
  const bool = (name: string): boolean | undefined => (values.given(name) && !taken.has(name) ? values.bool(name) : undefined);
  return {
    kubeconfig: text('kubeconfig'),
    context: text('context'),
    cluster: text('cluster'),
    user: text('user'),
    namespace: text('namespace'),
    server: text('server'),
    token: text('token'),
    username: text('username'),
    password: text('password'),
    certificateAuthority: text('certificate-authority'),
    clientCertificate: text('client-certificate'),
    clientKey: text('client-key'),
    tlsServerName: text('tls-server-name'),
    insecureSkipTlsVerify: bool('insecure-skip-tls-verify'),
    as: text('as'),
    asGroup: list('as-group'),
    asUid: text('as-uid'),
    asUserExtra: list('as-user-extra'),
    requestTimeout: text('request-timeout'),
    cacheDir: text('cache-dir'),
    disableCompression: bool('disable-compression'),
    readonly: bool('readonly'),
  };
};

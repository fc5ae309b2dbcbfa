// The exec credential plugin of the test cluster: asks the run's issuer for a token that lives 30 seconds, and notes
// each run in logs/exec-plugin.jsonl so that tests can count them and see what they were told.
import {appendFileSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {isatty} from 'node:tty';
import {ask} from './api.ts';
import {readJson} from './files.ts';
import {runPathsAt} from './paths.ts';
import {issuerUrl, type Plan} from './plan.ts';

/** One line of the plugin's notes. */
export type ExecPluginRun = {
  readonly at: string;
  readonly apiVersion: string | null;
  readonly interactive: boolean | null;
  /** What `provideClusterInfo` brought. */
  readonly cluster: unknown;
  readonly isTerminal: boolean;
};

type ExecInfo = {readonly apiVersion?: string; readonly spec?: {readonly interactive?: boolean; readonly cluster?: unknown}};

const paths = runPathsAt(process.argv[2] ?? '');
const plan = readJson(paths.plan) as Plan | undefined;
const info = JSON.parse(process.env['KUBERNETES_EXEC_INFO'] ?? '{}') as ExecInfo;
const run: ExecPluginRun = {
  at: new Date().toISOString(),
  apiVersion: info.apiVersion ?? null,
  interactive: info.spec?.interactive ?? null,
  cluster: info.spec?.cluster ?? null,
  isTerminal: isatty(0),
};
appendFileSync(join(paths.logs, 'exec-plugin.jsonl'), `${JSON.stringify(run)}\n`);

if (!plan) {
  process.stderr.write(`the test cluster ${paths.name} is not running\n`);
  process.exitCode = 1;
} else {
  const {status, text} = await ask(`${issuerUrl(plan)}/token`, {
    method: 'POST',
    body: 'grant_type=client_credentials',
    contentType: 'application/x-www-form-urlencoded',
    authority: readFileSync(join(paths.pki, 'issuer-ca.crt'), 'utf8'),
  });
  const answer = JSON.parse(text) as {id_token: string; expires_in: number; error_description?: string};
  if (status === 200) {
    const credential = {
      apiVersion: info.apiVersion ?? 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: {
        token: answer.id_token,
        // Whole seconds, as the token itself counts.
        expirationTimestamp: new Date(Math.floor(Date.now() / 1000 + answer.expires_in) * 1000).toISOString().replace('.000Z', 'Z'),
      },
    };
    process.stdout.write(`${JSON.stringify(credential)}\n`);
  } else {
    process.stderr.write(`login failed: ${answer.error_description ?? text}\n`);
    process.exitCode = 1;
  }
}

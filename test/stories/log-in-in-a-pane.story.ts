// Logging in by a program that asks for a password: it asks inside the frame, and its answer, a token, is seen nowhere.
import {execFileSync} from 'node:child_process';
import {mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {parse, stringify} from 'yaml';
import {readFile} from 'node:fs/promises';
import {freshNamespace} from '../support/cluster/namespace.ts';
import type {StoryNamespace} from '../support/cluster/namespace.ts';
import {PtyDeck} from '../support/pty/deck.ts';
import {withPty} from '../support/pty/with-pty.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let shop: StoryNamespace;
let home: string;
let kubeconfig: string;
let token: string;

/** Asks on the terminal, as login programs do that want no echo; the token goes to standard output. */
const plugin = (answer: string): string => `#!/bin/sh
exec 3>/dev/tty
printf 'Signing in to the test cluster\\npassword: ' >&3
stty -echo </dev/tty
read -r word </dev/tty
stty echo </dev/tty
echo >&3
if [ "$word" != sesame ]; then echo "the password is wrong" >&2; exit 2; fi
cat <<'END'
${answer}
END
`;

beforeAll(async () => {
  execFileSync(process.execPath, ['bin/dev/build.js'], {cwd: root, stdio: 'inherit'});
  shop = await freshNamespace('login-pane');
  home = await mkdtemp(join(tmpdir(), 'kdeck-login-story-'));
  await shop.kubectl('create', 'rolebinding', 'looks', '--clusterrole=view', `--serviceaccount=${shop.name}:default`);
  await shop.kubectl('create', 'configmap', 'paint', '--from-literal=colour=red');
  token = (await shop.kubectl('create', 'token', 'default')).trim();
  const answer = {apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: {token}};
  await writeFile(join(home, 'sign-in'), plugin(JSON.stringify(answer)), {mode: 0o700});
  const config = parse(await readFile(shop.facts.kubeconfigs.admin, 'utf8')) as {users: {user: unknown}[]};
  for (const one of config.users)
    one.user = {
      exec: {apiVersion: 'client.authentication.k8s.io/v1', command: join(home, 'sign-in'), interactiveMode: 'Always'},
    };
  kubeconfig = join(home, 'config');
  await writeFile(kubeconfig, stringify(config), {mode: 0o600});
});
afterAll(async () => {
  await shop.remove();
  await rm(home, {recursive: true, force: true});
});

const opens = (env: Readonly<Record<string, string>> = {}): Promise<PtyDeck> =>
  PtyDeck.opens(['configmaps', '-n', shop.name], {
    size: [110, 30],
    env: {KUBECONFIG: kubeconfig, XDG_STATE_HOME: home, XDG_CONFIG_HOME: home, TMPDIR: home, ...env},
  });

withPty('the program asks in a pane; a wrong password is told in its words, the right one opens the list', async () => {
  const deck = await opens();
  try {
    await deck.sees('password:');
    expect(deck.program.terminal.lines()[1]).toContain('sign-in');
    deck.types('open\r');
    await deck.losesSight('password:');
    await deck.sees('login expired');
    await deck.sees('the password is wrong');

    deck.types(':login\r');
    await deck.sees('keys go to the program');
    await deck.sees('password:');
    deck.types('sesame\r');
    await deck.row(/paint/);
    await deck.sees('live');
    // What was typed and what was answered is nobody's to see.
    expect(deck.program.output).not.toContain('sesame');
    expect(deck.program.output).not.toContain(token.slice(-40));
    expect((await readdir(home)).filter((name) => name.startsWith('kdeck-login-'))).toEqual([]);
  } finally {
    await deck.close();
  }
});

test('without a pane the program gets the whole terminal', async () => {
  const deck = await opens({KDECK_PANE: 'off'});
  try {
    await deck.sees('password:');
    expect(deck.program.terminal.alternate).toBe(false);
    deck.types('sesame\r');
    await deck.row(/paint/);
    expect(deck.program.output).not.toContain(token.slice(-40));
  } finally {
    await deck.close();
  }
});

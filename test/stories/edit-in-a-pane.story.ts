// Editing by a person: the editor runs inside kdeck's frame, its work is shown as a diff, asked about, applied, refused, kept.
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {freshNamespace} from '../support/cluster/namespace.ts';
import type {StoryNamespace} from '../support/cluster/namespace.ts';
import {PtyDeck} from '../support/pty/deck.ts';
import {spawnPty, withPty} from '../support/pty/with-pty.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const vi = spawnSync('sh', ['-c', 'command -v vi']).stdout.toString().trim();

let shop: StoryNamespace;
let home: string;
let deck: PtyDeck | undefined;

/** An editor that reads one key: it says what the file's comments say, then changes, breaks or leaves the file. */
const keyed = `#!/bin/sh
clear
grep '^#' "$1"
printf 'colour now: '
grep 'colour:' "$1"
printf 'one key, please: '
stty -icanon -echo
key=$(dd bs=1 count=1 2>/dev/null)
stty icanon echo
case $key in
c) sed -i 's/colour: .*/colour: green/' "$1" ;;
b) echo 'this: is: no YAML' >>"$1" ;;
esac
`;
/** An editor that needs nobody. */
const scripted = `#!/bin/sh
sed -i 's/colour: red/colour: blue/' "$1"
`;

beforeAll(async () => {
  execFileSync(process.execPath, ['bin/dev/build.js'], {cwd: root, stdio: 'inherit'});
  shop = await freshNamespace('edit-pane');
  home = await mkdtemp(join(tmpdir(), 'kdeck-edit-pane-'));
  await writeFile(join(home, 'keyed'), keyed, {mode: 0o755});
  await writeFile(join(home, 'scripted'), scripted, {mode: 0o755});
});
beforeEach(async () => {
  await shop.kubectl('delete', 'configmap', 'paint', '--ignore-not-found');
  await shop.kubectl('create', 'configmap', 'paint', '--from-literal=colour=red');
});
afterEach(async () => {
  await deck?.close();
  deck = undefined;
});
afterAll(async () => {
  await shop.remove();
  await rm(home, {recursive: true, force: true});
});

const colour = (): Promise<string> => shop.kubectl('get', 'configmap', 'paint', '-o', 'jsonpath={.data.colour}');

/** kdeck with the cursor on the ConfigMap. */
const opens = async (
  editor: string,
  env: Readonly<Record<string, string>> = {},
  words: readonly string[] = [],
): Promise<PtyDeck> => {
  deck = await PtyDeck.opens(['configmaps', '-n', shop.name, ...words], {
    size: [120, 30],
    env: {
      KUBECONFIG: shop.facts.kubeconfigs.admin,
      XDG_STATE_HOME: home,
      XDG_CONFIG_HOME: home,
      SHELL: '/bin/sh',
      EDITOR: editor,
      ...env,
    },
  });
  await deck.row(/kube-root-ca[.]crt/);
  await deck.row(/paint/);
  deck.does('move.last');
  await deck.cursorOn(/paint/);
  return deck;
};

/** The frame stands around the program. */
const isFramed = (one: PtyDeck, program: string): void => {
  const lines = one.program.terminal.lines();
  expect(lines[0]).toContain('kdeck-default');
  expect(lines[1]).toContain(program);
  expect(lines[1]).toContain('keys go to the program');
  expect(lines.at(-1)).toContain('leave');
};

test('an editor changes a ConfigMap: the diff is shown, and the cluster has it once it is applied', async () => {
  const one = await opens(join(home, 'scripted'));
  one.does('object.edit');
  await one.sees('Apply the changes to configmap paint?');
  await one.row(/[-] +colour: red/);
  await one.row(/[+] +colour: blue/);
  // Nothing is done before the answer.
  expect(await colour()).toBe('red');
  one.types('\t\r');
  await one.sees('configmap paint edited');
  expect(await colour()).toBe('blue');
});

test('an edit that is not applied changes nothing and is kept', async () => {
  const one = await opens(join(home, 'scripted'));
  one.does('object.edit');
  await one.sees('Apply the changes to configmap paint?');
  one.types('\x1b');
  await one.sees('Nothing was changed; your edit is kept in');
  const file = keptFile(one);
  expect(await readFile(file, 'utf8')).toContain('colour: blue');
  await rm(dirname(file), {recursive: true});
  expect(await colour()).toBe('red');
});

const keptFile = (one: PtyDeck): string => {
  const found = /kept in (\S+)/.exec(one.program.terminal.text())?.[1];
  if (found === undefined) throw new Error(`no kept file\n${one.program.terminal.framed()}`);
  return found;
};

withPty('an editor that reads keys works inside the frame; broken YAML comes back with the reason, and is kept', async () => {
  const one = await opens(join(home, 'keyed'));
  one.does('object.edit');
  await one.sees('one key, please');
  isFramed(one, 'keyed');
  one.types('b');
  await one.sees('The edited file had a syntax error');
  await one.sees('one key, please');
  isFramed(one, 'keyed');
  one.types('q');
  await one.sees('your edit is kept in');
  const file = keptFile(one);
  expect(await readFile(file, 'utf8')).toContain('this: is: no YAML');
  await rm(dirname(file), {recursive: true});
  expect(await colour()).toBe('red');

  // Left as it was: there is nothing to ask and nothing to keep.
  await one.losesSight('your edit is kept');
  one.does('object.edit');
  await one.sees('one key, please');
  one.types('q');
  await one.sees('paint was not changed');
  expect(one.program.terminal.text()).not.toContain('kept');
});

withPty('one key leaves: it can go on, be sent to the program, or end it', async () => {
  const one = await opens(join(home, 'keyed'));
  one.does('object.edit');
  await one.sees('one key, please');
  // Keys of kdeck are keys of the program here: only one is not.
  one.does('pane.leave');
  await one.sees('is still running');
  one.types('\r');
  await one.losesSight('is still running');
  await one.sees('one key, please');
  one.does('pane.leave');
  await one.sees('is still running');
  one.types('End\r');
  await one.sees('paint was not changed: the editor');
  await one.cursorOn(/paint/);
  expect(await colour()).toBe('red');
});

test('vi: colours of the frame stay, the window follows the terminal, typing and :wq work', async ({skip}) => {
  skip(spawnPty === undefined, 'node-pty does not work here');
  skip(vi === '', 'vi is not installed');
  const one = await opens(vi);
  one.does('object.edit');
  await one.sees('colour: red');
  isFramed(one, 'vi');
  one.program.resize(80, 24);
  // The lowest line of its window, where vi says which file it has, is the last but one of the smaller terminal.
  await expect
    .poll(
      () => {
        one.types('\x07');
        return one.program.terminal.lines().slice(22);
      },
      {timeout: 20_000},
    )
    .toEqual([expect.stringContaining('paint.yaml'), expect.stringContaining('leave')]);
  // A search, arrows, a word; then a paste.
  one.types('/colour\r');
  one.types('$\x1b[D\x1b[D');
  one.types('ciwgreen\x1b');
  await one.sees('colour: green');
  one.types('A\x1b[200~-and-dark\x1b[201~\x1b');
  await one.sees('colour: green-and-dark');
  one.types(':wq\r');
  await one.sees('Apply the changes to configmap paint?');
  await one.row(/[+] +colour: green-and-dark/);
  one.types('\t\r');
  await one.sees('configmap paint edited');
  expect(await colour()).toBe('green-and-dark');
});

test('without a pane the editor gets the whole terminal, and kdeck takes it back', async () => {
  const one = await opens(join(home, 'keyed'), {KDECK_PANE: 'off'});
  one.does('object.edit');
  await one.sees('one key, please');
  expect(one.program.terminal.text()).not.toContain('keys go to the program');
  expect(one.program.terminal.alternate).toBe(false);
  one.types('c');
  await one.row(/[+] +colour: green/);
  one.types('\t\r');
  await one.sees('configmap paint edited');
  expect(await colour()).toBe('green');
});

test('an editor that does not exist is told, and nothing is left behind', async () => {
  const one = await opens('no-such-editor');
  one.does('object.edit');
  await one.sees('could not be started: no such program; set KUBE_EDITOR or EDITOR');
});

withPty('a command of this machine runs in a pane and knows the object; in a whole terminal it waits to be read', async () => {
  const one = await opens(join(home, 'scripted'));
  one.types(':! echo "$KDECK_NAMESPACE/$KDECK_NAME at $(basename "$KUBECONFIG")"; exit 4\r');
  await one.sees(`${shop.name}/paint at admin.yaml`);
  await one.sees('exit code 4');
  one.does('app.back');
  await one.cursorOn(/paint/);
  await one.close();

  const whole = await opens(join(home, 'scripted'), {KDECK_PANE: 'off'});
  whole.types(':! echo "here is $KDECK_NAME"; exit 4\r');
  await whole.sees('here is paint');
  await whole.sees('Press a key to go back to kdeck.');
  whole.types(' ');
  await whole.sees('ended with exit code 4');
});

withPty('kdeck ends, and the program in its pane ends with it', async () => {
  const one = await opens(join(home, 'scripted'));
  one.types(':! echo "pid $$"; exec sleep 600\r');
  await one.program.waits('the pid', (terminal) => /^pid \d+/m.test(terminal.text()));
  const pid = Number(/^pid (\d+)/m.exec(one.program.terminal.text())?.[1]);
  one.program.kill('SIGTERM');
  expect(await one.program.ends()).toEqual({code: 143, signal: undefined});
  await expect
    .poll(
      () => {
        try {
          process.kill(pid, 0);
          return 'runs';
        } catch {
          return 'gone';
        }
      },
      {timeout: 10_000},
    )
    .toBe('gone');
  expect(one.program.terminal.alternate).toBe(false);
});

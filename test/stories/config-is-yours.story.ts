// The user's config belongs to the user: kdeck reads it, obeys it, and leaves every byte of it alone.
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import process from 'node:process';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {PtyProgram} from '../support/pty/pty.ts';

const nobody = fileURLToPath(new URL('./nobody.kubeconfig.yaml', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'kdeck-config-'));
const folder = join(home, 'config', 'kdeck');

beforeAll(() => {
  execFileSync(process.execPath, ['bin/dev/build.js'], {cwd: fileURLToPath(new URL('../..', import.meta.url)), stdio: 'inherit'});
});
afterAll(() => rmSync(home, {recursive: true, force: true}));

test('a session that changes theme, namespace and view writes its memory beside the config and nothing into it', async () => {
  mkdirSync(folder, {recursive: true});
  const config = '# mine\ntheme:   light\ncontexts:\n  "*":\n    readonly: true\n';
  const keys = '# mine too\napp.kinds: ctrl+g\n';
  writeFileSync(join(folder, 'config.yaml'), config);
  writeFileSync(join(folder, 'keys.yaml'), keys);
  const kubeconfig = readFileSync(nobody, 'utf8');
  const program = new PtyProgram([], {
    env: {KUBECONFIG: nobody, XDG_CONFIG_HOME: join(home, 'config'), XDG_STATE_HOME: join(home, 'state')},
  });
  try {
    await program.shows('Pods in quiet');
    await program.shows('READ-ONLY');
    program.type(':ns other\r');
    await program.shows('Pods in other');
    program.type(':deployments\r');
    await program.shows('Deployments in other');
    program.type(':theme\r');
    await program.shows('high-contrast');
    program.type('dark\r');
    program.type('?');
    // The key of keys.yaml stands in help, wherever its line is.
    await program.shows('Everywhere');
    program.type('/\\^g\r');
    await program.shows('^g');
    // The first takes the search away, the second goes back.
    program.type('qq');
    await program.shows('The cluster does not answer');
    program.type(':q\r');
    expect((await program.ends()).code).toBe(0);
  } finally {
    await program.close();
  }
  expect(readdirSync(folder).sort()).toEqual(['config.yaml', 'keys.yaml']);
  expect(readFileSync(join(folder, 'config.yaml'), 'utf8')).toBe(config);
  expect(readFileSync(join(folder, 'keys.yaml'), 'utf8')).toBe(keys);
  expect(readFileSync(nobody, 'utf8')).toBe(kubeconfig);
  expect(JSON.parse(readFileSync(join(home, 'state', 'kdeck', 'state.json'), 'utf8'))).toMatchObject({
    contexts: {nobody: {namespaces: ['other']}},
  });
});

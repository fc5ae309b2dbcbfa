// Runs a case on both programs and says how they differ.
import {execFileSync} from 'node:child_process';
import {copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {ParityCase} from './case.ts';
import {readNamespace} from './fixture.ts';
import {normalizeMutation, withoutKlog, type Side} from './normalize.ts';
import {run, type Outcome, type Program} from './run.ts';

/** The surroundings of all cases. */
export type Lab = {
  readonly kubectl: Program;
  readonly kdeck: Program;
  readonly kubeconfigs: Readonly<Partial<Record<string, string>>>;
  /** HOME of both programs, so that discovery is warm for both after the first case. */
  readonly home: string;
};

/** One command line's result on one side, as it is compared. */
type Seen = {
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
  readonly shaped?: string;
};

const wordsOf = (line: string | readonly string[]): readonly string[] =>
  typeof line === 'string' ? line.split(' ').filter((word) => word !== '') : line;

/** The command line as reports show it. */
export const titleOf = (one: ParityCase): string =>
  one.name ?? [one.argv, ...(one.steps ?? [])].map((line) => wordsOf(line).join(' ')).join(' ; ');

const fill = (text: string, side: Side): string =>
  text.replaceAll('{ns}', side.ns).replaceAll('{other}', side.other).replaceAll('{id}', side.id).replaceAll('{dir}', side.dir);

let counter = 0;

class CaseSide {
  readonly #one: ParityCase;
  readonly #lab: Lab;
  readonly #program: Program;
  readonly side: Side;
  readonly #kubeconfig: string;

  constructor(one: ParityCase, lab: Lab, program: Program, side: Side) {
    this.#one = one;
    this.#lab = lab;
    this.#program = program;
    this.side = side;
    for (const [name, text] of Object.entries(one.files ?? {})) {
      const path = join(side.dir, name);
      mkdirSync(dirname(path), {recursive: true});
      writeFileSync(path, fill(text, side));
    }
    const given = lab.kubeconfigs[one.user ?? 'admin'] ?? '';
    this.#kubeconfig = given;
    if (one.kubeconfig !== undefined || one.ownKubeconfig === true || one.user === 'none') {
      this.#kubeconfig = join(side.dir, 'kubeconfig');
      if (one.kubeconfig !== undefined) writeFileSync(this.#kubeconfig, fill(one.kubeconfig, side));
      else if (one.user === 'none') writeFileSync(this.#kubeconfig, '');
      else copyFileSync(given, this.#kubeconfig);
    }
  }

  #admin(words: readonly string[], input?: string): string {
    return execFileSync(this.#lab.kubectl.file, ['--kubeconfig', this.#lab.kubeconfigs['admin']!, ...words], {
      encoding: 'utf8',
      ...(input === undefined ? {} : {input}),
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: 120_000,
    });
  }

  prepare(): void {
    if (this.#one.mutates !== true) return;
    const {ns, other} = this.side;
    this.#admin(['create', 'namespace', ns]);
    if (JSON.stringify(this.#one).includes('{other}')) this.#admin(['create', 'namespace', other]);
    if (this.#one.seed !== undefined) this.#admin(['apply', '-n', ns, '-f', '-'], fill(this.#one.seed, this.side));
    if (this.#one.seeded !== undefined)
      this.#admin(['-n', ns, 'wait', '--timeout=60s', ...wordsOf(fill(this.#one.seeded, this.side))]);
  }

  async perform(): Promise<readonly Seen[]> {
    const {argv, steps = [], namespaced = true, after} = this.#one;
    const seen: Seen[] = [];
    for (const line of [argv, ...steps]) {
      const words = wordsOf(line).map((word) => fill(word, this.side));
      const scope =
        namespaced && !words.includes('-n') && !words.includes('-A') && !words.some((word) => word.startsWith('--namespace'))
          ? ['-n', this.side.ns]
          : [];
      const outcome = await run(this.#program, insertScope(words, scope), {
        cwd: this.side.dir,
        env: {
          PATH: '/usr/local/bin:/usr/bin:/bin',
          HOME: this.#lab.home,
          TZ: 'UTC',
          LANG: 'C.UTF-8',
          KUBECONFIG: this.#kubeconfig,
          ...this.#one.env,
        },
        stdin: this.#one.stdin === undefined ? undefined : fill(this.#one.stdin, this.side),
        until: this.#one.until,
      });
      seen.push(this.#asCompared(words.join(' '), outcome));
    }
    if (after !== undefined) {
      const stdout = this.#admin(['-n', this.side.ns, ...wordsOf(after).map((word) => fill(word, this.side))]);
      seen.push(this.#asCompared('state afterwards', {stdout, stderr: '', code: 0}));
    }
    return seen;
  }

  #asCompared(line: string, outcome: Outcome): Seen {
    const {mutates = false, normalise = [], unordered = false, firstErrorLine = false, shape} = this.#one;
    const clean = (text: string): string => {
      const base = mutates ? normalizeMutation(text, this.side) : withoutKlog(text).replaceAll(this.side.dir, '<dir>');
      return normalise.reduce((changed, [pattern, replacement]) => changed.replace(pattern, replacement), base);
    };
    const stdout = clean(outcome.stdout);
    const stderr = clean(outcome.stderr);
    return {
      line: mutates ? normalizeMutation(line, this.side) : line.replaceAll(this.side.dir, '<dir>'),
      stdout: shape === undefined ? (unordered ? stdout.split('\n').toSorted().join('\n') : stdout) : '',
      stderr: shape !== undefined ? '' : firstErrorLine ? (stderr.split('\n')[0] ?? '') : stderr,
      // kubectl takes Ctrl-C only a moment after it printed; before that, Ctrl-C simply kills it.
      code: this.#one.until !== undefined && outcome.code === -1 ? 1 : outcome.code,
      ...(shape === undefined ? {} : {shaped: outcome.stdout + outcome.stderr}),
    };
  }

  /** Takes the finalizers off what a seed made: nobody else will, and the namespace would stay for ever. */
  #freeAll(): void {
    const words = ['-n', this.side.ns, 'get', 'configmaps,pods', '-o'];
    const held = '{range .items[?(@.metadata.finalizers)]}{.kind}/{.metadata.name}{"\\n"}{end}';
    for (const name of this.#admin([...words, `jsonpath=${held}`])
      .split('\n')
      .filter(Boolean))
      this.#admin(['-n', this.side.ns, 'patch', name, '--type=merge', '-p', '{"metadata":{"finalizers":null}}']);
  }

  clean(): void {
    rmSync(this.side.dir, {recursive: true, force: true});
    if (this.#one.mutates !== true) return;
    if (this.#one.seed?.includes('finalizers:') === true) this.#freeAll();
    this.#admin(['delete', 'namespace', this.side.ns, '--wait=false', '--ignore-not-found']);
    if (JSON.stringify(this.#one).includes('{other}'))
      this.#admin(['delete', 'namespace', this.side.other, '--wait=false', '--ignore-not-found']);
  }
}

// Flags after `--` belong to somebody else, so the namespace goes right behind the command's name.
const insertScope = (words: readonly string[], scope: readonly string[]): readonly string[] => {
  const dash = words.indexOf('--');
  return dash === -1 ? [...words, ...scope] : [...words.slice(0, dash), ...scope, ...words.slice(dash)];
};

const newSide = (letter: 'a' | 'b', number: string, mutates: boolean): Side => ({
  ns: mutates ? `parity-${letter}-${number}` : readNamespace,
  other: `parity-${letter}-${number}-too`,
  id: `${letter}${number}`,
  dir: mkdtempSync(join(tmpdir(), `kdeck-parity-${letter}-`)),
});

/** What both programs did, ready to be compared. */
export type Compared = {readonly kubectl: readonly Seen[]; readonly kdeck: readonly Seen[]};

/** Runs a case on both sides. */
export const compareCase = async (one: ParityCase, lab: Lab): Promise<Compared> => {
  counter += 1;
  const number = `${process.pid.toString(36)}${counter.toString(36).padStart(3, '0')}`;
  const mutates = one.mutates === true;
  const left = new CaseSide(one, lab, lab.kubectl, newSide('a', number, mutates));
  const right = new CaseSide(one, lab, lab.kdeck, newSide('b', number, mutates));
  try {
    left.prepare();
    right.prepare();
    if (mutates) {
      const [kubectl, kdeck] = await Promise.all([left.perform(), right.perform()]);
      return {kubectl, kdeck};
    }
    let compared: Compared = {kubectl: await left.perform(), kdeck: await right.perform()};
    // The clock and the controllers go on between two runs: where outputs differ, both are asked again, now at the same time.
    for (let again = 1; again <= 5 && !isEqual(compared); again += 1) {
      await sleep(again * 200);
      const [kubectl, kdeck] = await Promise.all([left.perform(), right.perform()]);
      compared = {kubectl, kdeck};
    }
    return isEqual(compared) ? compared : {kubectl: compared.kubectl.map(withoutAges), kdeck: compared.kdeck.map(withoutAges)};
  } finally {
    left.clean();
    right.clean();
  }
};

// Young objects grow older between two runs: digits of ages are blanked, their width still counts.
const withoutAges = (seen: Seen): Seen => ({
  ...seen,
  stdout: seen.stdout
    .replace(/(?<=\s)(?:\d+[smhdy]){1,2}$/gm, '#')
    .replace(/(?<=[\s(])(?:\d+[smhdy]){1,2}(?=[\s)]|$)/gm, (age) => age.replace(/\d/g, '#')),
});

const isEqual = ({kubectl, kdeck}: Compared): boolean =>
  JSON.stringify(kubectl.map(({shaped: _, ...rest}) => rest)) === JSON.stringify(kdeck.map(({shaped: _, ...rest}) => rest));

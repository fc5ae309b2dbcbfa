// Finds a pseudo-terminal: node-pty, else @lydell/node-pty, whichever really runs a program here. Asked when the first pane opens.
import {execFile} from 'node:child_process';
import process from 'node:process';

/** What a pane needs of a program in a pseudo-terminal. */
export type PtyProcess = {
  readonly pid: number;
  readonly onData: (listener: (data: string) => void) => unknown;
  readonly onExit: (listener: (end: {readonly exitCode: number; readonly signal?: number | undefined}) => void) => unknown;
  readonly write: (data: string) => void;
  readonly resize: (columns: number, rows: number) => void;
  readonly kill: (signal?: string) => void;
  readonly pause: () => void;
  readonly resume: () => void;
};

/** Starts a program in a pseudo-terminal. */
export type SpawnPty = (
  file: string,
  args: string[],
  options: {
    readonly name: string;
    readonly cols: number;
    readonly rows: number;
    readonly cwd: string;
    readonly env: Record<string, string | undefined>;
  },
) => PtyProcess;

/** A package that may bring one. */
export type PtyPackage = {
  readonly name: string;
  /** Proves that it works, in another process; rejects when it does not. */
  readonly probe: () => Promise<void>;
  readonly load: () => Promise<unknown>;
};

/** The program of the probe ends with a code nothing else gives by accident. */
const probeCode = 43;
const probeFor = 5000;

/** A binary built for another machine may take its whole process down: a child tries it first. No `import` with brackets: the build replaces those, in texts as well. */
const probeScript = (name: string): string => `
import module from ${JSON.stringify(name)};
const [file, args] = process.platform === 'win32' ? ['cmd.exe', ['/c', 'exit ${probeCode}']] : ['/bin/sh', ['-c', 'exit ${probeCode}']];
module.spawn(file, args, {cols: 20, rows: 5, cwd: process.cwd(), env: process.env}).onExit(({exitCode}) => process.exit(exitCode));
`;

const probe = (name: string, root: string | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    // What a script given as text imports is looked for from the working folder on: kdeck's own.
    const child = execFile(
      process.execPath,
      ['--input-type=module', '-e', probeScript(name)],
      {timeout: probeFor, windowsHide: true, ...(root === undefined ? {} : {cwd: root})},
      () => {
        if (child.exitCode === probeCode) resolve();
        else reject(new Error(`${name} cannot start a program`));
      },
    );
  });

/** What is tried. Both stay outside the bundle: they are found at run time, or not. */
export const packagesOf = (root: string | undefined): readonly PtyPackage[] => [
  {name: 'node-pty', probe: () => probe('node-pty', root), load: () => import('node-pty')},
  {name: '@lydell/node-pty', probe: () => probe('@lydell/node-pty', root), load: () => import('@lydell/node-pty')},
];

const spawnOf = (module: unknown): SpawnPty | undefined => {
  const {spawn, default: inner} = module as {spawn?: SpawnPty; default?: {spawn?: SpawnPty}};
  return spawn ?? inner?.spawn;
};

/** The first package that works; undefined when none does. */
export const findPty = async (from: readonly PtyPackage[]): Promise<SpawnPty | undefined> => {
  for (const one of from) {
    try {
      await one.probe();
      const spawn = spawnOf(await one.load());
      if (spawn !== undefined) return spawn;
    } catch {
      // Not installed, not built, or built for another machine: all the same to the user.
    }
  }
  return undefined;
};

let found: Promise<SpawnPty | undefined> | undefined;

/** The pseudo-terminals of this machine, looked for once; `root` is kdeck's own folder. */
export const loadPty = (root: string | undefined): Promise<SpawnPty | undefined> => (found ??= findPty(packagesOf(root)));

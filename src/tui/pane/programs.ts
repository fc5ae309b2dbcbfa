// Runs a program of this machine: in a pane where there is a pseudo-terminal, else with the whole terminal lent to it.
import {spawn} from 'node:child_process';
import {constants} from 'node:fs';
import {access} from 'node:fs/promises';
import {delimiter, join} from 'node:path';
import process from 'node:process';
import {messageOf} from '../../base/errors.ts';
import type {AppEvent} from '../session/effect.ts';
import type {Size} from '../session/app.ts';
import type {LocalProgram, ProgramEnd, Programs, TerminalService} from '../session/services.ts';
import type {SpawnPty} from './load-pty.ts';
import type {PaneParams} from './pane-screen.ts';

/** What running programs needs of kdeck. */
export type ProgramHost = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly lend: TerminalService['lend'];
  readonly send: (event: AppEvent) => void;
  readonly room: () => Size;
  /** The pseudo-terminals of this machine. */
  readonly pty: () => Promise<SpawnPty | undefined>;
};

/** Why a pane cannot be had, for people who need one. */
const noPane = 'it needs a terminal: node-pty does not work here, and kdeck has no terminal of its own to lend';

const cannotStart = ({title}: LocalProgram, why: string): ProgramEnd => ({
  is: 'failed',
  problem: `${title} could not be started: ${why}`,
});

const noSuchProgram = 'no such program';

/** A pseudo-terminal starts anything and only its exit code tells; whether the program exists is asked before. */
const exists = async (file: string, env: ProgramHost['env']): Promise<boolean> => {
  if (process.platform === 'win32') return true;
  const places = file.includes('/') ? [file] : (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder || '.', file));
  for (const place of places) {
    try {
      await access(place, constants.X_OK);
      return true;
    } catch {
      // Not there; the next folder may have it.
    }
  }
  return false;
};

const inPane = async (program: LocalProgram, host: ProgramHost, spawnPty: SpawnPty): Promise<ProgramEnd> => {
  const {Pane} = await import('./pane.ts');
  const pane = new Pane(
    spawnPty,
    {file: program.file, args: program.args, env: {...host.env, ...program.env}, cwd: process.cwd()},
    host.room(),
  );
  host.send({type: 'open', screen: 'pane', params: {title: program.title, pane, stays: program.stays} satisfies PaneParams});
  const {exitCode, signal, ended} = await pane.done;
  return {is: 'ended', exitCode: signal === undefined ? exitCode : 128 + signal, byUser: ended, shown: pane.lastText};
};

const runChild = (program: LocalProgram, env: ProgramHost['env']): Promise<ProgramEnd> =>
  new Promise((resolve) => {
    const child = spawn(program.file, [...program.args], {stdio: 'inherit', env: {...env, ...program.env}});
    child.on('error', (error) => resolve(cannotStart(program, messageOf(error))));
    child.on('exit', (code) => resolve({is: 'ended', exitCode: code ?? 1, byUser: false, shown: ''}));
  });

const withTerminal = async (program: LocalProgram, host: ProgramHost): Promise<ProgramEnd> => {
  let end: ProgramEnd = {is: 'failed', problem: `${program.title}: ${noPane}`};
  await host.lend(async ({stdin, stdout}) => {
    // A child inherits the terminal of the process; it can only be lent when that is the one kdeck draws on.
    if ((stdin as unknown) !== process.stdin || stdin.isTTY !== true) return;
    end = await runChild(program, host.env);
    if (!program.stays) return;
    stdout.write('\r\nPress a key to go back to kdeck.');
    stdin.setRawMode?.(true);
    await new Promise<void>((resolve) => {
      stdin.once('data', () => resolve());
      stdin.resume();
    });
    stdin.setRawMode?.(false);
    stdin.pause();
  });
  return end;
};

/** Makes the service. */
export const programsOf = (host: ProgramHost): Programs => {
  // Some people would rather have the whole terminal.
  const ptyOf = async (): Promise<SpawnPty | undefined> => (host.env['KDECK_PANE'] === 'off' ? undefined : host.pty());
  return {
    hasPane: async () => (await ptyOf()) !== undefined,
    run: async (program) => {
      if (!(await exists(program.file, {...host.env, ...program.env}))) return cannotStart(program, noSuchProgram);
      const spawnPty = await ptyOf();
      if (spawnPty === undefined) return withTerminal(program, host);
      try {
        return await inPane(program, host, spawnPty);
      } catch (error) {
        return cannotStart(program, messageOf(error));
      }
    },
  };
};

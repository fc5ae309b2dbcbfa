// What the kernel says a process has used: processor time and memory, from /proc.
import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';

/** Milliseconds of processor time since the process began, all threads. */
export const cpuOf = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name may hold blanks and brackets; fields count from behind it. One tick is 10 ms on every Linux we know.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

/** Resident memory in MiB: now, and at its highest. */
export const memoryOf = (pid: number): {readonly now: number; readonly peak: number} => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024;
  return {now: field('VmRSS'), peak: field('VmHWM')};
};

/** One whole run of a command that prints. */
export type Run = {readonly wall: number; readonly peak: number; readonly bytes: number};

/** Runs a command to its end, reading what it prints, and watches its memory. */
export const run = (command: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> =>
  new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command[0]!, command.slice(1), {env, stdio: ['ignore', 'pipe', 'pipe']});
    let bytes = 0;
    let complaint = '';
    let peak = 0;
    const watch = setInterval(() => {
      try {
        peak = Math.max(peak, memoryOf(child.pid!).peak || 0);
      } catch {
        // It has ended meanwhile.
      }
    }, 10);
    child.stdout.on('data', (chunk: Buffer) => (bytes += chunk.length));
    child.stderr.on('data', (chunk: Buffer) => (complaint += String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(watch);
      if (code === 0) resolve({wall: performance.now() - start, peak, bytes});
      else reject(new Error(`${command.join(' ')} ended with ${String(code)}: ${complaint}`));
    });
  });

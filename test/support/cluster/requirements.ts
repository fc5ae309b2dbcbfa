// What the machine must have before a cluster can run, and the Debian packages that bring it.
import {accessSync, constants, readFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {cniFolder} from './node-files.ts';
import type {Mode} from './plan.ts';
import {runCommand, tryCommand} from './run-command.ts';

/** The PATH of a run: a login shell's PATH often lacks the folders of the system's programs. */
export const systemPath = [
  ...new Set([...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin', '/sbin', '/bin']),
].join(delimiter);

function find(program: string): string | undefined {
  return systemPath
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Whether the program needs no shared libraries, and so can be all that is in an image. */
function isStatic(path: string): boolean {
  const elf = readFileSync(path);
  const [start, size, count] = [Number(elf.readBigUInt64LE(32)), elf.readUInt16LE(54), elf.readUInt16LE(56)];
  const interpreter = 3;
  return Array.from({length: count}, (_, index) => elf.readUInt32LE(start + index * size)).every((type) => type !== interpreter);
}

type Requirement = {readonly what: string; readonly debian: string; readonly isMet: () => boolean};

const everywhere: Requirement[] = [
  {what: 'unshare', debian: 'util-linux', isMet: () => find('unshare') !== undefined},
  {what: 'flock', debian: 'util-linux', isMet: () => find('flock') !== undefined},
];

const forContainers: Requirement[] = [
  {what: 'mount', debian: 'mount', isMet: () => find('mount') !== undefined},
  {what: 'ip', debian: 'iproute2', isMet: () => find('ip') !== undefined},
  {what: 'containerd', debian: 'containerd', isMet: () => find('containerd') !== undefined && find('ctr') !== undefined},
  {what: 'runc', debian: 'runc', isMet: () => find('runc') !== undefined},
  {what: 'the CNI plugins', debian: 'containernetworking-plugins', isMet: () => cniFolder() !== undefined},
  {
    what: 'a static busybox',
    debian: 'busybox-static',
    isMet: () => {
      const busybox = find('busybox');
      return busybox !== undefined && isStatic(busybox);
    },
  },
];

/** Installs what is missing when that is possible; otherwise throws one sentence that names it. */
export async function meetRequirements(mode: Mode, say: (line: string) => void): Promise<void> {
  if (process.platform !== 'linux') throw new Error(`the test cluster runs on Linux only, not on ${process.platform}`);
  if (mode === 'full' && process.getuid?.() !== 0) {
    throw new Error('the test cluster needs root for real containers; as another user try --control-plane-only');
  }
  const needed = mode === 'full' ? [...everywhere, ...forContainers] : everywhere;
  const unmet = (): Requirement[] => needed.filter(({isMet}) => !isMet());
  if (unmet().length === 0) return;
  const packages = [...new Set(unmet().map(({debian}) => debian))];
  if (process.getuid?.() === 0 && find('apt-get') !== undefined) {
    say(`installing ${packages.join(' ')}`);
    const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
    const install = ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends', ...packages];
    if ((await tryCommand('apt-get', install, {env})).code !== 0) {
      await runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=120', 'update'], {env});
      await runCommand('apt-get', install, {env});
    }
  }
  const left = unmet();
  if (left.length > 0) {
    const names = [...new Set(left.map(({debian}) => debian))].join(' ');
    throw new Error(
      `the test cluster needs ${left.map(({what}) => what).join(', ')}: install the Debian packages ${names} (or what your system calls them)`,
    );
  }
}

// Makes the container images of the test cluster out of the machine's static busybox: no registry is reachable.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {runCommand} from './run-command.ts';

type Entry =
  | {readonly path: string; readonly folder: true; readonly mode?: number}
  | {readonly path: string; readonly link: string}
  | {readonly path: string; readonly content: Uint8Array | string; readonly mode?: number};

function header(path: string, type: string, mode: number, size: number, link = ''): Buffer {
  const block = Buffer.alloc(512);
  const octal = (value: number, width: number): string => value.toString(8).padStart(width - 1, '0') + '\0';
  block.write(path, 0, 100);
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  // A fixed time makes the same image everywhere.
  block.write(octal(1_700_000_000, 12), 136);
  block.write(' '.repeat(8), 148);
  block.write(type, 156);
  block.write(link, 157, 100);
  block.write('ustar\u000000', 257);
  block.write(
    octal(
      block.reduce((sum, byte) => sum + byte, 0),
      7,
    ) + ' ',
    148,
  );
  return block;
}

/** A tar archive of the entries, all owned by root. */
export function tar(entries: readonly Entry[]): Buffer {
  const blocks: Uint8Array[] = [];
  for (const entry of entries) {
    if ('folder' in entry) {
      blocks.push(header(`${entry.path}/`, '5', entry.mode ?? 0o755, 0));
    } else if ('link' in entry) {
      blocks.push(header(entry.path, '2', 0o777, 0, entry.link));
    } else {
      const content = Buffer.from(entry.content as Uint8Array);
      blocks.push(header(entry.path, '0', entry.mode ?? 0o644, content.length), content);
      blocks.push(Buffer.alloc((512 - (content.length % 512)) % 512));
    }
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

const digest = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** The images every run starts with. The two busybox tags differ in content, so that a rollout between them is real. */
export const images = {
  busybox: ['kdeck.test/busybox:1', 'kdeck.test/busybox:2'],
  pause: 'kdeck.test/pause:1',
} as const;

/** One docker-archive with all images, as `ctr images import` takes it. */
export async function imageArchive(busybox: string): Promise<Buffer> {
  const applets = (await runCommand(busybox, ['--list']))
    .trim()
    .split('\n')
    .filter((applet) => applet !== 'busybox');
  const base: Entry[] = [
    ...['bin', 'etc', 'home', 'proc', 'sys', 'dev', 'usr', 'usr/bin', 'var', 'var/www'].map(
      (path) => ({path, folder: true}) as const,
    ),
    {path: 'root', folder: true, mode: 0o700},
    {path: 'tmp', folder: true, mode: 0o1777},
    {path: 'bin/busybox', content: readFileSync(busybox), mode: 0o755},
    ...applets.map((applet) => ({path: `bin/${applet}`, link: '/bin/busybox'})),
    {path: 'etc/passwd', content: 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n'},
    {path: 'etc/group', content: 'root:x:0:\nnogroup:x:65534:\n'},
  ];
  const baseLayer = tar(base);
  const image = (name: string, command: readonly string[], version: string): {name: string; config: string; layers: Buffer[]} => {
    const own = tar([
      {path: 'etc/kdeck-version', content: `${version}\n`},
      {path: 'var/www/index.html', content: `version ${version}\n`},
    ]);
    const layers = [baseLayer, own];
    const config = JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      created: '2023-11-14T22:13:20Z',
      config: {Cmd: command, Env: ['PATH=/bin:/usr/bin', `KDECK_VERSION=${version}`]},
      rootfs: {type: 'layers', diff_ids: layers.map((layer) => `sha256:${digest(layer)}`)},
      history: layers.map(() => ({created: '2023-11-14T22:13:20Z', created_by: 'kdeck test cluster'})),
    });
    return {name, config, layers};
  };
  const all = [
    ...images.busybox.map((name) => image(name, ['sh'], name.split(':')[1] ?? '')),
    image(images.pause, ['sleep', 'infinity'], 'pause'),
  ];
  const layers = new Map(all.flatMap((each) => each.layers).map((layer) => [`${digest(layer)}.tar`, layer]));
  return tar([
    {
      path: 'manifest.json',
      content: JSON.stringify(
        all.map(({name, config, layers: own}) => ({
          Config: `${digest(Buffer.from(config))}.json`,
          RepoTags: [name],
          Layers: own.map((layer) => `${digest(layer)}.tar`),
        })),
      ),
    },
    ...all.map(({config}) => ({path: `${digest(Buffer.from(config))}.json`, content: config})),
    ...[...layers].map(([path, content]) => ({path, content})),
  ]);
}

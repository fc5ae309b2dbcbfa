// Gathers the licences of every package that ended up in the bundle into one text.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

/** Folder of the package a bundled file belongs to, relative to the project. */
const packageOf = (input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];

/** Text of THIRD_PARTY_NOTICES for a bundle, sorted by package name. Throws for a package without a licence. */
export const thirdPartyNotices = (root, metafile) => {
  const folders = new Set(Object.keys(metafile.inputs).map(packageOf).filter(Boolean));
  const entries = [...folders].map((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((name) => /^(licen[cs]e|copying)/i.test(name));
    if (!manifest.license && !file) throw new Error(`${manifest.name} ${manifest.version} has no licence`);
    const text =
      file && existsSync(join(root, folder, file))
        ? readFileSync(join(root, folder, file), 'utf8').trim()
        : `Licence: ${manifest.license}`;
    return {title: `${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})`, text};
  });
  entries.sort((a, b) => (a.title < b.title ? -1 : 1));
  const head = 'kdeck contains code of the following packages.\n';
  return `${head}\n${entries.map(({title, text}) => `${'-'.repeat(80)}\n${title}\n\n${text}\n`).join('\n')}`;
};

// Writes the `*.cases.json` files: every case with what Go answers. Run: node test/support/go-oracle/make.ts
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {CASES} from './cases.ts';
import {ask} from './oracle.ts';

const root = join(import.meta.dirname, '../../..');
const files = Object.entries(CASES);
const answers = ask(files.flatMap(([, {data, cases}]) => cases.map((one) => (data === undefined ? one : {...one, data}))));
let at = 0;
for (const [file, {data, cases}] of files) {
  // Panics of the original are bugs nobody relies on.
  const answered = cases.map((one) => ({...one, want: answers[at++]!})).filter(({want}) => want.err?.startsWith('PANIC') !== true);
  const lines = answered.map((one) => `    ${JSON.stringify(one)}`).join(',\n');
  const shared = data === undefined ? '' : `  "data": ${JSON.stringify(data)},\n`;
  writeFileSync(
    join(root, file),
    `{\n  "note": "made by test/support/go-oracle/make.ts",\n${shared}  "cases": [\n${lines}\n  ]\n}\n`,
  );
  process.stdout.write(`${file}: ${answered.length}\n`);
}

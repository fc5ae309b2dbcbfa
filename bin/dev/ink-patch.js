// Makes an Ink frame about four times cheaper while bundling: a line that one text writes whole skips Ink's cell grid.
// Ink tokenises every visible character on every frame, whatever changed, to let texts overlap. Our rows never do, so their
// (already sanitised) string is the line. Lines written twice, clipped, moved or holding invisible characters go Ink's way.
import {readFileSync} from 'node:fs';

const helper = `
const invisible = /\\p{Default_Ignorable_Code_Point}|[\\t\\n]/u;
const plainLine = /^[\\x1b -~]*$/;
// Lines of the frame that are exactly one text at column 0, by row; none when anything clips.
const readyLines = (operations, height) => {
    const ready = new Map();
    const writers = new Map();
    for (const operation of operations) {
        if (operation.type !== 'write') return new Map();
        const {x, y, text} = operation;
        const lines = text.includes('\\n') ? text.split('\\n').length : 1;
        for (let row = y; row < y + lines; row++) writers.set(row, (writers.get(row) ?? 0) + 1);
        if (lines === 1 && x === 0 && y >= 0 && y < height && (plainLine.test(text) || !invisible.test(text))) ready.set(y, operation);
    }
    for (const [y, operation] of ready) {
        if (writers.get(y) !== 1) ready.delete(y);
        else ready.set(y, operation.transformers.reduce((line, transform) => transform(line, 0), operation.text).trimEnd());
    }
    return ready;
};
`;

/** Text in Ink's output.js, and what stands there in the bundle. Each must be found exactly once. */
const changes = [
  ['export default class Output {', `${helper}export default class Output {`],
  ['    get() {\n', '    get() {\n        const ready = readyLines(this.operations, this.height);\n'],
  [
    '            for (let x = 0; x < this.width; x++) {',
    '            for (let x = ready.has(y) ? this.width : 0; x < this.width; x++) {',
  ],
  [
    '                clips.pop();\n            }\n            else {',
    '                clips.pop();\n            }\n            else if (!ready.has(operation.y)) {',
  ],
  [
    '            .map(line => {\n            // See',
    '            .map((line, y) => {\n            const text = ready.get(y);\n            if (text !== undefined) return text;\n            // See',
  ],
];

/** Ink's output.js with the shortcut. Throws when Ink changed, so that no build loses it unseen. */
export const patchInkOutput = (source) => {
  let patched = source;
  for (const [before, after] of changes) {
    if (patched.split(before).length !== 2)
      throw new Error(`ink changed: \`${before.trim().split('\n')[0]}\` was expected once in ink/build/output.js`);
    patched = patched.replace(before, () => after);
  }
  return patched;
};

/** The esbuild plugin. */
export const inkPatch = {
  name: 'ink-ready-lines',
  setup(build) {
    let applied = false;
    build.onLoad({filter: /[\\/]ink[\\/]build[\\/]output[.]js$/}, ({path}) => {
      applied = true;
      return {contents: patchInkOutput(readFileSync(path, 'utf8')), loader: 'js'};
    });
    build.onEnd(({metafile}) => {
      const hasInk = Object.keys(metafile?.inputs ?? {}).some((path) => /[\\/]ink[\\/]build[\\/]ink[.]js$/.test(path));
      if (hasInk && !applied) throw new Error('ink is in the bundle, but its output.js was not patched');
    });
  },
};

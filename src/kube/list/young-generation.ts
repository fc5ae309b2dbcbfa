// Keeps V8 from growing its young generation while a big list is read: it would take 50 MB and more that nothing needs afterwards.
import {setFlagsFromString} from 'node:v8';

// The flag is known to exist up to this Node; V8 complains on stderr about one it does not know.
const KNOWN_UP_TO = 26;
const known = Number(process.versions.node.split('.', 1)[0]) <= KNOWN_UP_TO;

let holders = 0;

/** Holds the young generation at its present size until disposed of. */
export const holdYoungGeneration = (): Disposable => {
  if (known && ++holders === 1) setFlagsFromString('--semi-space-growth-factor=1');
  let held = known;
  return {
    [Symbol.dispose]: () => {
      if (!held) return;
      held = false;
      if (--holders === 0) setFlagsFromString('--semi-space-growth-factor=2');
    },
  };
};

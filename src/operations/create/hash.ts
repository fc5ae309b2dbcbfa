// The name suffix of --append-hash, as kubectl and kustomize work it out.
import {createHash} from 'node:crypto';
import {writeJson} from '../../base/json/write.ts';

// Digits and letters that could spell words become others.
const SWAP: Readonly<Record<string, string>> = {'0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't'};

/** Ten letters that change when the content does. */
export const contentHash = (content: Readonly<Record<string, unknown>>): string =>
  createHash('sha256')
    .update(writeJson(content))
    .digest('hex')
    .slice(0, 10)
    .replaceAll(/[013ae]/g, (letter) => SWAP[letter] ?? letter);

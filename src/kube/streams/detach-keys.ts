// The key sequence that leaves an attached session, such as `ctrl-p,ctrl-q`, found in what a person types.
import {KdeckError} from '../../base/errors.ts';

/** Bytes of the sequence. */
export type KeySequence = Uint8Array;

const SPECIAL = ['@', ...'abcdefghijklmnopqrstuvwxyz', '[', '\\', ']', '^', '_'];

/** Reads `a,ctrl-b,...`: single characters and control keys. */
export const keySequence = (text: string): KeySequence =>
  Buffer.from(
    text.split(',').map((key) => {
      if (key === 'DEL') return 127;
      if (key.length === 1) return key.charCodeAt(0);
      const control = key.startsWith('ctrl-') ? SPECIAL.indexOf(key.slice('ctrl-'.length)) : -1;
      if (control < 0) throw new KdeckError('KD-STREAM-DETACH-KEYS', `could not bind detach keys: Unknown character: '${key}'`);
      return control;
    }),
  );

/**
 * Watches typed bytes for the sequence. Bytes that may begin it are held back until the next one decides, so that the remote
 * side never sees half of it.
 */
export const keysAfter = (sequence: KeySequence): ((typed: Uint8Array) => {pass: Uint8Array; left: boolean}) => {
  let held = 0;
  return (typed) => {
    const pass: number[] = [];
    for (const byte of typed) {
      if (byte === sequence[held]) {
        held += 1;
        if (held === sequence.length) return {pass: Buffer.from(pass), left: true};
        continue;
      }
      pass.push(...sequence.subarray(0, held));
      held = 0;
      if (byte === sequence[0]) held = 1;
      else pass.push(byte);
    }
    return {pass: Buffer.from(pass), left: false};
  };
};

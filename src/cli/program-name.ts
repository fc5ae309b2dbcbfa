// What the program calls itself in messages.
import {basename} from 'node:path';
import process from 'node:process';

/** `kubectl` when it was called by that name, so that scripts see what they know. */
export const programName: 'kubectl' | 'kdeck' =
  process.env['KDECK_PROGRAM'] === 'kubectl' || basename(process.argv[1] ?? '') === 'kubectl' ? 'kubectl' : 'kdeck';

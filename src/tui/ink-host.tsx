// Everything that needs Ink and React: a file of its own in the built program, loaded behind the first frame.
import {PassThrough} from 'node:stream';
import {render} from 'ink';
import type {Instance} from 'ink';
import {Root} from './app.tsx';
import type {InkApp} from './app.tsx';
import type {Session} from './session/session.ts';
import type {TerminalOutput} from './terminal/terminal.ts';

/** Shows the session's frames from now on. */
export const showFrames = (session: Session, stdout: TerminalOutput, onApp: (app: InkApp) => void): Instance =>
  render(<Root session={session} onApp={onApp} />, {
    stdout: stdout,
    // Keys are ours: Ink cannot tell F-keys, and must never read the same bytes.
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    exitOnCtrlC: false,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 1000,
    // Stray `console` output would tear the screen; on another stream than ours it cannot.
    patchConsole: (stdout as unknown) === process.stdout,
  });

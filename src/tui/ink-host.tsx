// Everything that needs Ink and React: a file of its own in the built program, loaded behind the first frame.
import {PassThrough} from 'node:stream';
import {Box, render, Text} from 'ink';
import type {Instance} from 'ink';
import {Root} from './app.tsx';
import type {InkApp} from './app.tsx';
import type {Session} from './session/session.ts';
import type {TerminalOutput} from './terminal/terminal.ts';

/** Runs everything once for nobody to see: the first frame costs Ink, React and Yoga as much as a hundred later ones. */
export const rehearse = (): void => {
  const nobody = Object.assign(new PassThrough(), {columns: 80, rows: 24, isTTY: true}) as unknown as NodeJS.WriteStream;
  nobody.resume();
  const instance = render(
    <Box width={80} height={24} flexDirection="column">
      <Text wrap="truncate">{'\u001b[1mNAME\u001b[22m │ é'}</Text>
      <Box position="absolute" top={1} left={1} width={9}>
        <Text> </Text>
      </Box>
    </Box>,
    {
      stdout: nobody,
      stdin: new PassThrough() as unknown as NodeJS.ReadStream,
      exitOnCtrlC: false,
      interactive: true,
      patchConsole: false,
    },
  );
  instance.unmount();
};

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

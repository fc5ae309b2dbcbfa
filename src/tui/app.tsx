// The only React in kdeck: one memoised text per line, panels over them. Everything else is plain values.
import {Box, Text, useApp} from 'ink';
import {memo, useLayoutEffect, useSyncExternalStore} from 'react';
import type {ReactNode} from 'react';
import type {Panel} from './session/overlay.ts';
import type {Session} from './session/session.ts';

const Line = memo(({text}: {readonly text: string}): ReactNode => <Text wrap="truncate">{text}</Text>);

const PanelBox = ({panel}: {readonly panel: Panel}): ReactNode => (
  <Box position="absolute" top={panel.y} left={panel.x} width={panel.width} flexDirection="column">
    {panel.lines.map((text, index) => (
      <Line key={index} text={text} />
    ))}
  </Box>
);

/** What the root needs of Ink: lending the terminal to others. */
export type InkApp = ReturnType<typeof useApp>;

/** Draws the session's frame. */
export const Root = ({session, onApp}: {readonly session: Session; readonly onApp: (app: InkApp) => void}): ReactNode => {
  useSyncExternalStore(session.subscribe, session.snapshot, session.snapshot);
  const app = useApp();
  useLayoutEffect(() => onApp(app), [app, onApp]);
  const {size, lines, panels} = session.frame;
  return (
    <Box width={size.columns} height={size.rows} flexDirection="column">
      {lines.map((text, index) => (
        <Line key={index} text={text} />
      ))}
      {panels.map((panel, index) => (
        <PanelBox key={index} panel={panel} />
      ))}
    </Box>
  );
};

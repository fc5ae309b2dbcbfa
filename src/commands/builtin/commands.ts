// Every built-in command of the TUI, in the order help shows their groups.
import type {Command} from '../command.ts';
import {appCommands} from './app.ts';
import {listCommands} from './list.ts';
import {movingCommands} from './moving.ts';
import {objectCommands} from './object.ts';
import {sessionCommands} from './sessions.ts';
import {textCommands} from './text.ts';

export const builtinCommands: readonly Command[] = [
  ...objectCommands,
  ...sessionCommands,
  ...listCommands,
  ...textCommands,
  ...appCommands,
  ...movingCommands,
];

// Every screen there is.
import {paneScreen} from '../pane/pane-screen.ts';
import type {Screen} from '../session/screen.ts';
import {containersScreen} from './containers/containers.ts';
import {contextsScreen} from './contexts/contexts.ts';
import {describeScreen} from './describe/describe.ts';
import {diagnosisScreen} from './diagnosis/diagnosis.ts';
import {forwardsScreen} from './forwards/forwards.ts';
import {journalScreen} from '../journal/screen.ts';
import {helpScreen} from './help/help.ts';
import {kindsScreen} from './kinds/kinds.ts';
import {listScreen} from './list/list.ts';
import {logsScreen} from './logs/logs.ts';
import {manifestScreen} from './manifest/manifest.ts';
import {wordsScreen} from './words/words.ts';

export const screens: readonly Screen[] = [
  listScreen,
  containersScreen,
  describeScreen,
  manifestScreen,
  diagnosisScreen,
  helpScreen,
  contextsScreen,
  kindsScreen,
  logsScreen,
  forwardsScreen,
  journalScreen,
  wordsScreen,
  paneScreen,
];

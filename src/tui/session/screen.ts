// The contract of a screen: plain state, a pure update that returns effects, the tables it needs, and lines to draw.
import type {Scope} from '../../cache/live-list.ts';
import type {Situation} from '../../commands/command.ts';
import type {ApiResource} from '../../kube/types/object.ts';
import type {ResourceKind} from '../../resources/kind.ts';
import type {Input} from '../keys/input.ts';
import type {Item, RowShape} from '../../tables/row.ts';
import type {TableView} from '../../tables/table-model.ts';
import type {Span} from '../text/line.ts';
import type {App, At, TargetObject} from './app.ts';
import type {Effect} from './effect.ts';

/** What happens to a screen. */
export type ScreenEvent =
  | {readonly type: 'command'; readonly id: string}
  /** Rows changed, or the screen's size did: a chance to keep the cursor on its object. */
  | {readonly type: 'settle'}
  | {readonly type: 'wheel'; readonly by: -1 | 1}
  /** A click on a line of the body. */
  | {readonly type: 'press'; readonly x: number; readonly y: number}
  /** The filter line of the list or the search of a text, while it is typed and when it is done. */
  | {readonly type: 'filter'; readonly text: string; readonly done: boolean}
  /** Raw input with the bytes it was typed in, only while `captures` is true. */
  | {readonly type: 'input'; readonly input: Input; readonly bytes: string}
  /** An answer of the screen's own effects. */
  | {readonly type: 'own'; readonly event: unknown};

/** A table a screen needs: kept open by the session while the screen says so. Items of the screen's own, or a live list. */
export type TableWish = {
  readonly shape?: RowShape;
  readonly view?: Omit<TableView, 'filter'>;
  /** What was typed after `/`; compiled with the columns of the table. */
  readonly filter?: string;
  readonly from:
    | {readonly items: ReadonlyMap<string, Item>}
    | {readonly kind: ResourceKind; readonly scope: Scope}
    | {readonly resource: ApiResource; readonly scope: Scope};
};

/** New state and what to do. */
export type Step<S> = readonly [S, readonly Effect[]];

/** One screen. */
export type Screen<P = any, S = any> = {
  readonly name: string;
  /** The word in the breadcrumb. */
  readonly crumb: (params: P, app: App, table: At['table']) => string;
  readonly start: (params: P, at: At) => Step<S>;
  readonly update: (state: S, event: ScreenEvent, at: At, params: P) => Step<S>;
  readonly tables?: (params: P, state: S, app: App) => Readonly<Record<string, TableWish>>;
  /** Kind and selection, for conditions of commands. */
  readonly situation?: (state: S, at: At, params: P) => Partial<Pick<Situation, 'kind' | 'selection'>>;
  /** Objects that commands such as describe and delete act on. */
  readonly targets?: (state: S, at: At, params: P) => readonly TargetObject[];
  /** Right side of the breadcrumb: counts, filter, position. */
  readonly status?: (state: S, at: At, params: P) => readonly Span[];
  /** Text of the filter or search in force, so that the filter line can start with it. */
  readonly filter?: (state: S) => string;
  /** Keys go to the screen as they are, such as in a shell. */
  readonly captures?: (state: S) => boolean;
  /** Lines of the body, at most `at.body.rows`, each at most `at.body.columns` cells. */
  readonly draw: (state: S, at: At, params: P) => readonly string[];
};

/** Writes a screen down with its types checked. */
export const screen = <P, S>(definition: Screen<P, S>): Screen<P, S> => definition;

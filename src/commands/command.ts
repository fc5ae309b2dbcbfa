// A command: one declaration that feeds keys, palette, help, hint line and generated docs.

/** Where the user is, as plain data. Conditions are compared with it, never computed by code. */
export type Situation = {
  readonly screen: string;
  /** Kind key of the rows or object shown, such as `deployments.apps`. */
  readonly kind?: string | undefined;
  readonly selection: 'none' | 'one' | 'some';
  readonly writable: boolean;
};

/** When a command applies; absent fields mean any. */
export type When = {
  readonly screen?: readonly string[];
  readonly kind?: readonly string[];
  readonly selection?: 'one' | 'some' | 'any';
  readonly writable?: true;
};

/** Who brought a contribution in; shown in help, so that people see where a key came from. */
export type Origin = {readonly layer: 'kdeck' | 'bundled' | 'user' | 'team' | 'project'; readonly name: string};

/** One command. `run` is bound by the face that shows it; here stands only what can be printed. */
export type Command = {
  /** `area.verb-noun`, stable and lower case. */
  readonly id: string;
  readonly title: string;
  /** One sentence for help and docs. */
  readonly summary: string;
  /** Heading in help. */
  readonly group: string;
  /** Default chords: `d`, `shift+f`, `ctrl+d`, `esc`, `enter`, `?`. A space separates steps of a sequence. */
  readonly keys?: readonly string[];
  /** Words for the `:` prompt. */
  readonly aliases?: readonly string[];
  readonly when?: When;
  /** Place in the hint line, lower first; absent: not shown there. */
  readonly hint?: number;
  readonly danger?: 'safe' | 'changes' | 'destroys';
};

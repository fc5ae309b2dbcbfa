// What a parsed kubectl JSONPath is made of.

/** Start, end and step of `[a:b:c]`; `derived` marks the end that stands for a single index. */
export type SlicePart = {readonly value: number; readonly known: boolean; readonly derived: boolean};

/** A filter's comparison; `exists` is `[?(@.x)]`. */
export type FilterOperator = string;

/** One step of a path, or a piece of text. */
export type PathNode =
  | {readonly type: 'text'; readonly text: string}
  | {readonly type: 'field'; readonly name: string}
  | {readonly type: 'identifier'; readonly name: string}
  | {readonly type: 'wildcard'}
  | {readonly type: 'recursive'}
  | {readonly type: 'array'; readonly parts: readonly [SlicePart, SlicePart, SlicePart]}
  | {readonly type: 'union'; readonly paths: readonly PathList[]}
  | {readonly type: 'filter'; readonly left: PathList; readonly right: PathList; readonly operator: FilterOperator}
  | {readonly type: 'number'; readonly value: number | bigint | object}
  | {readonly type: 'bool'; readonly value: boolean}
  | PathList;

/** Steps applied one after the other: one `{…}`. */
export type PathList = {readonly type: 'list'; readonly nodes: PathNode[]};

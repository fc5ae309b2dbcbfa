// What a printer is: takes objects one after the other and writes text.

/** Where text goes. */
export type Write = (text: string) => void;

/** Prints objects in one format. Stateful: YAML puts `---` before its second object, tables repeat no header. */
export interface Printer {
  /** Prints an object or a list. `event` is the watch event type when `--output-watch-events` is on. Throws kubectl's error. */
  print(object: object, write: Write, event?: string): void;
}

/** The object as it is printed for a watch event. */
export const withEvent = (object: object, event: string | undefined): object =>
  event === undefined || event === '' ? object : {type: event, object};

/** Whether an object is a list kind, which Kubernetes tells by its `items`. */
export const isList = (object: object): object is {readonly items: readonly object[]} =>
  Array.isArray((object as {items?: unknown}).items);

/** kubectl refuses to print what has neither apiVersion nor kind. */
export const mustHaveKind = (object: object): void => {
  const {apiVersion, kind} = object as {apiVersion?: string; kind?: string};
  if ((apiVersion ?? '') === '' && (kind ?? '') === '') {
    throw new Error('missing apiVersion or kind; try GetObjectKind().SetGroupVersionKind() if you know the type');
  }
};

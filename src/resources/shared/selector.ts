// Label selectors and label maps as Kubernetes words them, for queries and for the screen.

/** `metav1.LabelSelector`. */
export type LabelSelector = {
  matchLabels?: Record<string, string>;
  matchExpressions?: {key: string; operator: string; values?: string[]}[];
};

const byKey = (a: {readonly key: string}, b: {readonly key: string}): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

const expressionText = (key: string, operator: string, values: readonly string[]): string => {
  const list = values.toSorted().join(',');
  switch (operator) {
    case 'In':
      return `${key} in (${list})`;
    case 'NotIn':
      return `${key} notin (${list})`;
    case 'DoesNotExist':
      return `!${key}`;
    default:
      return key;
  }
};

/** Query text of a selector: `app=web,tier in (a,b),!old`. Empty for one that selects everything, and for none. */
export const selectorQuery = (selector: LabelSelector | null | undefined): string => {
  const parts = [
    ...Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({key, text: `${key}=${value}`})),
    ...(selector?.matchExpressions ?? []).map(({key, operator, values}) => ({
      key,
      text: expressionText(key, operator, values ?? []),
    })),
  ];
  return parts
    .toSorted(byKey)
    .map((part) => part.text)
    .join(',');
};

/** A selector for people, `<none>` when it is empty. */
export const selectorText = (selector: LabelSelector | null | undefined): string => selectorQuery(selector) || '<none>';

/** `a=b,c=d` sorted by key; empty for no labels. */
export const labelsQuery = (labels: Readonly<Record<string, string>> | null | undefined): string =>
  Object.keys(labels ?? {})
    .toSorted()
    .map((key) => `${key}=${labels?.[key]}`)
    .join(',');

/** Labels for people, `<none>` when there are none. */
export const labelsText = (labels: Readonly<Record<string, string>> | null | undefined): string => labelsQuery(labels) || '<none>';

/** Whether labels satisfy a selector. None selects nothing, an empty one everything. */
export const selectorMatches = (
  selector: LabelSelector | null | undefined,
  labels: Readonly<Record<string, string>> = {},
): boolean => {
  if (selector === null || selector === undefined) return false;
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return (
    equal &&
    (selector.matchExpressions ?? []).every(({key, operator, values = []}) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return false;
      }
    })
  );
};

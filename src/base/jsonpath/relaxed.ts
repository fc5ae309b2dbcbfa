// The short spelling of paths that `--sort-by`, custom-columns and `wait` accept.

/** `a.b`, `.a.b`, `{a.b}` and `{.a.b}` all become `{.a.b}`. Throws kubectl's message for anything else. */
export const relaxedJsonPath = (path: string): string => {
  if (path === '') return path;
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path);
  if (match === null) {
    throw new Error("unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'");
  }
  return `{.${match[1] ?? match[2]}}`;
};

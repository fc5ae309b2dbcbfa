// What a parity case is. A case is one or more command lines given to kubectl and to kdeck; stdout and exit code must be equal
// byte for byte, stderr in wording.
//
// Adding cases: put `cases/<verb>.ts` here that exports `cases: readonly ParityCase[]`; the suite finds it by itself.
//
// Placeholders, in argv, steps, files, stdin, seed and after:
//   {ns}    the namespace: `parity-read` for reads (see fixture.ts for what is in it, never change it), a fresh one per side for
//           mutations, named so that both have the same length
//   {other} a second fresh namespace of the side (only when it occurs)
//   {id}    a text that differs per side but has one length: for cluster-scoped objects a case makes (name them `parity-{id}`)
//   {dir}   the working folder of the case, with its files in it (it is also the current folder)
//
// Reads run on the same server one after the other; when they differ they run again, up to three times; then digits of ages are
// blanked, their width still counts. Mutations run once on each side, on namespaces seeded alike, kubectl's and kdeck's at
// the same time. What is normalised, and only there: ages, times, uids, versions, addresses, generated suffixes (normalize.ts).

/** One case. */
export type ParityCase = {
  /** One command line: words, or a text split at blanks (no quotes in it). `-n {ns}` is added unless `namespaced: false`. */
  readonly argv: string | readonly string[];
  /** Shown in reports; the command line when absent. */
  readonly name?: string;
  /** Changes something: runs on two namespaces of its own. */
  readonly mutates?: boolean;
  /** Further command lines after the first, compared like it. */
  readonly steps?: readonly (string | readonly string[])[];
  /** Manifest applied to each side with kubectl before a mutation; then `seeded` is waited for. */
  readonly seed?: string;
  /** `kubectl wait` arguments that tell the seed is ready, such as `--for=condition=Available deployment/web`. */
  readonly seeded?: string;
  /** kubectl command line whose output must be equal on both sides after a mutation: the state the command left. */
  readonly after?: string | readonly string[];
  readonly stdin?: string;
  /** Files in the working folder. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** `limited`, `readonly`, `exec` …: a user of the test cluster; the administrator when absent. `none`: an empty kubeconfig. */
  readonly user?: string;
  /** The kubeconfig is a copy in {dir}/kubeconfig that the command may change; look at it with a step `config view --raw`. */
  readonly ownKubeconfig?: boolean;
  /** Kubeconfig text in place of a user's. */
  readonly kubeconfig?: string;
  /** false: `-n {ns}` is not added. */
  readonly namespaced?: boolean;
  /** Ends the command with SIGINT once this stands on its stdout, on both sides. */
  readonly until?: RegExp;
  /** Extra replacements on both outputs. Say why beside it. */
  readonly normalise?: readonly (readonly [RegExp, string])[];
  /** Lines of stdout come in no fixed order (Go maps); compared sorted. */
  readonly unordered?: boolean;
  /** Only the first line of stderr is compared: the rest is a Go dump nobody can reproduce. */
  readonly firstErrorLine?: boolean;
  /** Prose of our own (help): only these patterns are asked of what kdeck prints, and the exit code is compared. */
  readonly shape?: readonly RegExp[];
};

// Which editor the user wants, and how it is started: KUBE_EDITOR, EDITOR, vi. Knows nothing of terminals.
type Env = Readonly<Record<string, string | undefined>>;

/** A program with its arguments; the file to edit goes behind them. `shell`: the last argument is a shell line. */
export type EditorCommand = {
  readonly program: string;
  readonly args: readonly string[];
  readonly shell: boolean;
  readonly name: string;
};

/** The user's editor. Quotes and backslashes leave the line to the user's shell, as kubectl does. */
export const editorOf = (env: Env, platform: string = process.platform): EditorCommand => {
  const line = env['KUBE_EDITOR'] || env['EDITOR'] || (platform === 'win32' ? 'notepad' : 'vi');
  if (!line.includes(' ')) return {program: line, args: [], shell: false, name: line};
  if (!/["'\\]/.test(line)) {
    const [program = '', ...args] = line.split(' ');
    return {program, args, shell: false, name: line};
  }
  const shell = env['SHELL'] || (platform === 'win32' ? 'cmd' : '/bin/bash');
  return {program: shell, args: [platform === 'win32' ? '/C' : '-c', line], shell: true, name: line};
};

/** Arguments with the file in its place; a shell line gets it quoted at its end. */
export const editorArguments = (editor: EditorCommand, file: string): readonly string[] =>
  editor.shell ? [...editor.args.slice(0, -1), `${editor.args.at(-1)} ${JSON.stringify(file)}`] : [...editor.args, file];

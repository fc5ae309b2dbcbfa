// `completion`: a script that teaches a shell to complete commands, types, names and flags.
import {usageError} from '../errors.ts';
import {quoteGo} from '../flags/quote-go.ts';
import type {Verb} from '../verb.ts';

export const verb: Verb = {
  name: 'completion',
  short: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  long: 'Print a script for bash, zsh, fish or PowerShell. Once the shell has read it, it completes commands, types, names and flags.',
  examples: `
  # bash, this session
  source <({program} completion bash)

  # zsh, always: put this line into ~/.zshrc
  source <({program} completion zsh)

  # fish, always
  {program} completion fish > ~/.config/fish/completions/{program}.fish`,
  usage: 'SHELL',
  flags: [],
  complete: async () => ({words: ['bash', 'fish', 'powershell', 'zsh']}),
  run: async ({args, command, program, streams}) => {
    const [shell] = args;
    if (shell === undefined) throw usageError(command, 'Shell not specified.');
    if (args.length > 1) throw usageError(command, 'Too many arguments. Expected only the shell type.');
    const {scripts} = await import('../completion/scripts.ts');
    const script = scripts[shell];
    if (script === undefined) throw usageError(command, `Unsupported shell type ${quoteGo(shell)}.`);
    streams.stdout.write(script(program));
    return 0;
  },
};

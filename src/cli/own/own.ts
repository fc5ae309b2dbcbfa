// kdeck's own commands, which kubectl does not have. yargs parses and documents them; it is loaded only here.
import type {CliHost} from '../main.ts';

/** One line for each. */
export const ownSummaries: Readonly<Record<string, string>> = {
  info: 'Show the versions of kdeck and where it keeps its files',
};

/** Runs one of kdeck's own commands. */
export const runOwn = async (argv: readonly string[], host: CliHost): Promise<number> => {
  const {default: yargs} = await import('yargs');
  let code = 0;
  const parser = yargs([...argv])
    .scriptName(host.program)
    .exitProcess(false)
    .version(false)
    .help()
    .strict()
    .fail((message, error) => {
      throw error ?? new Error(message);
    })
    .command(
      'info',
      ownSummaries['info']!,
      (command) => command.option('output', {alias: 'o', choices: ['json'] as const, describe: 'Print as JSON'}),
      async ({output}) => {
        const {printInfo} = await import('./info.ts');
        code = await printInfo(host, output);
      },
    );
  await parser.parseAsync(argv, {}, (_error: unknown, _args: unknown, text: string) => {
    if (text !== '') host.streams.stdout.write(`${text}\n`);
  });
  return code;
};

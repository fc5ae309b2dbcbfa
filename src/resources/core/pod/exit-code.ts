// What an exit code means, in words.

const KNOWN: Readonly<Record<number, string>> = {
  1: 'an error of the application',
  2: 'a wrong flag or shell error',
  126: 'the command is not executable',
  127: 'the command was not found',
  130: 'it was interrupted',
  134: 'it aborted',
  135: 'a bus error',
  136: 'an arithmetic error',
  137: 'it was killed',
  139: 'it crashed on a memory access',
  143: 'it was asked to stop',
  255: 'a general failure',
};

type Ended = {readonly exitCode: number; readonly reason?: string; readonly signal?: number};

/** `exit code 1, an error of the application`; out-of-memory kills are told as such. */
export const endText = ({exitCode, reason, signal}: Ended): string => {
  if (reason === 'OOMKilled') return 'killed for using more memory than its limit';
  const meaning =
    KNOWN[exitCode] ??
    (signal ? `killed by signal ${signal}` : exitCode > 128 && exitCode < 165 ? `killed by signal ${exitCode - 128}` : undefined);
  return `exit code ${exitCode}${meaning === undefined ? '' : `, ${meaning}`}`;
};

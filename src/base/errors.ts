// The one error class of kdeck: a stable code, one sentence a person understands, and what to try next.

/** How to build a {@link KdeckError}. */
export type KdeckErrorOptions = {
  readonly cause?: unknown;
  /** Commands or readings that may help, each one short line. */
  readonly tryThis?: readonly string[];
  /** Process exit code a verb should end with; 1 unless kubectl's own differs. */
  readonly exitCode?: number;
};

/** An error with a stable `KD-AREA-REASON` code and a message fit for people. */
export class KdeckError extends Error {
  readonly code: string;
  readonly tryThis: readonly string[];
  readonly exitCode: number;

  constructor(code: string, message: string, options: KdeckErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : {cause: options.cause});
    this.name = 'KdeckError';
    this.code = code;
    this.tryThis = options.tryThis ?? [];
    this.exitCode = options.exitCode ?? 1;
  }
}

/** The message of anything that was thrown. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

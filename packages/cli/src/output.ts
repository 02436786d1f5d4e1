/** Where a command reads from and prints to; tests pass their own. */
export interface Output {
  /** Standard input. */
  readonly input: NodeJS.ReadableStream;
  /** Prints a line of results. */
  line(text: string): void;
  /** Prints a line about the work itself: progress, errors. */
  note(text: string): void;
  /** The exit code so far: 0, 1 for a failure, 2 for a wrong command line. */
  exitCode: number;
  /** Is aborted when the user wants the command to end (SIGINT, SIGTERM). */
  readonly signal: AbortSignal;
}

/** The process's own standard streams. Broken pipes (`| head`) end the process quietly. */
export function processOutput(): Output {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`error: standard output cannot be written: ${error.message}\n`);
    process.exit(1);
  });
  return {
    input: process.stdin,
    line: (text) => process.stdout.write(`${text}\n`),
    note: (text) => process.stderr.write(`${text}\n`),
    exitCode: 0,
    signal: stop.signal,
  };
}

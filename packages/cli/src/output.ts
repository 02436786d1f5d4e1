/** A screen that a command may draw on. */
export interface Terminal {
  /**
   * Draws a picture in the place of the one before; lines that are too long or too many for the screen are cut.
   *
   * @param lines - The picture.
   */
  draw(lines: readonly string[]): void;
}

/** Where a command reads from and prints to; tests pass their own. */
export interface Output {
  /** Standard input. */
  readonly input: NodeJS.ReadableStream;
  /** Prints a line of results. */
  line(text: string): void;
  /** Prints a line about the work itself: progress, errors. */
  note(text: string): void;
  /** The screen, where standard output is one. */
  readonly terminal?: Terminal | undefined;
  /** The exit code so far: 0, 1 for a failure, 2 for a wrong command line. */
  exitCode: number;
  /** Is aborted when the user wants the command to end (SIGINT, SIGTERM). */
  readonly signal: AbortSignal;
}

/**
 * Waits until the user wants the command to end.
 *
 * @param output - Has the signal.
 */
export async function untilInterrupted({ signal }: Output): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** A terminal that knows the control sequences of ECMA-48, as all in use do. */
function screen(stream: NodeJS.WriteStream): Terminal {
  const home = '\u001B[H';
  const clearLine = '\u001B[K';
  const clearBelow = '\u001B[J';
  return {
    draw: (lines) => {
      const { columns, rows } = stream;
      const shown = lines.length < rows ? lines : [...lines.slice(0, rows - 2), '...'];
      const picture = shown.map((line) => `${line.slice(0, columns)}${clearLine}\n`).join('');
      stream.write(`${home}${picture}${clearBelow}`);
    },
  };
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
    terminal: process.stdout.isTTY ? screen(process.stdout) : undefined,
    exitCode: 0,
    signal: stop.signal,
  };
}

import { parseArgs } from 'node:util';
import { RserpoolError } from '@rserpool/wire';

/** What the main job is told on its command line. */
export interface MainJobOptions {
  /** Print JSON lines instead of the timeline. */
  readonly json: boolean;
  /** Where the picture goes. */
  readonly output: string;
  /** How long an element pauses between two rows, in milliseconds, so that a person can watch. */
  readonly rowPauseMs: number;
}

/** The help text of the main job. */
export const mainJobHelp = `Usage: npm start -- [options]

Two registrars, three pool elements and a pool user, each a process of its own on loopback, compute a
Mandelbrot picture in a session over SCTP with two paths. Meanwhile the serving element and then its
successor's home registrar are killed with SIGKILL, and then one of the paths is cut; the picture has to
come out as if nothing had happened.

Options:
  --json             print one JSON object an event; the last one is "done"
  --output FILE      where to write the picture (default: fractal.png)
  --row-pause MS     pause of an element between two rows, 0 to 100 (default: 20)
  --help             print this`;

/**
 * Reads the command line of the main job.
 *
 * @param argv - The arguments.
 * @returns The options, or `undefined` where help was asked for.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`, with one line that says what is wrong and what is allowed.
 */
export function readMainJobOptions(argv: readonly string[]): MainJobOptions | undefined {
  const values = parse(argv);
  if (values.help === true) return undefined;
  const pause = values['row-pause'] ?? '20';
  if (!/^\d{1,3}$/u.test(pause) || Number(pause) > 100) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `--row-pause is '${pause}'; allowed is 0 to 100`,
    );
  }
  return { json: values.json ?? false, output: values.output ?? 'fractal.png', rowPauseMs: Number(pause) };
}

function parse(argv: readonly string[]): {
  json?: boolean;
  output?: string;
  'row-pause'?: string;
  help?: boolean;
} {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        json: { type: 'boolean' },
        output: { type: 'string' },
        'row-pause': { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `${reason}; allowed are --json, --output FILE, --row-pause MS and --help`,
      { cause: error },
    );
  }
}

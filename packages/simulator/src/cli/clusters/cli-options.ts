import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { RserpoolError } from '@rserpool/wire';
import type { ScenarioOptions } from '../../cluster/scenario.ts';
import type { SimulatedTransport } from '../../network/simulated-network.ts';

/** What the command is told. */
export interface CliOptions {
  /** The first seed. */
  readonly from: number;
  /** How many seeds; `undefined` for as many as there is time for. */
  readonly seeds: number | undefined;
  /** How long to go on with further seeds, in milliseconds; `undefined` for as long as it takes. */
  readonly limitMs: number | undefined;
  /** How many are simulated at the same time. */
  readonly jobs: number;
  /** Whether JSON lines are printed instead of a progress bar. */
  readonly json: boolean;
  /** Whether everything that happens is printed, for one seed. */
  readonly trace: boolean;
  /** What of the scenarios is not drawn. */
  readonly scenario: ScenarioOptions;
  /** What carries associations. */
  readonly transport: SimulatedTransport;
}

/** The help text. */
export const cliHelp = `Usage: rserpool-sim clusters [options]

Simulates clusters of registrars, pool elements and pool users in virtual time, one for each seed: the machines and
the codec of production on a network in memory, with faults that follow from the seed, and checkers that watch.

Options:
  --seeds N      how many seeds (default: 100; with --minutes as many as there is time for)
  --from S       the first seed (default: 1)
  --minutes M    begin no further seed after M minutes
  --seed S       one seed only
  --trace        with --seed: print everything that happens, a line each
  --profile P    rfc or lan (default: drawn by seed)
  --transport T  messages (whole and in order, the default) or sctp (the SCTP of production, packet by packet)
  --jobs N       how many at the same time (default: one for each core)
  --json         print JSON lines; the last one sums up
  --help         print this`;

const allowed =
  'allowed are --seeds, --from, --minutes, --seed, --trace, --profile, --transport, --jobs, --json and --help';

/**
 * Reads the command line.
 *
 * @param argv - The arguments.
 * @returns The options, or `undefined` where help was asked for.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`, with one line that says what is wrong and what is allowed.
 */
export function readCliOptions(argv: readonly string[]): CliOptions | undefined {
  const values = parse(argv);
  if (values.help === true) return undefined;
  const seed = number('seed', values.seed, 0, 0xffff_ffff);
  const minutes = number('minutes', values.minutes, 0, 100_000);
  const seeds = number('seeds', values.seeds, 1, 1_000_000_000);
  const { profile } = values;
  if (profile !== undefined && profile !== 'rfc' && profile !== 'lan') {
    throw invalid(`--profile is '${profile}'; allowed are rfc and lan`);
  }
  const { transport = 'messages' } = values;
  if (transport !== 'messages' && transport !== 'sctp') {
    throw invalid(`--transport is '${transport}'; allowed are messages and sctp`);
  }
  if (values.trace === true && seed === undefined) throw invalid('--trace needs --seed S');
  return {
    from: seed ?? number('from', values.from, 0, 0xffff_ffff) ?? 1,
    seeds: seed !== undefined ? 1 : (seeds ?? (minutes === undefined ? 100 : undefined)),
    limitMs: minutes === undefined ? undefined : minutes * 60_000,
    jobs: number('jobs', values.jobs, 1, 256) ?? availableParallelism(),
    json: values.json ?? false,
    trace: values.trace ?? false,
    scenario: profile === undefined ? {} : { profile },
    transport,
  };
}

function number(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  const isWhole = name === 'minutes' || Number.isInteger(value);
  if (text !== '' && isWhole && value >= least && value <= most) return value;
  throw invalid(`--${name} is '${text}'; allowed is ${least} to ${most}`);
}

function parse(argv: readonly string[]): {
  [Name in 'seeds' | 'from' | 'minutes' | 'seed' | 'profile' | 'transport' | 'jobs']?: string;
} & { json?: boolean; trace?: boolean; help?: boolean } {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        seeds: { type: 'string' },
        from: { type: 'string' },
        minutes: { type: 'string' },
        seed: { type: 'string' },
        profile: { type: 'string' },
        transport: { type: 'string' },
        jobs: { type: 'string' },
        json: { type: 'boolean' },
        trace: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    throw invalid(`${reason}; ${allowed}`, error);
  }
}

function invalid(message: string, cause?: unknown): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', message, { cause });
}

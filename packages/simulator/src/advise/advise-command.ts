import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../cli/context.ts';
import { Progress } from '../cli/progress.ts';
import { addRunOptions, executorOf, type RunOptions } from '../cli/run-options.ts';
import type { Model } from '../evaluation/parameters.ts';
import { describeRecommendation, recommendationToPlain } from './describe-recommendation.ts';
import { defaultUsers, type PoolDescription, runLengths } from './pool-description.ts';
import { countRuns, recommend } from './recommend.ts';

interface AdviseOptions extends RunOptions {
  readonly capacities?: readonly number[];
  readonly elements: number;
  readonly capacity: number;
  readonly size: number;
  readonly rate: number;
  readonly users?: number;
  readonly mtbf: number | 'never';
  readonly downtime: number;
  readonly delay: number;
  readonly goodput: number;
  readonly objective: PoolDescription['objective'];
  readonly model: Model;
  readonly quick?: true;
  readonly json?: true;
}

/** Runs a candidate has where nothing is said: enough to see differences of a few per cent. */
const defaultSeeds = { full: 8, quick: 4 } as const;

/**
 * Adds the command `advise`.
 *
 * @param program - The command line to add it to.
 * @param context - What it works with.
 */
export function addAdvise(program: Command, context: Context): void {
  const command = program
    .command('advise')
    .description(
      'recommend policy, keep-alives, failure reports and cookie interval for a pool, by simulation',
    )
    .addOption(
      new Option(
        '--capacities <list>',
        'the capacity of each element, calculations/s, with commas',
      ).argParser((text: string) => text.split(',').map(positive)),
    )
    .addOption(
      new Option('--elements <n>', 'instead: how many equal elements there are').argParser(count).default(10),
    )
    .addOption(
      new Option('--capacity <n>', 'and what each of them has').argParser(positive).default(1e6, '1e6'),
    )
    .addOption(
      new Option('--size <n>', 'the mean size of a request, calculations')
        .argParser(positive)
        .default(1e7, '1e7'),
    )
    .requiredOption('--rate <n>', 'how many requests come from all users together, a second', positive)
    .addOption(
      new Option(
        '--users <n>',
        'how many users there are (default: enough not to wait for their own)',
      ).argParser(count),
    )
    .requiredOption('--mtbf <seconds>', 'the mean time between failures of an element, or never', mtbf)
    .addOption(
      new Option('--downtime <seconds>', 'how long a failed element is away')
        .argParser(notNegative)
        .default(0),
    )
    .addOption(new Option('--delay <ms>', 'the delay of a message').argParser(notNegative).default(10))
    .addOption(
      new Option('--goodput <share>', 'the share of the work that failures must not destroy')
        .argParser(positive)
        .default(0.98),
    )
    .addOption(
      new Option('--objective <what>', 'speed at any price below 1 %, or up to 10 % of it for fewer messages')
        .choices(['speed', 'cost'])
        .default('speed'),
    )
    .addOption(
      new Option(
        '--model <name>',
        'how failures are noticed: as in a paper (by timeouts alone), or with SCTP',
      )
        .choices(['2009', '2005', 'rfc'])
        .default('2009'),
    )
    .option('--quick', 'shorter and fewer runs')
    .option('--json', 'print one JSON object');
  addRunOptions(command, `${defaultSeeds.full}, with --quick ${defaultSeeds.quick}`).action(
    async (options: AdviseOptions) => await advise(options, context),
  );
}

async function advise(options: AdviseOptions, context: Context): Promise<void> {
  const pool = poolOf(options);
  const thoroughness = options.quick === true ? 'quick' : 'full';
  const { seeds = defaultSeeds[thoroughness] } = options;
  const progress = new Progress(context, countRuns(pool, seeds));
  try {
    const recommendation = await recommend(pool, runLengths[thoroughness], {
      executor: executorOf(options, context),
      seeds,
      signal: context.signal,
      onRun: () => progress.tick('advise'),
    });
    progress.stop();
    const plain = recommendationToPlain(recommendation);
    context.line(options.json === true ? JSON.stringify(plain) : describeRecommendation(recommendation));
    if (recommendation.choice === undefined) context.exitCode = 1;
  } finally {
    progress.stop();
  }
}

function poolOf(options: AdviseOptions): PoolDescription {
  const { delay, downtime, elements, goodput, model, objective, rate, size } = options;
  const capacities = options.capacities ?? Array.from({ length: elements }, () => options.capacity);
  const { users = defaultUsers({ capacities, size, rate }) } = options;
  return { capacities, size, rate, users, mtbf: options.mtbf, downtime, delay, goodput, objective, model };
}

function positive(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Allowed is a number above 0.');
}

function notNegative(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('Allowed is a number, at least 0.');
}

function count(text: string): number {
  if (/^\d{1,5}$/u.test(text) && Number(text) >= 1) return Number(text);
  throw new InvalidArgumentError('Allowed is a whole number from 1 to 99999.');
}

function mtbf(text: string): number | 'never' {
  return text === 'never' ? text : positive(text);
}

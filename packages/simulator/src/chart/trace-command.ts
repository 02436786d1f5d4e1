import { writeFileSync } from 'node:fs';
import { RserpoolError } from '@rserpool/wire';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { addParameterOptions, parameterValues } from '../cli/commands/cell.ts';
import type { Context } from '../cli/context.ts';
import { checkParameters } from '../evaluation/check-parameters.ts';
import type { RunParameters } from '../evaluation/parameters.ts';
import { simulateRun } from '../evaluation/simulate-run.ts';
import { windowOf } from './failover-chart.ts';
import { formatRunTraceLine, isWanted, runTraceHeading, type TraceFilter } from './format-trace.ts';
import { drawSequenceChart } from './sequence-chart.ts';
import { type FailoverPicture, pictureFailover } from './picture-failover.ts';

interface TraceOptions extends Partial<RunParameters> {
  readonly seed: number;
  readonly from?: number;
  readonly until?: number;
  readonly components: readonly string[];
  readonly onlyFailover?: true;
  readonly chart?: string;
}

/**
 * Adds the command `trace`.
 *
 * @param program - The command line to add it to.
 * @param context - What it works with.
 */
export function addTrace(program: Command, context: Context): void {
  const command = program
    .command('trace')
    .description('simulate one run, and print what happens in it line by line')
    .addOption(new Option('--seed <n>', 'where the random numbers begin').argParser(readSeed).default(1))
    .addOption(new Option('--from <seconds>', 'leave out what is before').argParser(readSeconds))
    .addOption(new Option('--until <seconds>', 'leave out what is after').argParser(readSeconds))
    .addOption(
      new Option(
        '--components <names>',
        "only what these send, receive or do, with commas: 'user 1,element 2.3,registrar 1'",
      )
        .argParser((text: string) => text.split(',').map((name) => name.trim()))
        .default([], 'all'),
    )
    .option('--only-failover', 'only the first failover from --from on, at its user and its lost element')
    .option('--chart <file>', 'draw that failover as a message sequence chart: a file for SVG');
  addParameterOptions(command).action((options: TraceOptions) => {
    const parameters = checkParameters(parameterValues(options));
    const { chart, components, from = 0, seed, until = Infinity } = options;
    const isPictured = chart !== undefined || options.onlyFailover === true;
    const picture = isPictured ? pictured(parameters, options) : undefined;
    if (picture !== undefined && chart !== undefined) {
      writeFileSync(chart, drawSequenceChart(picture.chart));
      context.note(`${picture.chart.title}; drawn in ${chart}`);
      if (options.onlyFailover !== true) return;
    }
    const filter = picture === undefined ? { from, until, components } : filterOf(picture);
    context.line(runTraceHeading);
    simulateRun(parameters, seed, {
      trace: (line) => {
        if (isWanted(filter, line)) context.line(formatRunTraceLine(line));
      },
    });
  });
}

function pictured(parameters: RunParameters, { from, seed }: TraceOptions): FailoverPicture {
  const picture = pictureFailover(parameters, seed, from);
  if (picture !== undefined) return picture;
  throw new RserpoolError(
    'ERR_RSERPOOL_INVALID_ARGUMENT',
    `No session fails over in the run with seed ${seed}: give --mtbf or --availability, a longer --duration or another --seed.`,
  );
}

function filterOf({ failover }: FailoverPicture): TraceFilter {
  return { ...windowOf(failover), components: [failover.user, failover.lost] };
}

function readSeed(text: string): number {
  const seed = Number(text);
  if (/^\d{1,10}$/u.test(text) && seed <= 0xffff_ffff) return seed;
  throw new InvalidArgumentError('Allowed is a whole number from 0 to 4294967295.');
}

function readSeconds(text: string): number {
  const seconds = text.trim() === '' ? Number.NaN : Number(text);
  if (seconds >= 0) return seconds;
  throw new InvalidArgumentError('Allowed is a number of seconds, at least 0.');
}

import { type Command, InvalidArgumentError, Option } from 'commander';
import { RserpoolError } from '@rserpool/wire';
import { checkParameters } from '../../evaluation/check-parameters.ts';
import { metricTable } from '../../evaluation/metrics.ts';
import { type ParameterDescription, parameterTable } from '../../evaluation/parameter-table.ts';
import type { RunParameters } from '../../evaluation/parameters.ts';
import { summarize } from '../../experiment/results/figure-results.ts';
import type { RunMetrics, RunTask } from '../../experiment/runs/run-task.ts';
import { formatEstimate } from '../../experiment/statistics/format.ts';
import type { Context } from '../context.ts';
import { Progress } from '../progress.ts';
import { addRunOptions, executorOf, type RunOptions } from '../run-options.ts';

const defaultSeeds = 24;

type CellOptions = RunOptions & Partial<RunParameters> & { readonly json?: true };

/**
 * Adds the command `cell`.
 *
 * @param program - The command line to add it to.
 * @param context - What it works with.
 */
export function addCell(program: Command, context: Context): void {
  const command = program
    .command('cell')
    .description('simulate one point: all parameters on the command line, all metrics as the result')
    .option('--json', 'print one JSON object: mean, half width of the 95 % confidence interval, and runs');
  addParameterOptions(addRunOptions(command, String(defaultSeeds)));
  command.action(async (options: CellOptions) => {
    const { json, seeds = defaultSeeds } = options;
    const parameters = checkParameters(parameterValues(options));
    const tasks = Array.from({ length: seeds }, (_, index) => ({ parameters, seed: index + 1 }));
    const metrics = summarize(await simulateAll(tasks, options, context));
    if (json === true) {
      context.line(JSON.stringify(metrics));
      return;
    }
    for (const [name, { title, unit }] of Object.entries(metricTable)) {
      const value = metrics[name];
      if (value !== undefined) context.line(`${title.padEnd(34)} ${formatEstimate(value)} ${unit}`.trimEnd());
    }
  });
}

/**
 * Adds an option for each parameter of a run.
 *
 * @param command - The command.
 */
export function addParameterOptions(command: Command): Command {
  return parameterTable.reduce((grown, parameter) => grown.addOption(optionOf(parameter)), command);
}

/**
 * The parameters among the options of a command.
 *
 * @param options - All its options.
 */
export function parameterValues(options: Partial<RunParameters>): Partial<RunParameters> {
  return Object.fromEntries(parameterTable.map(({ name }) => [name, options[name]]));
}

function optionOf(parameter: ParameterDescription): Option {
  const { option, meaning, unit, range } = parameter;
  const inUnit = unit === '' ? '' : ` [${unit}]`;
  return new Option(`${option} <value>`, `${meaning}${inUnit}: ${range}`).argParser((text: string) => {
    try {
      return parameter.parse(text);
    } catch (error) {
      if (!RserpoolError.is(error)) throw error;
      throw new InvalidArgumentError(`Allowed is ${range}.`);
    }
  });
}

/** Simulates all runs; their metrics are in the order of the tasks, whichever ends first. */
async function simulateAll(
  tasks: readonly RunTask[],
  options: RunOptions,
  context: Context,
): Promise<RunMetrics[]> {
  const results = new Map<RunTask, RunMetrics>();
  const progress = new Progress(context, tasks.length);
  try {
    await executorOf(
      options,
      context,
    )({
      tasks,
      signal: context.signal,
      onResult: (task, metrics) => {
        results.set(task, metrics);
        progress.tick('cell');
      },
    });
  } finally {
    progress.stop();
  }
  context.signal.throwIfAborted();
  return tasks.map((task) => results.get(task) ?? {});
}

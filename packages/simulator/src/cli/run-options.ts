import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { RunExecutor } from '../experiment/runs/run-task.ts';
import { threadExecutor } from '../experiment/runs/thread-executor.ts';
import type { Context } from './context.ts';

/** How runs are simulated. */
export interface RunOptions {
  /** How many runs each point has; `undefined` for as many as its scenario says. */
  readonly seeds?: number;
  /** How many threads there are. */
  readonly workers: number;
}

/**
 * Adds the options of commands that simulate runs.
 *
 * @param command - The command.
 * @param seeds - How many runs a point has where nothing is said, in words.
 */
export function addRunOptions(command: Command, seeds: string): Command {
  return command
    .addOption(
      new Option(
        '--seeds <n>',
        `how many runs each point has, with the seeds 1 to n (default: ${seeds})`,
      ).argParser(wholeNumber(1, 10_000)),
    )
    .addOption(
      new Option('--workers <n>', 'how many threads simulate')
        .argParser(wholeNumber(1, 256))
        .default(availableParallelism(), 'one for each core'),
    );
}

/**
 * Who simulates the runs of a command.
 *
 * @param options - Its options.
 * @param context - What it works with.
 */
export function executorOf({ workers }: RunOptions, context: Context): RunExecutor {
  return threadExecutor(context.workers.runs, workers);
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Allowed is a whole number from ${least} to ${most}.`);
  };
}

import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { RunExecutor } from '../experiment/runs/run-task.ts';
import { describePoolEvent } from '../distribution/describe-events.ts';
import { createPoolExecutor } from '../distribution/pool-executor.ts';
import {
  addPoolRunOptions,
  checkPoolOptions,
  openPoolUser,
  poolHandleOf,
  type PoolRunOptions,
} from '../distribution/pool-options.ts';
import { modelVersion } from '../experiment/runs/model-version.ts';
import type { Context } from './context.ts';

/** How runs are simulated. */
export interface RunOptions extends PoolRunOptions {
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
  command
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
  return addPoolRunOptions(command);
}

/**
 * Who simulates the runs of a command: threads of this process, or the workers of a pool.
 *
 * @param options - Its options.
 * @param context - What it works with.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a pool without a registrar, or the reverse.
 */
export function executorOf(options: RunOptions, context: Context): RunExecutor {
  checkPoolOptions(options);
  if (options.pool === undefined) return context.executor(options.workers);
  // Runs are simulated for it, so that it is made once and before anybody waits for an answer.
  let version: string | undefined;
  // The progress bar may stand there.
  const clearLine = context.progressStream?.isTTY === true ? '\r\u001b[K' : '';
  return async (work) => {
    version ??= modelVersion();
    await using user = await openPoolUser(options);
    const execute = createPoolExecutor({
      user,
      poolHandle: poolHandleOf(options),
      modelVersion: version,
      waitMs: options.workerTimeout * 1000,
      onEvent: (event) => context.note(`${clearLine}${describePoolEvent(event)}`),
    });
    await execute(work);
  };
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Allowed is a whole number from ${least} to ${most}.`);
  };
}

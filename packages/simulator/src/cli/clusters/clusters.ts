import { RserpoolError } from '@rserpool/wire';
import { SingleBar } from 'cli-progress';
import { formatTraceLine } from '../../cluster/trace.ts';
import type { SimulationResult } from '../../run/simulation.ts';
import { runInThreads } from '../../threads/thread-pool.ts';
import { cliHelp, type CliOptions, readCliOptions } from './cli-options.ts';
import { type SeedTask, simulateTask } from './seed-worker.ts';
import { Summary } from './summary.ts';

/**
 * The command `clusters`: simulates the seeds that it is told to, and says what they came to.
 *
 * @param argv - The command line.
 * @param worker - What threads run.
 * @param signal - Ends it.
 * @returns The exit code: 0 where no seed failed, 1 where one did, 2 where the command line is wrong, 130 where it was
 *   interrupted.
 */
export async function clusters(argv: readonly string[], worker: URL, signal: AbortSignal): Promise<number> {
  let options: CliOptions | undefined;
  try {
    options = readCliOptions(argv);
  } catch (error) {
    if (!RserpoolError.is(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  if (options === undefined) {
    process.stdout.write(`${cliHelp}\n`);
    return 0;
  }
  return options.trace ? await replay(options) : await runAll(options, worker, signal);
}

async function replay({ from, scenario, transport }: CliOptions): Promise<number> {
  const { violation } = await simulateTask({ seed: from, scenario, transport }, (line) => {
    process.stdout.write(`${formatTraceLine(line)}\n`);
  });
  return violation === undefined ? 0 : 1;
}

async function runAll(options: CliOptions, worker: URL, signal: AbortSignal): Promise<number> {
  const { from, seeds, limitMs, scenario, transport, jobs, json } = options;
  const startedAt = performance.now();
  const summary = new Summary(startedAt);
  const bar = json ? undefined : progressBar(seeds);
  let next = from;
  const takeNext = (): SeedTask | undefined => {
    const isEnough = seeds !== undefined && next >= from + seeds;
    const isLate = limitMs !== undefined && performance.now() - startedAt >= limitMs;
    return isEnough || isLate ? undefined : { seed: next++, scenario, transport };
  };
  await runInThreads<SeedTask, SimulationResult>({
    worker,
    jobs,
    signal,
    next: takeNext,
    onResult: (result) => {
      summary.add(result);
      if (result.violation !== undefined) {
        if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
        else process.stdout.write(`\r\u001b[K${failureLine(result)}\n`);
      }
      bar?.increment(1, { failed: summary.failed });
    },
  });
  bar?.stop();
  const now = performance.now();
  process.stdout.write(`${json ? JSON.stringify(summary.toJson(now)) : summary.toText(now)}\n`);
  if (signal.aborted) return 130;
  return summary.failed === 0 ? 0 : 1;
}

function progressBar(seeds: number | undefined): SingleBar {
  const bar = new SingleBar({
    format: 'clusters {bar} {value}/{total} | {failed} failed | {duration_formatted}',
    hideCursor: true,
    noTTYOutput: false,
  });
  bar.start(seeds ?? 0, 0, { failed: 0 });
  return bar;
}

function failureLine({ seed, scenario, violation }: SimulationResult): string {
  const { at = 0, checker = '', what = '' } = violation ?? {};
  const [first = ''] = what.split('\n');
  return `seed ${seed} (${scenario.profile}) failed at ${(at / 1000).toFixed(3)} s: ${checker}: ${first}`;
}

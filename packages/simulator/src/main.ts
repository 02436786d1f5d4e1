/**
 * The command `rserpool-sim` and what its threads run; for the files in `bin`.
 *
 * @packageDocumentation
 */
import { runProgram } from './cli/program.ts';
import { threadExecutor } from './experiment/runs/thread-executor.ts';
import { ScenarioLibrary } from './experiment/scenario/scenario-library.ts';

/** What threads run: the files that call the servers of this package. */
export interface WorkerFiles {
  /** Simulates seeds of clusters; calls `serveSeeds`. */
  readonly seeds: URL;
  /** Simulates runs of the evaluation; calls `serveRuns`. */
  readonly runs: URL;
}

/**
 * Runs the command in this process. The first interruption ends it in order, a second one at once.
 *
 * @param argv - The arguments behind the command's name.
 * @param workers - What threads run.
 * @param scenarios - The directory of the package's scenarios.
 * @returns The exit code.
 */
export async function main(argv: readonly string[], workers: WorkerFiles, scenarios: URL): Promise<number> {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read the results has seen enough, as `head` has.
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
  return await runProgram(argv, {
    seedWorker: workers.seeds,
    runWorker: workers.runs,
    executor: (threads) => threadExecutor(workers.runs, threads),
    library: new ScenarioLibrary(scenarios),
    line: (text) => process.stdout.write(`${text}\n`),
    note: (text) => process.stderr.write(`${text}\n`),
    progressStream: process.stderr,
    signal: stop.signal,
    exitCode: 0,
  });
}

export { serveSeeds } from './cli/clusters/seed-worker.ts';
export { serveRuns } from './experiment/runs/run-worker.ts';

import type { RunExecutor } from '../experiment/runs/run-task.ts';
import type { ScenarioLibrary } from '../experiment/scenario/scenario-library.ts';

/** What commands work with; tests pass their own. */
export interface Context {
  /** What a thread runs that simulates clusters; it calls `serveSeeds`. */
  readonly seedWorker: URL;
  /** What a thread runs that simulates runs of the evaluation; it calls `serveRuns`. */
  readonly runWorker: URL;
  /**
   * Simulates runs at several places at once.
   *
   * @param workers - At how many.
   */
  executor(workers: number): RunExecutor;
  /** The scenarios of the package. */
  readonly library: ScenarioLibrary;
  /** Prints a line of results. */
  line(text: string): void;
  /** Prints a line about the work itself. */
  note(text: string): void;
  /** Where the progress is shown; `undefined` for nowhere. */
  readonly progressStream: NodeJS.WriteStream | undefined;
  /** Is aborted when the user wants the command to end. */
  readonly signal: AbortSignal;
  /** The exit code so far: 0, 1 for a failure, 2 for a wrong command line, 130 after an interruption. */
  exitCode: number;
}

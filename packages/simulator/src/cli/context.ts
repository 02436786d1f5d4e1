import type { ScenarioLibrary } from '../experiment/scenario/scenario-library.ts';

/** What threads run: the files that call the servers of this package. */
export interface WorkerFiles {
  /** Simulates seeds of clusters; calls `serveSeeds`. */
  readonly seeds: URL;
  /** Simulates runs of the evaluation; calls `serveRuns`. */
  readonly runs: URL;
}

/** What commands work with; tests pass their own. */
export interface Context {
  /** What threads run. */
  readonly workers: WorkerFiles;
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

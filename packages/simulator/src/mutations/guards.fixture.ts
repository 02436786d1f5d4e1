import { parentPort, workerData } from 'node:worker_threads';
import { simulate, type SimulationOptions } from '../run/simulation.ts';

/** A transcript as it stands in its file. */
export interface RecordedTranscript {
  /** Its package. */
  readonly set: string;
  /** The name of its file, without the ending. */
  readonly name: string;
  readonly text: string;
}

/** What is run against a mutant. */
export interface GuardTask {
  readonly transcripts: readonly RecordedTranscript[];
  /** The clusters that are simulated, until one of them fails. */
  readonly clusters: readonly Pick<SimulationOptions, 'seed' | 'scenario'>[];
  /** Whether clusters are simulated although transcripts have failed. */
  readonly everyGuard: boolean;
}

/** What failed. */
export interface Findings {
  /** The transcripts that are not as they were, as `set name`; with what was thrown, where something was. */
  readonly transcripts: readonly string[];
  /** The first cluster that failed, as `checker (seed n)`, and what the checker saw. */
  readonly cluster: { readonly guard: string; readonly what: string } | undefined;
}

/** Replays a transcript: its text as it has to be. */
type Replay = (text: string) => string;

/**
 * Runs the guards in a thread, with the code that the thread has, and tells what failed.
 *
 * @param replays - What replays the transcripts of each package.
 */
export function serveGuards(replays: Readonly<Record<string, Replay>>): void {
  const { transcripts, clusters, everyGuard } = workerData as GuardTask;
  const failed = transcripts.flatMap(({ set, name, text }) => {
    const difference = differenceOf(text, replays[set]);
    return difference === undefined ? [] : [`${set} ${name}${difference}`];
  });
  let cluster: Findings['cluster'];
  if (failed.length === 0 || everyGuard) {
    for (const options of clusters) {
      const { violation } = simulate(options);
      if (violation === undefined) continue;
      cluster = { guard: `${violation.checker} (seed ${options.seed})`, what: violation.what };
      break;
    }
  }
  const findings: Findings = { transcripts: failed, cluster };
  parentPort?.postMessage(findings);
}

function differenceOf(text: string, replay: Replay | undefined): string | undefined {
  if (replay === undefined) return ': nothing replays it';
  try {
    return replay(text) === text ? undefined : '';
  } catch (error) {
    return `: ${String(error)}`;
  }
}

import { SingleBar } from 'cli-progress';
import type { Context } from './context.ts';

/** How far runs have come, and how long the others take. */
export class Progress {
  readonly #bar: SingleBar | undefined;

  /**
   * @param context - Where it is shown.
   * @param total - How many runs there are.
   */
  constructor({ progressStream }: Context, total: number) {
    if (progressStream === undefined || total === 0) return;
    this.#bar = new SingleBar({
      format: '{bar} {value}/{total} runs | {duration_formatted} | {eta_formatted} left | {figure}',
      stream: progressStream,
      hideCursor: true,
      // Figures differ much in how long a run takes: the last runs tell more of the next ones than all do.
      etaBuffer: 100,
      noTTYOutput: true,
      notTTYSchedule: 30_000,
    });
    this.#bar.start(total, 0, { figure: '' });
  }

  /**
   * Counts a run.
   *
   * @param figure - What it belongs to.
   */
  tick(figure: string): void {
    this.#bar?.increment(1, { figure });
  }

  /** Takes the cursor to the next line. */
  stop(): void {
    this.#bar?.stop();
  }
}

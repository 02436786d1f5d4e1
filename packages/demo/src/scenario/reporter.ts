import cliProgress from 'cli-progress';
import type { DemoEvent } from './demo-event.ts';
import { describeEvent } from './describe-event.ts';

/** Prints the job's events as they come. */
export interface Reporter {
  /** Takes the next event. */
  event(event: DemoEvent): void;
  /** Nothing more comes. */
  end(): void;
}

/**
 * One JSON object a line, for programs.
 *
 * @param write - Prints a line.
 */
export function jsonReporter(write: (line: string) => void): Reporter {
  return { event: (event) => write(JSON.stringify(event)), end: () => undefined };
}

/**
 * A timeline for people and, on a terminal, a progress bar below it.
 *
 * @param write - Prints a line.
 * @param terminal - The stream that the bar is drawn on; no bar where it is no terminal.
 */
export function timelineReporter(write: (line: string) => void, terminal: NodeJS.WriteStream): Reporter {
  const bars = terminal.isTTY
    ? new cliProgress.MultiBar(
        {
          format: '          {bar} {value}/{total} rows',
          stream: terminal,
          clearOnComplete: true,
          hideCursor: true,
        },
        cliProgress.Presets.shades_classic,
      )
    : undefined;
  let bar: cliProgress.SingleBar | undefined;
  const endBar = (): void => {
    if (bar !== undefined) bars?.stop();
    bar = undefined;
  };
  return {
    event: (event) => {
      if (event.event === 'progress') {
        bar ??= bars?.create(event.of, 0);
        bar?.update(event.rows);
      }
      // The bar prints lines with its next drawing, which does not come any more.
      if (event.event === 'picture' || event.event === 'done') endBar();
      const text = describeEvent(event);
      if (text === undefined) return;
      const line = `${(event.t / 1000).toFixed(3).padStart(8)}s ${text}`;
      // The bar has to move down for the line; before there is one, printing directly keeps the order.
      if (bar === undefined || bars === undefined) write(line);
      else bars.log(`${line}\n`);
    },
    end: endBar,
  };
}

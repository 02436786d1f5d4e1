import { Readable } from 'node:stream';
import type { Output } from '../output.ts';

/** An {@link Output} that keeps what is printed, for tests. */
export class CapturedOutput implements Output {
  readonly input: NodeJS.ReadableStream;
  readonly lines: string[] = [];
  readonly notes: string[] = [];
  exitCode = 0;
  readonly #stop = new AbortController();
  #onLine: (() => void) | undefined;

  constructor(input: string | Readable = '') {
    this.input = typeof input === 'string' ? Readable.from([input]) : input;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  line(text: string): void {
    this.lines.push(...text.split('\n'));
    this.#onLine?.();
  }

  note(text: string): void {
    this.notes.push(text);
  }

  /** What the user does with the interrupt key. */
  interrupt(): void {
    this.#stop.abort();
  }

  /** Waits for a line that matches, from a number of lines on. */
  async untilLine(pattern: RegExp, from = 0): Promise<string> {
    for (;;) {
      const line = this.lines.slice(from).find((candidate) => pattern.test(candidate));
      if (line !== undefined) return line;
      await new Promise<void>((resolve) => {
        this.#onLine = resolve;
      });
    }
  }
}

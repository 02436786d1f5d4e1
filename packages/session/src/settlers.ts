import { abortable } from './abortable.ts';

/** Everybody who waits for the same thing to happen next. */
export class Settlers {
  readonly #waiting: Set<{ resolve: (result: undefined) => void; reject: (error: Error) => void }> =
    new Set();

  /**
   * Waits for the next {@link resolve} or {@link reject}.
   *
   * @param signal - Gives it up.
   */
  async wait(signal: AbortSignal | undefined): Promise<void> {
    await abortable<undefined>(signal, (resolve, reject) => {
      const entry = { resolve, reject };
      this.#waiting.add(entry);
      return () => {
        this.#waiting.delete(entry);
      };
    });
  }

  /** It has happened. */
  resolve(): void {
    for (const { resolve } of this.#take()) resolve(undefined);
  }

  /**
   * It will not happen.
   *
   * @param error - Why.
   */
  reject(error: Error): void {
    for (const { reject } of this.#take()) reject(error);
  }

  #take(): { resolve: (result: undefined) => void; reject: (error: Error) => void }[] {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    return waiting;
  }
}

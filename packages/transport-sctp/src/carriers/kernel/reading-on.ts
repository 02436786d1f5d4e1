/** After so many failures in a row, it is tried least often: every 2^n-th time. */
const mostDoublings = 6;

/**
 * Whether it is worth a call to read once more where all was read a moment ago, and answered. Whoever got the answer may
 * have sent something new already, as peers on the same processor do, and then that call spares a round of the event
 * loop, which costs several; a peer that is far away never has. So it goes by what was found before.
 */
export class ReadingOn {
  #failures = 0;
  #left = 0;

  /** Whether to try now; to be asked once each time that all was read. */
  isWorthwhile(): boolean {
    if (this.#left === 0) return true;
    this.#left -= 1;
    return false;
  }

  /**
   * It was tried.
   *
   * @param isFound - Whether there was something.
   */
  tried(isFound: boolean): void {
    this.#failures = isFound ? 0 : Math.min(this.#failures + 1, mostDoublings);
    this.#left = isFound ? 0 : 2 ** this.#failures - 1;
  }
}

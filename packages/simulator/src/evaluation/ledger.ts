import { RserpoolError } from '@rserpool/wire';

/** What becomes of one request. */
export class LedgerEntry {
  /** Its size, in calculations. */
  readonly size: number;
  /** How far the latest attempt has come, as far as that is over; where it began, while it goes on. */
  reached = 0;
  /** The latest attempt. */
  attempt: Attempt | undefined = undefined;
  /** Whether its user has got the result. */
  isCompleted = false;

  /**
   * @param size - Its size, in calculations.
   */
  constructor(size: number) {
    this.size = size;
  }
}

/** One attempt of one element to handle a request. */
export class Attempt {
  /** The request. */
  readonly entry: LedgerEntry;
  /** Where it began. */
  readonly from: number;
  /** Whether an element is at it. */
  isOpen = true;

  /**
   * @param entry - The request.
   * @param from - Where it began, in calculations.
   */
  constructor(entry: LedgerEntry, from: number) {
    this.entry = entry;
    this.from = from;
  }
}

/**
 * The books of a run: whose work came to what. Every calculation that an element does ends in a completed request, is
 * lost because it has to be done again, or belongs to a request that is not complete; and a request is completed once.
 */
export class Ledger {
  readonly #entries: Map<number, LedgerEntry> = new Map();
  #last = 0;
  #lost = 0;
  #completed = 0;

  /** How many calculations had to be done again so far. */
  get lost(): number {
    return this.#lost;
  }

  /** The sizes of all completed requests. */
  get completed(): number {
    return this.#completed;
  }

  /**
   * Opens an account for a request.
   *
   * @param size - Its size, in calculations.
   * @returns Its number.
   */
  request(size: number): number {
    this.#last += 1;
    this.#entries.set(this.#last, new LedgerEntry(size));
    return this.#last;
  }

  /**
   * An element begins with a request, or goes on with it.
   *
   * @param id - The number of the request.
   * @param from - Where it begins, in calculations.
   */
  begin(id: number, from: number): Attempt {
    const entry = this.#entry(id);
    const attempt = new Attempt(entry, from);
    this.#lost += entry.reached - from;
    entry.reached = from;
    entry.attempt = attempt;
    return attempt;
  }

  /**
   * An element has ended an attempt, or is gone with it.
   *
   * @param attempt - The attempt.
   * @param reached - How far it has come.
   */
  end(attempt: Attempt, reached: number): void {
    if (!attempt.isOpen) return;
    attempt.isOpen = false;
    const { entry } = attempt;
    // Another element has gone on with the request meanwhile: all that was done here is in vain.
    if (entry.attempt !== attempt || entry.isCompleted) this.#lost += reached - attempt.from;
    else entry.reached = reached;
  }

  /**
   * A user has got a result.
   *
   * @param id - The number of the request.
   * @throws RserpoolError `ERR_RSERPOOL_INVARIANT` where it had it already, or the request is not done.
   */
  complete(id: number): void {
    const entry = this.#entry(id);
    if (entry.isCompleted) throw broken(`request ${id} was completed twice`);
    if (Math.abs(entry.reached - entry.size) > 1) {
      throw broken(`request ${id} was completed with ${entry.reached} of ${entry.size} calculations`);
    }
    entry.isCompleted = true;
    this.#completed += entry.size;
    if (entry.attempt?.isOpen !== true) this.#entries.delete(id);
  }

  /** What was done for requests that are not complete; end all attempts before. */
  inProgress(): number {
    let sum = 0;
    for (const entry of this.#entries.values()) if (!entry.isCompleted) sum += entry.reached;
    return sum;
  }

  /**
   * Compares with what the elements have done.
   *
   * @param done - The sum over all elements, in calculations, from their busy times.
   * @throws RserpoolError `ERR_RSERPOOL_INVARIANT` where the sums differ.
   */
  check(done: number): void {
    const inProgress = this.inProgress();
    const accounted = this.#completed + this.#lost + inProgress;
    if (Math.abs(done - accounted) <= 1 + 1e-9 * done + 1e-2 * this.#last) return;
    throw broken(
      `elements did ${done} calculations, but ${this.#completed} completed, ${this.#lost} lost and ` +
        `${inProgress} in progress are ${accounted}`,
    );
  }

  #entry(id: number): LedgerEntry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw broken(`there is no request ${id}, or it was completed before`);
    return entry;
  }
}

function broken(message: string): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_INVARIANT', `the model lost count: ${message}`);
}

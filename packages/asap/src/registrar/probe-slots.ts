/**
 * Counts the probes that are outstanding and lets the others wait for their turn, so that a takeover of many
 * elements neither opens thousands of associations at once nor sends a burst of keep-alives (RFC 5352 section 3.5:
 * "pay attention not to flood the network").
 */
export class ProbeSlots<Waiting> {
  readonly #maximum: number;
  readonly #queue: Set<Waiting> = new Set();
  #used = 0;

  /** @param maximum - How many may be outstanding. */
  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** Takes a slot, if one is free. */
  take(): boolean {
    if (this.#used >= this.#maximum) return false;
    this.#used += 1;
    return true;
  }

  /** Gives a slot back. */
  release(): void {
    this.#used -= 1;
  }

  /** Lets something wait for a slot, behind all that wait already. */
  wait(waiting: Waiting): void {
    this.#queue.add(waiting);
  }

  /** It waits no more. */
  forget(waiting: Waiting): void {
    this.#queue.delete(waiting);
  }

  /** Takes a slot for the one that has waited longest, and returns it; `undefined` where none waits or none is free. */
  next(): Waiting | undefined {
    if (this.#used >= this.#maximum) return undefined;
    for (const waiting of this.#queue) {
      this.#queue.delete(waiting);
      this.#used += 1;
      return waiting;
    }
    return undefined;
  }
}

/** What happens when, in virtual time: events of the same time run in the order in which they were added. */
export class VirtualSchedule {
  readonly #events: { readonly at: number; readonly order: number; readonly run: () => void }[] = [];
  #order = 0;
  now = 0;

  at(time: number, run: () => void): void {
    const event = { at: Math.max(time, this.now), order: this.#order, run };
    this.#order += 1;
    let position = this.#events.length;
    while (position > 0) {
      const before = this.#events[position - 1];
      if (before === undefined || before.at <= event.at) break;
      position -= 1;
    }
    this.#events.splice(position, 0, event);
  }

  after(delayMs: number, run: () => void): void {
    this.at(this.now + delayMs, run);
  }

  next(): number | undefined {
    return this.#events[0]?.at;
  }

  runNext(): void {
    const event = this.#events.shift();
    if (event === undefined) return;
    this.now = event.at;
    event.run();
  }
}

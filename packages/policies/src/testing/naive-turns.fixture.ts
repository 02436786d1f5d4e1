interface Waiting {
  readonly seat: number;
  key: number;
}

/** Seats in turn, written down naively: one list in the order of arrival, sorted anew for each question. */
export class NaiveTurns {
  #list: Waiting[] = [];

  get size(): number {
    return this.#list.length;
  }

  has(seat: number): boolean {
    return this.#list.some((each) => each.seat === seat);
  }

  keyOf(seat: number): number {
    return this.#list.find((each) => each.seat === seat)!.key;
  }

  add(seat: number, key: number): void {
    this.#list.push({ seat, key });
  }

  remove(seat: number): void {
    this.#list = this.#list.filter((each) => each.seat !== seat);
  }

  list(count: number): number[] {
    return this.#first(count).map(({ seat }) => seat);
  }

  take(count: number, maximum: number): number[] {
    const taken = this.#first(count);
    for (const key of new Set(taken.map((each) => each.key))) {
      for (const { seat } of taken.filter((each) => each.key === key).slice(0, maximum)) {
        this.remove(seat);
        this.add(seat, key);
      }
    }
    return taken.map(({ seat }) => seat);
  }

  #first(count: number): Waiting[] {
    return this.#list.toSorted((a, b) => a.key - b.key).slice(0, count);
  }
}

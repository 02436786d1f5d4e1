import type { QueuedTimer } from './queued-timer.ts';

/** Objects with timers, the earliest first, and of equal ones the one that was set first: a binary heap. */
export class OwnerHeap<Owner extends QueuedTimer> {
  readonly #owners: Owner[] = [];

  /** How many there are. */
  get size(): number {
    return this.#owners.length;
  }

  /** The earliest, or `undefined`. */
  get first(): Owner | undefined {
    return this.#owners[0];
  }

  /** Adds one that stands nowhere. */
  add(owner: Owner): void {
    owner.timerPlace = this.#owners.length;
    this.#owners.push(owner);
    this.#up(owner);
  }

  /** One that is here has another time than before. */
  moved(owner: Owner, before: number): void {
    if (owner.timerAt >= before) this.#down(owner);
    else this.#up(owner);
  }

  /** Takes one out that is here. */
  remove(owner: Owner): void {
    const place = owner.timerPlace;
    owner.timerPlace = -1;
    const last = this.#owners.pop();
    if (last === undefined || last === owner) return;
    this.#put(last, place);
    this.#up(last);
    this.#down(last);
  }

  /** Takes all out. */
  clear(): void {
    for (const owner of this.#owners) owner.timerPlace = -1;
    this.#owners.length = 0;
  }

  #put(owner: Owner, place: number): void {
    this.#owners[place] = owner;
    owner.timerPlace = place;
  }

  #up(owner: Owner): void {
    let place = owner.timerPlace;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#owners[above];
      if (parent === undefined || !isEarlier(owner, parent)) break;
      this.#put(parent, place);
      place = above;
    }
    this.#put(owner, place);
  }

  #down(owner: Owner): void {
    let place = owner.timerPlace;
    for (;;) {
      const left = 2 * place + 1;
      let child = this.#owners[left];
      if (child === undefined) break;
      const right = this.#owners[left + 1];
      if (right !== undefined && isEarlier(right, child)) child = right;
      if (!isEarlier(child, owner)) break;
      const below = child.timerPlace;
      this.#put(child, place);
      place = below;
    }
    this.#put(owner, place);
  }
}

function isEarlier(left: QueuedTimer, right: QueuedTimer): boolean {
  return (
    left.timerAt < right.timerAt || (left.timerAt === right.timerAt && left.timerOrder < right.timerOrder)
  );
}

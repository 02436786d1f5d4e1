/** Something that a {@link WakeQueue} wakes. */
export interface Wakeable {
  /** Its place in the queue, -1 while it is not there; only the queue writes it. */
  wakePlace: number;
}

const leastPlaces = 64;

/**
 * When components are to be woken, the earliest first, and of equal times the one that was set first: a binary heap.
 * Its times stand in arrays of numbers, not in the components: a run sets a time for every message, and a time that is
 * a field of an object would be an object of its own.
 */
export class WakeQueue<Component extends Wakeable> {
  readonly #components: Component[] = [];
  #times = new Float64Array(leastPlaces);
  #orders = new Float64Array(leastPlaces);
  #order = 0;

  /** When the first one is to be woken; `Infinity` where there is none. */
  get next(): number {
    return this.#components.length === 0 ? Infinity : (this.#times[0] ?? Infinity);
  }

  /**
   * When a component is to be woken; `Infinity` where it is not here.
   *
   * @param component - The component.
   */
  timeOf({ wakePlace }: Component): number {
    return wakePlace < 0 ? Infinity : (this.#times[wakePlace] ?? Infinity);
  }

  /**
   * Puts a component in the queue, or moves it to another time.
   *
   * @param component - The component.
   * @param at - When it is to be woken.
   */
  set(component: Component, at: number): void {
    const order = this.#order++;
    const place = component.wakePlace;
    if (place < 0) {
      const last = this.#components.length;
      if (last === this.#times.length) this.#grow();
      this.#components.push(component);
      this.#up(component, at, order, last);
    } else if (at >= (this.#times[place] ?? 0)) this.#down(component, at, order, place);
    else this.#up(component, at, order, place);
  }

  /**
   * Takes a component out; nothing happens where it is not here.
   *
   * @param component - The component.
   */
  remove(component: Component): void {
    const place = component.wakePlace;
    if (place < 0) return;
    component.wakePlace = -1;
    const moved = this.#components.pop();
    if (moved === undefined || moved === component) return;
    const from = this.#components.length;
    const at = this.#times[from] ?? 0;
    const order = this.#orders[from] ?? 0;
    const above = (place - 1) >> 1;
    if (place > 0 && this.#isEarlier(at, order, above)) this.#up(moved, at, order, place);
    else this.#down(moved, at, order, place);
  }

  /** Takes out the first one, or returns `undefined`. */
  take(): Component | undefined {
    const [first] = this.#components;
    if (first !== undefined) this.remove(first);
    return first;
  }

  #up(component: Component, at: number, order: number, from: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.#isEarlier(at, order, above)) break;
      this.#move(above, place);
      place = above;
    }
    this.#put(component, at, order, place);
  }

  #down(component: Component, at: number, order: number, from: number): void {
    const { length } = this.#components;
    let place = from;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= length) break;
      const right = below + 1;
      if (right < length && this.#isEarlier(this.#times[right] ?? 0, this.#orders[right] ?? 0, below))
        below = right;
      if (this.#isEarlier(at, order, below)) break;
      this.#move(below, place);
      place = below;
    }
    this.#put(component, at, order, place);
  }

  #isEarlier(at: number, order: number, place: number): boolean {
    const other = this.#times[place] ?? 0;
    return at < other || (at === other && order < (this.#orders[place] ?? 0));
  }

  #move(from: number, to: number): void {
    const component = this.#components[from];
    if (component !== undefined) this.#put(component, this.#times[from] ?? 0, this.#orders[from] ?? 0, to);
  }

  #put(component: Component, at: number, order: number, place: number): void {
    this.#components[place] = component;
    this.#times[place] = at;
    this.#orders[place] = order;
    component.wakePlace = place;
  }

  #grow(): void {
    const times = new Float64Array(2 * this.#times.length);
    const orders = new Float64Array(2 * this.#times.length);
    times.set(this.#times);
    orders.set(this.#orders);
    this.#times = times;
    this.#orders = orders;
  }
}

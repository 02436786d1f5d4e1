import type { Association } from '../contract/association.ts';

/** Hands accepted associations to the owner of an endpoint; they wait until there is one. */
export class AcceptQueue {
  readonly #maximum: number;
  readonly #waiting: Association[] = [];
  #owner: ((association: Association) => void) | undefined;

  /**
   * @param maximum - How many may wait; more are aborted. Those that are lost meanwhile wait too, for what they have
   *   received, so that the endpoint's other limits do not bound this one.
   */
  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** Whom to hand them to. */
  get owner(): ((association: Association) => void) | undefined {
    return this.#owner;
  }

  set owner(owner: ((association: Association) => void) | undefined) {
    this.#owner = owner;
    queueMicrotask(() => this.#flush());
  }

  /**
   * Hands over an association, or lets it wait.
   *
   * @param association - One that is up.
   */
  push(association: Association): void {
    if (this.#waiting.length >= this.#maximum) {
      association.abort();
      return;
    }
    this.#waiting.push(association);
    this.#flush();
  }

  /** Drops what waits. */
  clear(): void {
    this.#waiting.length = 0;
  }

  #flush(): void {
    while (this.#owner !== undefined) {
      const association = this.#waiting.shift();
      if (association === undefined) return;
      this.#owner(association);
    }
  }
}

import type { Association } from '../contract/association.ts';

/** Hands accepted associations to the owner of an endpoint; they wait until there is one. */
export class AcceptQueue {
  readonly #waiting: Association[] = [];
  #owner: ((association: Association) => void) | undefined;

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

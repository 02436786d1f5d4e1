import type { EnrpCore } from '../core/enrp-core.ts';

/**
 * When this registrar's view of a peer's elements was last changed by somebody else than that peer. Messages of
 * one peer keep their order, so that its checksum can be compared at once after its own updates. But an element
 * that moves from A to B is told by B, and A's next presence may have left before A knew.
 */
export class ViewChanges {
  readonly #core: EnrpCore;
  readonly #changedAt: Map<number, number> = new Map();
  readonly #dirty: Set<number> = new Set();
  #source: number | undefined;

  constructor(core: EnrpCore) {
    this.#core = core;
    core.handlespace.observe({
      changed: (kind, element, previousHomeRegistrar) => {
        // The checksum covers which elements a registrar owns, not what they look like (RFC 5353 section 3.6.2).
        if (kind !== 'updated' || previousHomeRegistrar !== undefined) {
          this.#touch(core.handlespace.homeRegistrar(element));
        }
        if (previousHomeRegistrar !== undefined) this.#touch(previousHomeRegistrar);
      },
      removed: ({ poolElement }) => {
        this.#touch(poolElement.homeRegistrar);
      },
      takenOver: (_elements, from, to) => {
        this.#touch(to);
        this.#touch(from);
      },
    });
  }

  /** Runs what a message of a peer does to the handlespace: changes of that peer's own elements are in order. */
  causedBy(peer: number, apply: () => void): void {
    this.#source = peer;
    apply();
    this.#source = undefined;
  }

  /** Gives the changes since the last input a time. The registrar side of ASAP makes some between two inputs. */
  stamp(): void {
    for (const identifier of this.#dirty) this.#changedAt.set(identifier, this.#core.now);
    this.#dirty.clear();
  }

  /** Until when a peer's checksum may have crossed with a change; `undefined` where it is settled. */
  unsettledUntil(peer: number): number | undefined {
    this.stamp();
    const at = this.#changedAt.get(peer);
    if (at === undefined) return undefined;
    const until = at + this.#core.timing.auditSettlingMs;
    if (until > this.#core.now) return until;
    this.#changedAt.delete(peer);
    return undefined;
  }

  /** Forgets a peer that left the list. */
  forget(peer: number): void {
    this.#changedAt.delete(peer);
    this.#dirty.delete(peer);
  }

  #touch(identifier: number): void {
    if (identifier !== this.#source && this.#core.peers.has(identifier)) this.#dirty.add(identifier);
  }
}

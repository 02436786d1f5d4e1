import type { ElementReference } from '@rserpool/handlespace';
import type { PoolElement, PoolEntry } from '@rserpool/wire';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import type { Intake } from './intake.ts';

/**
 * What a mentor says about others (RFC 5353 section 3.2.3). It yields to what the owner said itself, and to takeovers
 * that happened meanwhile.
 */
export class Hearsay {
  readonly #core: EnrpCore;
  readonly #intake: Intake;
  /** Who was taken over while this registrar initialized, and by whom. */
  readonly #successors: Map<number, number> = new Map();

  constructor(core: EnrpCore, intake: Intake) {
    this.#core = core;
    this.#intake = intake;
  }

  /**
   * A peer has taken another one over. Where this registrar initializes, a part of the mentor's table that left before
   * the mentor knew names the former home, to which nobody will ever answer.
   */
  succeeded(target: number, winner: number): void {
    if (this.#core.isReady || this.#successors.size >= this.#core.limits.maximumPeers) return;
    this.#successors.set(target, winner);
  }

  /**
   * A part of a mentor's whole table. Returns the elements that belong to this very registrar: it was started
   * anew with its old identifier before anybody took it over.
   */
  downloaded(mentor: Peer, poolEntries: readonly PoolEntry[]): ElementReference[] {
    const own: ElementReference[] = [];
    this.#intake.from(mentor, () => {
      for (const { poolHandle, poolElements } of poolEntries) {
        for (const poolElement of poolElements) {
          const element = this.#download(mentor, poolHandle, poolElement);
          if (element !== undefined && poolElement.homeRegistrar === this.#core.identifier) own.push(element);
        }
      }
    });
    return own;
  }

  #download(mentor: Peer, poolHandle: Uint8Array, poolElement: PoolElement): ElementReference | undefined {
    const { handlespace, identifier, options, peers } = this.#core;
    const named = poolElement.homeRegistrar === 0 ? mentor.identifier : poolElement.homeRegistrar;
    const home = this.#successorOf(named);
    const known = handlespace.find(poolHandle, poolElement.identifier);
    if (known !== undefined) {
      const owner = handlespace.homeRegistrar(known);
      // It has registered here already, and lives here: what the mentor owns itself the audit tells, and it is defended.
      if (owner === identifier && options.isAssociated?.(known) === true) return undefined;
      if (home !== mentor.identifier && (owner === identifier || peers.get(owner)?.heard === true))
        return undefined;
    }
    return this.#intake.learn(mentor, poolHandle, { ...poolElement, homeRegistrar: home })?.element;
  }

  /** The last of those who took over from each other; a registrar that is back owns what it is said to own. */
  #successorOf(home: number): number {
    let successor = home;
    for (let steps = this.#successors.size; steps > 0 && !this.#core.peers.has(successor); steps -= 1) {
      successor = this.#successors.get(successor) ?? successor;
    }
    return successor;
  }
}

import type { ElementReference } from '@rserpool/handlespace';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import { announceUpdate } from './announce-update.ts';

/** How many elements are announced in one go: each is a message to every peer. */
const announcedPerSlice = 64;

/**
 * Own elements that a peer claims as well, while an association to them is up here: they live with this registrar,
 * whoever would win an arbitration. It announces them once more, which counts everywhere like a registration (RFC 5353
 * section 3.3.1), and tells the elements that it is their home.
 *
 * The peer may hold an association, too. Then the one that would win an arbitration keeps the element: it announces at
 * once, the other one waits a moment, and has nothing left to announce when it is told.
 */
export class Defence {
  readonly #core: EnrpCore;
  readonly #contested: Map<number, Set<ElementReference>> = new Map();

  constructor(core: EnrpCore) {
    this.#core = core;
  }

  /** A peer claims an own element. Returns whether this registrar keeps it. */
  keeps(peer: Peer, element: ElementReference): boolean {
    if (!this.#isAssociated(element)) return false;
    const elements = this.#contested.get(peer.identifier) ?? new Set<ElementReference>();
    this.#contested.set(peer.identifier, elements.add(element));
    return true;
  }

  /** The claims of a part of a peer's table are known. */
  claimed(peer: Peer): void {
    const core = this.#core;
    const { identifier } = peer;
    if (!this.#contested.has(identifier)) return;
    if (core.prevails(core.identifier, identifier)) this.defend(identifier);
    else if (core.timers.get(`defence:${identifier}`) === undefined)
      core.timers.set(`defence:${identifier}`, core.now + core.timing.auditSettlingMs);
  }

  /** Whether a peer has the first word about what it claims as well. */
  isWaitingFor(peer: Peer): boolean {
    return this.#core.timers.get(`defence:${peer.identifier}`) !== undefined;
  }

  /** Announces what is still this registrar's own. */
  defend(identifier: number): void {
    const core = this.#core;
    const contested = this.#contested.get(identifier)?.values();
    this.forget(identifier);
    if (contested === undefined) return;
    const elements: ElementReference[] = [];
    core.work.begin(() => {
      for (let rest = announcedPerSlice; rest > 0; rest -= 1) {
        const next = contested.next();
        if (next.done === true) {
          this.#defended(identifier, elements);
          return true;
        }
        if (this.#announce(next.value)) elements.push(next.value);
      }
      return false;
    });
  }

  /** A peer is dead or has left the peer list: it claims nothing any more. */
  forget(identifier: number): void {
    this.#contested.delete(identifier);
    this.#core.timers.stop(`defence:${identifier}`);
  }

  #defended(identifier: number, elements: readonly ElementReference[]): void {
    if (elements.length === 0) return;
    this.#core.event({ type: 'ownershipDefended', peer: identifier, elements: elements.length });
    this.#core.outputs.push({ type: 'takenOver', target: identifier, elements });
  }

  #announce(element: ElementReference): boolean {
    if (!this.#isAssociated(element)) return false;
    const { handlespace } = this.#core;
    announceUpdate(this.#core, 'add', handlespace.poolHandle(element), handlespace.poolElement(element));
    return true;
  }

  #isAssociated(element: ElementReference): boolean {
    const { handlespace, identifier, options } = this.#core;
    if (!handlespace.isCurrent(element) || handlespace.homeRegistrar(element) !== identifier) return false;
    return options.isAssociated?.(element) === true;
  }
}

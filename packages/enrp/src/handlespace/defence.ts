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
 * once, the other one waits a moment, and has nothing left to announce when it is told. Where that one is about to reach
 * the element when it hears of the claim, it announces it half that moment later.
 */
export class Defence {
  readonly #core: EnrpCore;
  readonly #contested: Map<number, Set<ElementReference>> = new Map();

  constructor(core: EnrpCore) {
    this.#core = core;
  }

  /** A peer claims an own element. Returns whether this registrar keeps it. */
  keeps(peer: Peer, element: ElementReference): boolean {
    const core = this.#core;
    if (core.options.isAssociated === undefined) return false;
    const isAssociated = this.#isAssociated(element);
    if (!isAssociated && !core.prevails(core.identifier, peer.identifier)) return false;
    const elements = this.#contested.get(peer.identifier) ?? new Set<ElementReference>();
    this.#contested.set(peer.identifier, elements.add(element));
    return isAssociated;
  }

  /** The claims of a part of a peer's table are known. */
  claimed(peer: Peer): void {
    const core = this.#core;
    const { identifier } = peer;
    if (!this.#contested.has(identifier)) return;
    if (core.prevails(core.identifier, identifier)) this.#defend(identifier, true);
    else if (core.timers.get(`defence:${identifier}`) === undefined)
      core.timers.set(`defence:${identifier}`, core.now + core.timing.auditSettlingMs);
  }

  /** Whether a peer has the first word about what it claims as well. */
  isWaitingFor(peer: Peer): boolean {
    return this.#core.timers.get(`defence:${peer.identifier}`) !== undefined;
  }

  /** Announces what is still this registrar's own, and lives here. */
  defend(identifier: number): void {
    this.#defend(identifier, false);
  }

  #defend(identifier: number, mayReachMore: boolean): void {
    const core = this.#core;
    const contested = this.#contested.get(identifier)?.values();
    this.forget(identifier);
    if (contested === undefined) return;
    const elements: ElementReference[] = [];
    const unreached = new Set<ElementReference>();
    core.work.begin(() => {
      for (let rest = announcedPerSlice; rest > 0; rest -= 1) {
        const next = contested.next();
        if (next.done === true) {
          this.#defended(identifier, elements);
          if (mayReachMore) this.#wait(identifier, unreached);
          return true;
        }
        if (this.#announce(next.value)) elements.push(next.value);
        else unreached.add(next.value);
      }
      return false;
    });
  }

  /** A peer is dead or has left the peer list: it claims nothing any more. */
  forget(identifier: number): void {
    this.#contested.delete(identifier);
    this.#core.timers.stop(`defence:${identifier}`);
  }

  #wait(identifier: number, elements: ReadonlySet<ElementReference>): void {
    const { now, timers, timing } = this.#core;
    if (elements.size === 0) return;
    const contested = this.#contested.get(identifier) ?? new Set<ElementReference>();
    for (const element of elements) contested.add(element);
    this.#contested.set(identifier, contested);
    if (timers.get(`defence:${identifier}`) === undefined)
      timers.set(`defence:${identifier}`, now + timing.auditSettlingMs / 2);
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

import type { ElementReference, PageCursor } from '@rserpool/handlespace';
import type { PoolElement, PoolEntry } from '@rserpool/wire';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import type { Defence } from './defence.ts';
import type { Intake } from './intake.ts';
import { RivalClaims } from './rival-claims.ts';
import { TakeoverHeritage } from './takeover-heritage.ts';

/** How many elements change in one go, where there may be many: everything else waits for about a millisecond. */
export const changedPerSlice: number = 256;

/**
 * Which registrar owns which element, where RFC 5353 leaves it open. Three kinds of news have three rules:
 *
 * - An ENRP_HANDLE_UPDATE is a fact: the pool element has just registered with the sender. It always counts
 *   (section 3.3.1).
 * - The table that an owner sends of its own elements (section 3.6.3) is a claim. Where two registrars claim an
 *   element, the one prevails that holds a live association to it: it says so by an ENRP_HANDLE_UPDATE. Where both
 *   or none do, that of the two prevails which would win an arbitration for a takeover. All registrars decide
 *   alike, so that they converge after a partition in which both sides took over.
 * - The table of a mentor (section 3.2.3) is hearsay about others: see {@link Hearsay}.
 */
export class Ownership {
  readonly #core: EnrpCore;
  readonly #intake: Intake;
  readonly #defence: Defence;
  /** What was this registrar's own. Apart from the others, because a claim of one's own is never outdated. */
  readonly #ownClaims: RivalClaims = new RivalClaims();
  readonly #rivals: RivalClaims = new RivalClaims();
  readonly #heritage: TakeoverHeritage;
  /** Who has taken this registrar over, and whose claims have not been heard since. */
  readonly #winners: Set<number> = new Set();
  #yielded = 0;

  constructor(core: EnrpCore, intake: Intake, defence: Defence) {
    this.#core = core;
    this.#intake = intake;
    this.#defence = defence;
    this.#heritage = new TakeoverHeritage(core.limits.maximumPeers);
    core.handlespace.observe({
      changed: () => undefined,
      removed: ({ element }) => {
        this.#ownClaims.forget(element);
        this.#rivals.forget(element);
        this.#heritage.forget(element);
      },
      takenOver: () => undefined,
    });
  }

  /** An element has registered with a peer (RFC 5353 section 3.3.1). */
  registered(peer: Peer, poolHandle: Uint8Array, poolElement: PoolElement): void {
    this.#from(peer, () => {
      this.#assign(peer, poolHandle, poolElement);
    });
  }

  /**
   * A peer deleted an element (RFC 5353 section 3.3.2). Only its home may: where the element has registered
   * elsewhere meanwhile, the deletion is stale, and obeying it would remove a living element.
   */
  deleted(peer: Peer, poolHandle: Uint8Array, identifier: number): void {
    const { handlespace } = this.#core;
    const element = handlespace.find(poolHandle, identifier);
    if (element === undefined) return;
    if (handlespace.homeRegistrar(element) === peer.identifier) {
      this.#from(peer, () => {
        handlespace.remove(element);
      });
      return;
    }
    if (this.#rivals.of(element) === peer.identifier) this.#rivals.forget(element);
    this.#intake.refused(peer, poolHandle, identifier, 'notHomeRegistrar', []);
  }

  /** This registrar has taken a peer over. Returns the elements that are its own now. */
  takenOver(target: number): ElementReference[] {
    const { handlespace, identifier } = this.#core;
    const elements = handlespace.takeOver(target, identifier);
    this.#heritage.remember(elements, target, identifier);
    return elements;
  }

  /**
   * A registrar that this one has taken over is back. What has not been reached since is the other one's again: it may
   * live there, behind what separated the two. Should the other one not know it any more, it is reclaimed.
   *
   * @param done - Told how many there are when that is over; within this call unless there are many.
   */
  targetReturned(target: Peer, done: (returned: number) => void): void {
    const { handlespace, identifier, options, peers, work } = this.#core;
    if (options.isAssociated === undefined) {
      done(0);
      return;
    }
    const heritage = this.#heritage.takeFrom(target.identifier, identifier);
    let returned = 0;
    work.begin(() => {
      for (let rest = changedPerSlice; rest > 0; rest -= 1) {
        const next = heritage.next();
        // Who is away again has not got anything back.
        if (next.done === true || !peers.has(target.identifier)) {
          if (returned > 0)
            this.#core.event({ type: 'ownershipReturned', peer: target.identifier, elements: returned });
          done(returned);
          return true;
        }
        const [element] = next.value;
        if (handlespace.homeRegistrar(element) !== identifier || options.isAssociated?.(element) === true)
          continue;
        handlespace.setHomeRegistrar(element, target.identifier);
        this.#ownClaims.remember(element, { rival: identifier, since: this.#core.now });
        returned += 1;
      }
      return false;
    });
  }

  /** A peer has taken another one over, and with it the elements that this registrar knows. Returns how many. */
  inherited(winner: Peer, target: number): number {
    // The winner tells it itself: its checksum may be compared at once.
    let elements: ElementReference[] = [];
    this.#from(winner, () => {
      elements = this.#core.handlespace.takeOver(target, winner.identifier);
    });
    this.#heritage.remember(elements, target, winner.identifier);
    return elements.length;
  }

  /** A part of the table of a peer's own elements. Returns how many it names. */
  claimed(peer: Peer, poolEntries: readonly PoolEntry[]): number {
    let count = 0;
    this.#from(peer, () => {
      for (const { poolHandle, poolElements } of poolEntries) {
        for (const poolElement of poolElements) {
          count += 1;
          this.#claim(peer, poolHandle, poolElement);
        }
      }
    });
    this.#defence.claimed(peer);
    return count;
  }

  /**
   * The end of a peer's own table: what it did not name goes to a rival, is adopted, or is removed.
   *
   * @param isCurrent - Whether that is still of interest; else it ends without being done.
   * @param done - Told how many were removed when that is over; within this call unless there are many.
   */
  disowned(peer: Peer, isCurrent: () => boolean, done: (removed: number) => void): void {
    const reclaimed: ElementReference[] = [];
    const orphans: ElementReference[] = [];
    const work = this.#disown(peer, reclaimed, orphans);
    this.#core.work.begin(() => {
      const isGivenUp = !isCurrent();
      const removed = isGivenUp ? 0 : this.#slice(peer, work);
      if (removed === undefined) return false;
      if (!isGivenUp) this.#winners.delete(peer.identifier);
      this.#reclaim(peer, reclaimed);
      this.#adopt(peer, orphans);
      if (!isGivenUp) done(removed);
      return true;
    });
  }

  /** Runs work until it waits for its next turn. Returns its result where it is done. */
  #slice(peer: Peer, work: Generator<undefined, number>): number | undefined {
    let result: number | undefined;
    this.#from(peer, () => {
      const next = work.next();
      if (next.done === true) result = next.value;
    });
    return result;
  }

  /** What {@link Ownership.disowned} does, in slices. Returns how many elements were removed. */
  *#disown(
    peer: Peer,
    reclaimed: ElementReference[],
    orphans: ElementReference[],
  ): Generator<undefined, number> {
    const { handlespace, identifier, peers } = this.#core;
    const isDisowned = (element: ElementReference): boolean =>
      handlespace.homeRegistrar(element) === peer.identifier && handlespace.isMarked(element);
    let steps = 0;
    for (const claims of [this.#ownClaims, this.#rivals]) {
      for (const [element, { rival }] of claims.entries()) {
        steps += 1;
        if (steps % changedPerSlice === 0) yield;
        if (!isDisowned(element) || (rival !== identifier && !peers.has(rival))) continue;
        handlespace.setHomeRegistrar(element, rival);
        claims.forget(element);
        if (rival === identifier) reclaimed.push(element);
      }
    }
    for (const [element, target] of this.#heritage.takeOf(peer.identifier)) {
      steps += 1;
      if (steps % changedPerSlice === 0) yield;
      if (!isDisowned(element)) continue;
      // A target that is back has got its elements back, too.
      const isBack = peers.has(target);
      handlespace.setHomeRegistrar(element, isBack ? target : identifier);
      if (!isBack) orphans.push(element);
    }
    let removed = 0;
    let after: PageCursor | undefined;
    do {
      const slice = handlespace.purgeMarkedSlice(peer.identifier, after, changedPerSlice);
      removed += slice.removed.length;
      after = slice.next;
      if (after !== undefined) yield;
    } while (after !== undefined);
    return removed;
  }

  /**
   * A peer's checksum matches: it claims nothing but what it owns here, and what it owns is not contested any
   * more, unless by somebody who still disagrees.
   */
  settled(peer: Peer, disagrees: (rival: number) => boolean): void {
    this.#winners.delete(peer.identifier);
    const { handlespace, now, timing } = this.#core;
    for (const claims of [this.#ownClaims, this.#rivals]) {
      for (const [element, { rival, since }] of claims.entries()) {
        if (now < since + timing.peerHeartbeatCycleMs) continue;
        const isOwner = handlespace.homeRegistrar(element) === peer.identifier;
        if (rival === peer.identifier || (isOwner && !disagrees(rival))) claims.forget(element);
      }
    }
  }

  /**
   * A peer has taken this very registrar over: its next table prevails, whoever would win an arbitration. Only what
   * lives here, over an association that is up, is defended as against any other claim.
   */
  yieldTo(peer: Peer): void {
    this.#winners.add(peer.identifier);
  }

  /** Whether a peer's table is awaited that will prevail: what this registrar owns is open until then. */
  isYieldingTo(peer: Peer): boolean {
    return this.#winners.has(peer.identifier);
  }

  /** Whether a peer may still speak first about elements that both claim, before this registrar defends them. */
  isContesting(peer: Peer): boolean {
    return this.#defence.isWaitingFor(peer);
  }

  /**
   * A peer rejects the request for its table. It may be yielding in its turn: each has been told that the other
   * one took it over. The one that prevails stops to yield then, or both would wait for ever.
   */
  tableRejected(peer: Peer): void {
    if (this.#core.prevails(this.#core.identifier, peer.identifier)) this.#winners.delete(peer.identifier);
  }

  /** Forgets a peer that is dead or has left the peer list. */
  peerGone(identifier: number): void {
    this.#winners.delete(identifier);
    this.#defence.forget(identifier);
  }

  #from(peer: Peer, apply: () => void): void {
    this.#yielded = 0;
    this.#intake.from(peer, apply);
    if (this.#yielded === 0) return;
    this.#core.event({ type: 'ownershipYielded', peer: peer.identifier, elements: this.#yielded });
    this.#yielded = 0;
  }

  /** Makes a peer the home of an element, whatever was before. */
  #assign(peer: Peer, poolHandle: Uint8Array, poolElement: PoolElement): void {
    const result = this.#intake.learn(peer, poolHandle, { ...poolElement, homeRegistrar: peer.identifier });
    if (result !== undefined) this.#heritage.forget(result.element);
    const former = result?.previousHomeRegistrar;
    if (result === undefined || former === undefined) return;
    const isOwn = former === this.#core.identifier;
    const claims = isOwn ? this.#ownClaims : this.#rivals;
    claims.remember(result.element, { rival: former, since: this.#core.now });
    if (isOwn) this.#yielded += 1;
  }

  #claim(peer: Peer, poolHandle: Uint8Array, poolElement: PoolElement): void {
    const { handlespace, identifier, peers } = this.#core;
    const known = handlespace.find(poolHandle, poolElement.identifier);
    const home = known === undefined ? peer.identifier : handlespace.homeRegistrar(known);
    const isContested = home === identifier || (home !== peer.identifier && peers.has(home));
    const isYielding = home === identifier && this.isYieldingTo(peer);
    if (known !== undefined && home === identifier && this.#defence.keeps(peer, known)) return;
    const prevails = isYielding || this.#core.prevails(peer.identifier, home);
    if (known === undefined || !isContested || prevails) {
      this.#assign(peer, poolHandle, poolElement);
    } else if (home !== identifier) {
      this.#rivals.remember(known, { rival: peer.identifier, since: this.#core.now });
    }
  }

  #reclaim(peer: Peer, elements: readonly ElementReference[]): void {
    if (elements.length === 0) return;
    const core = this.#core;
    core.event({ type: 'ownershipReclaimed', peer: peer.identifier, elements: elements.length });
    core.outputs.push({ type: 'takenOver', target: peer.identifier, elements });
  }

  /**
   * The registrar that took over did not know these elements, and nobody else may look after them: they live as far as
   * this one knows. They are told, and the peers see the new checksum: an update would claim that they have registered
   * here, and somebody else may adopt them in the same moment.
   */
  #adopt(peer: Peer, elements: readonly ElementReference[]): void {
    if (elements.length === 0) return;
    const core = this.#core;
    core.event({ type: 'orphansAdopted', peer: peer.identifier, elements: elements.length });
    core.outputs.push({ type: 'takenOver', target: peer.identifier, elements });
  }
}

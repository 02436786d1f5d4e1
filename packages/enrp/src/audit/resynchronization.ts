import type { PageCursor } from '@rserpool/handlespace';
import type { EnrpHandleTableResponse } from '@rserpool/wire';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import type { Ownership } from '../handlespace/ownership.ts';
import type { Presence } from '../peering/presence.ts';

/** How many elements are marked in one go: that is much quicker than changing them. */
const markedPerSlice = 8_192;

/** One resynchronization that runs. */
interface Run {
  /** Elements that the peer has named so far. */
  received: number;
  /** Parts of its table so far. */
  parts: number;
  /** The own checksum before. */
  readonly checksum: number;
  /** What is under way: marking, waiting for the peer's table, or dealing with what it did not name. */
  step: 'mark' | 'table' | 'end';
}

/**
 * Brings the elements of a peer in step again (RFC 5353 section 3.6.3): mark, ask the peer for its own elements,
 * replace, and purge what is still marked. At most one runs for each peer and a few in all, the others wait.
 */
export class Resynchronization {
  readonly #core: EnrpCore;
  readonly #ownership: Ownership;
  readonly #presence: Presence;
  readonly #running: Map<number, Run> = new Map();
  readonly #waiting: Set<number> = new Set();
  /** Until when a peer may hold an abandoned session of ours: a new request would get the rest of the old one. */
  readonly #notBefore: Map<number, number> = new Map();

  constructor(core: EnrpCore, ownership: Ownership, presence: Presence) {
    this.#core = core;
    this.#ownership = ownership;
    this.#presence = presence;
  }

  /** Whether one runs or waits for a peer. */
  isPending(peer: Peer): boolean {
    return this.#running.has(peer.identifier) || this.#waiting.has(peer.identifier);
  }

  /** Asks for a resynchronization; `false` where it cannot be now, and the next presence has to try again. */
  request(peer: Peer): boolean {
    if (this.isPending(peer)) return true;
    if ((this.#notBefore.get(peer.identifier) ?? 0) > this.#core.now) return false;
    this.#notBefore.delete(peer.identifier);
    this.#waiting.add(peer.identifier);
    this.#startWaiting();
    return true;
  }

  /** A table arrived; `false` where no resynchronization with this peer runs. */
  response(peer: Peer, message: EnrpHandleTableResponse): boolean {
    const run = this.#running.get(peer.identifier);
    if (run === undefined) this.#late(peer, message);
    if (run?.step !== 'table') return false;
    if (message.rejected) {
      this.#ownership.tableRejected(peer);
      this.#fail(peer.identifier, 'rejected');
      return true;
    }
    const received = this.#ownership.claimed(peer, message.poolEntries);
    run.received += received;
    run.parts += 1;
    if (message.moreToSend) {
      if (received === 0 || run.parts > this.#core.limits.maximumTableParts) {
        this.#postpone(peer.identifier);
        this.#fail(peer.identifier, 'noProgress');
      } else {
        this.#ask(peer);
      }
      return true;
    }
    this.#finish(peer, run);
    return true;
  }

  /** The peer did not answer within MAX-TIME-NO-RESPONSE. */
  responseTimer(identifier: number): void {
    if (!this.#running.has(identifier)) return;
    this.#postpone(identifier);
    this.#fail(identifier, 'noResponse');
  }

  /** The peer is dead, has left the peer list, or its last association was lost, and with it our session there. */
  peerGone(identifier: number): void {
    this.#waiting.delete(identifier);
    this.#notBefore.delete(identifier);
    if (this.#running.has(identifier)) this.#fail(identifier, 'peerLost');
  }

  #startWaiting(): void {
    for (const identifier of this.#waiting) {
      if (this.#running.size >= this.#core.limits.maximumResynchronizations) return;
      this.#waiting.delete(identifier);
      const peer = this.#core.peers.get(identifier);
      if (peer !== undefined && peer.associations.length > 0) this.#start(peer);
    }
  }

  #start(peer: Peer): void {
    const { handlespace, identifier } = this.#core;
    const run: Run = { received: 0, parts: 0, checksum: handlespace.checksum(identifier), step: 'mark' };
    this.#running.set(peer.identifier, run);
    this.#core.event({ type: 'resynchronizationStarted', peer: peer.identifier });
    let after: PageCursor | undefined;
    this.#core.work.begin(() => {
      if (!this.#isCurrent(peer, run)) return true;
      after = handlespace.markSlice(peer.identifier, after, markedPerSlice);
      if (after !== undefined) return false;
      run.step = 'table';
      this.#ask(peer);
      return true;
    });
  }

  /** The whole table is known. What the peer did not name is dealt with; until then nothing is compared with it. */
  #finish(peer: Peer, run: Run): void {
    const core = this.#core;
    core.timers.stop(`resynchronization:${peer.identifier}`);
    run.step = 'end';
    const isCurrent = (): boolean => this.#isCurrent(peer, run);
    const wasYielding = this.#ownership.isYieldingTo(peer);
    this.#ownership.disowned(peer, isCurrent, (removed) => {
      this.#end(peer.identifier);
      core.counters.resynchronizations += 1;
      core.event({ type: 'resynchronized', peer: peer.identifier, received: run.received, removed });
      if (core.handlespace.checksum(core.identifier) !== run.checksum) {
        core.signals.push({ type: 'ownElementsChanged' });
        // A conflict was decided, and the others have to learn what is whose: the next heartbeat would do, but late.
        this.#presence.announce();
      } else if (wasYielding && this.#ownership.isContesting(peer)) {
        // It was refused this registrar's table so far, and has the first word about what both claim.
        this.#presence.sendTo(peer, false);
      }
      this.#startWaiting();
    });
  }

  #isCurrent(peer: Peer, run: Run): boolean {
    return this.#running.get(peer.identifier) === run;
  }

  #ask(peer: Peer): void {
    const { timers, timing, now } = this.#core;
    this.#core.sendTo(peer, { type: 'ENRP_HANDLE_TABLE_REQUEST', ownChildrenOnly: true });
    timers.set(`resynchronization:${peer.identifier}`, now + timing.maxTimeNoResponseMs);
  }

  /**
   * A table came after its time. It is too old to be compared with what has happened since; but where it was the whole,
   * the peer holds no session any more, and the pause for that is not needed.
   */
  #late(peer: Peer, { rejected, moreToSend }: EnrpHandleTableResponse): void {
    if (rejected || moreToSend || !this.#notBefore.delete(peer.identifier)) return;
    this.request(peer);
  }

  #postpone(identifier: number): void {
    this.#notBefore.set(identifier, this.#core.now + this.#core.timing.tableSessionMs);
  }

  #fail(identifier: number, reason: 'rejected' | 'noResponse' | 'peerLost' | 'noProgress'): void {
    this.#end(identifier);
    this.#core.event({ type: 'resynchronizationFailed', peer: identifier, reason });
    // A table that never ends was tried: what it named is known.
    if (reason !== 'noProgress') this.#core.signals.push({ type: 'resynchronizationFailed', identifier });
    this.#startWaiting();
  }

  #end(identifier: number): void {
    this.#running.delete(identifier);
    this.#core.timers.stop(`resynchronization:${identifier}`);
  }
}

import type { ElementReference, PageCursor } from '@rserpool/handlespace';
import { type EncodedPoolEntry, encodeHandleTableResponse } from '@rserpool/wire/internal';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import type { TableRejection } from '../events/handlespace-event.ts';
import type { Ownership } from '../handlespace/ownership.ts';
import type { Presence } from '../peering/presence.ts';

/** Header and both identifiers of an ENRP_HANDLE_TABLE_RESPONSE. */
const headerBytes = 12;

interface Session {
  readonly ownChildrenOnly: boolean;
  readonly after: PageCursor;
}

/**
 * Answers ENRP_HANDLE_TABLE_REQUEST (RFC 5353 sections 3.2.3 and 3.6.3) in bounded parts. A session exists only
 * between two parts: what fits into one message needs none.
 */
export class TableServer {
  readonly #core: EnrpCore;
  readonly #ownership: Ownership;
  readonly #sessions: Map<number, Session> = new Map();
  readonly #presence: Presence;
  /** Who was refused the table because this registrar initializes. */
  readonly #refused: Set<number> = new Set();

  constructor(core: EnrpCore, ownership: Ownership, presence: Presence) {
    this.#core = core;
    this.#ownership = ownership;
    this.#presence = presence;
  }

  /** This registrar is initialized: who was refused may ask again, and need not wait for the next heartbeat. */
  ready(): void {
    for (const identifier of this.#refused) {
      const peer = this.#core.peers.get(identifier);
      if (peer !== undefined) this.#presence.sendTo(peer, false);
    }
    this.#refused.clear();
  }

  /** A peer asks for the table, or for its next part. */
  request(requester: Peer, ownChildrenOnly: boolean): void {
    const core = this.#core;
    if (!core.isReady) {
      // Whoever wants the whole table looks for a mentor, and goes on to another one.
      if (ownChildrenOnly) this.#refused.add(requester.identifier);
      this.#reject(requester, 'initializing');
      return;
    }
    if (ownChildrenOnly && this.#ownership.isYieldingTo(requester)) {
      this.#reject(requester, 'yielding');
      return;
    }
    const running = this.#sessions.get(requester.identifier);
    const session = running?.ownChildrenOnly === ownChildrenOnly ? running : undefined;
    const page = core.handlespace.pageReferences(session?.after, {
      maximumElements: core.limits.maximumTableElements,
      maximumBytes: core.limits.maximumMessageBytes - headerBytes,
      ...(ownChildrenOnly ? { homeRegistrar: core.identifier } : {}),
    });
    const moreToSend = page.next !== undefined;
    if (moreToSend && running === undefined && this.#sessions.size >= core.limits.maximumTableSessions) {
      this.#reject(requester, 'tooManySessions');
      return;
    }
    const header = {
      senderIdentifier: core.identifier,
      receiverIdentifier: requester.identifier,
      moreToSend,
    };
    const response = encodeHandleTableResponse(header, this.#grouped(page.elements), core.handlespace);
    core.sendEncodedTo(requester, 'ENRP_HANDLE_TABLE_RESPONSE', response);
    if (page.next === undefined) {
      this.#endSession(requester.identifier);
      return;
    }
    this.#sessions.set(requester.identifier, { ownChildrenOnly, after: page.next });
    core.timers.set(`table-session:${requester.identifier}`, core.now + core.timing.tableSessionMs);
  }

  /** The requester did not ask for the next part in time. */
  sessionTimer(identifier: number): void {
    if (!this.#sessions.has(identifier)) return;
    this.#endSession(identifier);
    this.#core.event({ type: 'tableSessionExpired', peer: identifier });
  }

  /** Forgets a requester: it is gone, or its association. */
  drop(identifier: number): void {
    this.#refused.delete(identifier);
    this.#endSession(identifier);
  }

  #endSession(identifier: number): void {
    this.#sessions.delete(identifier);
    this.#core.timers.stop(`table-session:${identifier}`);
  }

  /** Each pool handle occurs once, where its first element of the page stands. */
  #grouped(elements: readonly ElementReference[]): EncodedPoolEntry[] {
    const { handlespace } = this.#core;
    const entries = new Map<Uint8Array, { poolHandle: Uint8Array; elements: ElementReference[] }>();
    for (const element of elements) {
      // The handlespace's own copy of a handle is one object for all elements of the pool.
      const poolHandle = handlespace.poolHandle(element);
      const entry = entries.get(poolHandle);
      if (entry === undefined) entries.set(poolHandle, { poolHandle, elements: [element] });
      else entry.elements.push(element);
    }
    return [...entries.values()];
  }

  #reject(requester: Peer, reason: TableRejection): void {
    this.#core.event({ type: 'tableRequestRejected', peer: requester.identifier, reason });
    this.#core.sendTo(requester, {
      type: 'ENRP_HANDLE_TABLE_RESPONSE',
      rejected: true,
      moreToSend: false,
      poolEntries: [],
    });
  }
}

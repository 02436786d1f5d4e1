import { type EnrpMessage, type RemoteEndpoint, type ServerInformation, bytesEqual } from '@rserpool/wire';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import { endpointOfTransport } from '../core/remote-endpoint.ts';
import type { PeerSource } from '../events/peering-event.ts';
import type { Association } from './association.ts';
import type { Connections } from './connections.ts';
import type { FailureDetection } from './failure-detection.ts';

/** What comes of a message's sender. */
export interface Identified {
  /** Who sent the message. */
  readonly peer: Peer;
  /** Whether it was unknown, so that RFC 5353 section 3.4.1 wants a reply-required presence. */
  readonly isNew: boolean;
  /** Whether the association was not known to be the peer's. */
  readonly isNewlyBound: boolean;
}

/** The peer list (RFC 5353 section 3.4) and who gets into it (section 3.4.1). */
export class PeerList {
  readonly #core: EnrpCore;
  readonly #connections: Connections;
  readonly #failureDetection: FailureDetection;
  /** Own identifiers heard on the group were told already: once is enough for a timeline. */
  #isGroupConflictTold = false;

  constructor(core: EnrpCore, connections: Connections, failureDetection: FailureDetection) {
    this.#core = core;
    this.#connections = connections;
    this.#failureDetection = failureDetection;
  }

  /** Finds out who sent a message over an association; `undefined` where it has to be discarded. */
  identify(association: Association, message: EnrpMessage): Identified | undefined {
    const core = this.#core;
    const identifier = message.senderIdentifier;
    if (identifier === core.identifier) this.#conflictOn(association);
    if (!this.#isAcceptable(identifier)) return undefined;
    const known = core.peers.get(identifier);
    const isNewlyBound = known === undefined || association.peer !== known;
    if (isNewlyBound && association.peer !== undefined && (known?.associations.length ?? 0) > 0) {
      core.counters.senderIdentifierMismatch += 1;
      return undefined;
    }
    const peer = known ?? this.#add(identifier, 'message');
    if (peer === undefined) return undefined;
    this.#connections.bind(association, peer);
    if (isNewlyBound && association.endpoint !== undefined) {
      this.#failureDetection.identified(association.endpoint, identifier);
    }
    this.#failureDetection.heard(peer);
    this.#noteServerInformation(peer, message);
    return { peer, isNew: known === undefined, isNewlyBound };
  }

  /** Finds out who sent a message to the group. An unknown registrar is dialled; the probe follows when it is up. */
  identifyGroup(source: RemoteEndpoint, message: EnrpMessage): Peer | undefined {
    const core = this.#core;
    const identifier = message.senderIdentifier;
    if (identifier === core.identifier) {
      this.#conflictOnGroup(source);
      return undefined;
    }
    if (!this.#isAcceptable(identifier)) return undefined;
    const peer = core.peers.get(identifier) ?? this.#add(identifier, 'group');
    if (peer === undefined) return undefined;
    this.#failureDetection.heard(peer);
    this.#noteServerInformation(peer, message);
    peer.endpoint ??= source;
    if (peer.associations.length === 0) this.#dial(peer);
    return peer;
  }

  /** Takes a registrar from a peer's list (RFC 5353 section 3.2.2.2), and dials it. */
  learn(information: ServerInformation): void {
    const { identifier } = information;
    if (identifier === 0 || identifier === this.#core.identifier || this.#core.peers.has(identifier)) return;
    const peer = this.#add(identifier, 'list');
    if (peer === undefined) return;
    this.#store(peer, information);
    this.#dial(peer);
  }

  /**
   * Elements belong to a registrar that nobody has introduced for as long as a silent one is tolerated: it is
   * put into the list as a suspect without an endpoint, which RFC 5353 section 3.4.3 considers dead.
   */
  unknownHomeTimer(identifier: number): void {
    const core = this.#core;
    if (core.peers.has(identifier) || core.handlespace.countOf(identifier) === 0) return;
    const peer = this.#add(identifier, 'list');
    if (peer !== undefined) this.#failureDetection.suspect(peer, 'silent');
  }

  /** Removes a peer. Its associations stay: a message on them brings it back as a new peer. */
  remove(peer: Peer): void {
    const core = this.#core;
    if (!core.peers.delete(peer.identifier)) return;
    this.#failureDetection.ignore(peer);
    for (const identifier of peer.associations.slice()) {
      const association = this.#connections.get(identifier);
      if (association !== undefined) this.#connections.unbind(association);
    }
    core.event({ type: 'peerRemoved', peer: peer.identifier });
    core.signals.push({ type: 'peerRemoved', peer });
  }

  #isAcceptable(identifier: number): boolean {
    const { counters } = this.#core;
    if (identifier === 0) counters.senderIdentifierZero += 1;
    if (identifier === this.#core.identifier) counters.senderIdentifierOwn += 1;
    return identifier !== 0 && identifier !== this.#core.identifier;
  }

  #add(identifier: number, source: PeerSource): Peer | undefined {
    const core = this.#core;
    if (core.peers.size >= core.limits.maximumPeers) {
      core.counters.peersRefused += 1;
      core.event({ type: 'peerRefused', peer: identifier });
      return undefined;
    }
    const peer: Peer = {
      identifier,
      status: 'active',
      heard: false,
      lastHeard: core.now,
      endpoint: undefined,
      serverInformation: undefined,
      associations: [],
    };
    core.peers.set(identifier, peer);
    core.event({ type: 'peerDiscovered', peer: identifier, source });
    this.#failureDetection.monitor(peer);
    return peer;
  }

  #dial(peer: Peer): void {
    const endpoint = peer.endpoint === undefined ? undefined : this.#connections.learn(peer.endpoint);
    if (endpoint !== undefined) this.#connections.dial(endpoint);
  }

  #noteServerInformation(peer: Peer, message: EnrpMessage): void {
    if (message.type !== 'ENRP_PRESENCE') return;
    const information = message.serverInformation;
    if (information?.identifier === peer.identifier) this.#store(peer, information);
  }

  #store(peer: Peer, { identifier, transport }: ServerInformation): void {
    const endpoint = endpointOfTransport(transport);
    const { protocol, port, transportUse } = transport;
    peer.serverInformation = {
      identifier,
      transport: { protocol, port, transportUse, addresses: endpoint.addresses },
    };
    if (port === 0 || endpoint.addresses.length === 0) return;
    peer.endpoint ??= endpoint;
  }

  #conflictOn(association: Association): void {
    if (association.conflictTold) return;
    association.conflictTold = true;
    this.#core.event({
      type: 'identifierConflict',
      identifier: this.#core.identifier,
      remote: association.remote,
    });
  }

  /** A group hands a registrar its own datagrams back: only those of other addresses are a conflict. */
  #conflictOnGroup(source: RemoteEndpoint): void {
    const core = this.#core;
    const isOwn = source.addresses.some((address) =>
      core.ownEndpoint.addresses.some((own) => bytesEqual(own, address)),
    );
    if (isOwn) return;
    core.counters.senderIdentifierOwn += 1;
    if (this.#isGroupConflictTold) return;
    this.#isGroupConflictTold = true;
    core.event({ type: 'identifierConflict', identifier: core.identifier, remote: source });
  }
}

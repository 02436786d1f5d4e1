import type {
  AssociationId,
  EnrpHandleTableResponse,
  EnrpMessage,
  EnrpPresence,
  ErrorCause,
  RemoteEndpoint,
} from '@rserpool/wire';
import type { EnrpCore } from './enrp-core.ts';
import type { Peer } from './peer.ts';
import type { Procedures } from './procedures.ts';

/** How a message came. */
interface Arrival {
  /** Over an association, not on the group. */
  readonly isPointToPoint: boolean;
  /** A presence was sent back already. */
  readonly isAnswered: boolean;
}

/** Takes a message to the procedure that it belongs to. */
export class MessageDispatch {
  readonly #core: EnrpCore;
  readonly #procedures: Procedures;

  constructor(core: EnrpCore, procedures: Procedures) {
    this.#core = core;
    this.#procedures = procedures;
  }

  /** A message came over an association. */
  received(identifier: AssociationId, message: EnrpMessage, reports: readonly ErrorCause[]): void {
    const { audit, connections, peerList, errorReports, completion, presence } = this.#procedures;
    const association = connections.get(identifier);
    if (association === undefined || !association.isUp) return;
    this.#core.counters.received[message.type] += 1;
    const identified = peerList.identify(association, message);
    if (identified === undefined) return;
    const { peer, isNew, isNewlyBound } = identified;
    if (message.type !== 'ENRP_ERROR') errorReports.report(identifier, peer, reports);
    if (isNew) audit.relent();
    if (isNew) connections.wake();
    if (isNewlyBound) completion.targetReturned(peer);
    // The reply-required presence to a new peer (RFC 5353 section 3.4.1) is also the answer that it may require.
    if (isNew) presence.sendTo(peer, true);
    if (isNewlyBound) completion.tell(peer);
    if (this.#isForSomebodyElse(message)) this.#misaddressed(peer, message, isNew);
    else this.#dispatch(peer, message, { isPointToPoint: true, isAnswered: isNew });
  }

  /** A message came on the group. */
  receivedOnGroup(source: RemoteEndpoint, message: EnrpMessage): void {
    this.#core.counters.received[message.type] += 1;
    const peer = this.#procedures.peerList.identifyGroup(source, message);
    if (peer === undefined) return;
    if (this.#isForSomebodyElse(message)) return;
    this.#dispatch(peer, message, { isPointToPoint: false, isAnswered: false });
  }

  #isForSomebodyElse(message: EnrpMessage): boolean {
    const { receiverIdentifier } = message;
    return receiverIdentifier !== 0 && receiverIdentifier !== this.#core.identifier;
  }

  /** Whoever looks for a registrar that was here before has to learn that another one is here now. */
  #misaddressed(peer: Peer, message: EnrpMessage, isAnswered: boolean): void {
    this.#core.counters.misaddressed += 1;
    if (isAnswered || message.type !== 'ENRP_PRESENCE' || !message.replyRequired) return;
    this.#procedures.presence.sendTo(peer, false);
  }

  #dispatch(peer: Peer, message: EnrpMessage, arrival: Arrival): void {
    const procedures = this.#procedures;
    const { arbitration, initialization } = procedures;
    initialization.peerHeard(peer);
    switch (message.type) {
      case 'ENRP_PRESENCE':
        this.#presence(peer, message, arrival);
        break;
      case 'ENRP_HANDLE_TABLE_REQUEST':
        procedures.tableServer.request(peer, message.ownChildrenOnly);
        break;
      case 'ENRP_HANDLE_TABLE_RESPONSE':
        this.#table(peer, message);
        break;
      case 'ENRP_HANDLE_UPDATE':
        procedures.updates.received(peer, message);
        break;
      case 'ENRP_LIST_REQUEST':
        procedures.listServer.request(peer);
        break;
      case 'ENRP_LIST_RESPONSE':
        if (initialization.listReceived(peer, message)) break;
        if (!procedures.heartbeat.listReceived(peer)) this.#core.counters.unexpectedResponses += 1;
        else for (const server of message.servers) procedures.peerList.learn(server);
        break;
      case 'ENRP_INIT_TAKEOVER':
        arbitration.initiated(peer, message.targetIdentifier);
        break;
      case 'ENRP_INIT_TAKEOVER_ACK':
        arbitration.acknowledged(peer, message.targetIdentifier);
        break;
      case 'ENRP_TAKEOVER_SERVER':
        arbitration.takenOver(peer, message.targetIdentifier);
        break;
      case 'ENRP_ERROR':
        procedures.errorReports.received(peer, message);
        break;
    }
  }

  #presence(peer: Peer, message: EnrpPresence, { isPointToPoint, isAnswered }: Arrival): void {
    const { arbitration, presence, audit, takeoverRecords } = this.#procedures;
    arbitration.presenceReceived(peer);
    if (message.replyRequired && !isAnswered) presence.sendTo(peer, false);
    if (message.checksum === undefined || !isPointToPoint) return;
    if (!audit.compare(peer, message.checksum)) return;
    takeoverRecords.inStep(peer.identifier, this.#core.now, this.#core.timing.peerHeartbeatCycleMs);
  }

  #table(peer: Peer, message: EnrpHandleTableResponse): void {
    const { handlespace, identifier } = this.#core;
    const { audit, initialization, resynchronization } = this.#procedures;
    const before = handlespace.checksum(identifier);
    const isExpected =
      initialization.tableReceived(peer, message) || resynchronization.response(peer, message);
    if (!isExpected) this.#core.counters.unexpectedResponses += 1;
    if (handlespace.checksum(identifier) !== before) audit.relent();
  }
}

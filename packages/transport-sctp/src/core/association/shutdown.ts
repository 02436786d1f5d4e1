import { never } from '../path/path.ts';
import { putShutdownComplete } from '../wire/chunks/plain.ts';
import { shutdownCumulativeTsn } from '../wire/chunks/shutdown.ts';
import { putProtocolViolationCause } from '../wire/causes/error-cause.ts';
import type { PacketInput } from '../sctp-input.ts';
import type { ChunkWalk } from '../wire/chunk-walk.ts';
import type { Association } from './association.ts';
import { AssociationState } from './association-state.ts';
import { abortForViolation, endAssociation, sendAbort } from './end.ts';
import { reportAcknowledged } from './report-acknowledged.ts';
import { sendBack } from './send-alone.ts';

/** T5-shutdown-guard takes so many RTO.Max (RFC 9260 section 9.2). */
const guardFactor = 5;

/** SHUTDOWN from the application (section 9.2): what was sent before still has to arrive. */
export function beginShutdown(association: Association, now: number): void {
  association.endsByApplication = true;
  const { setup, sender } = association;
  if (association.state === AssociationState.cookieWait && (setup?.waiting.length ?? 0) === 0) {
    // The peer keeps nothing yet.
    endAssociation(association, 'closed');
    return;
  }
  if (association.state !== AssociationState.established) return;
  association.state = AssociationState.shutdownPending;
  if (sender !== undefined) sender.shutdownPending = true;
  proceedWithShutdown(association, now);
}

/** Sends SHUTDOWN or SHUTDOWN ACK once everything is acknowledged. */
export function proceedWithShutdown(association: Association, now: number): void {
  const { state, sender } = association;
  if (sender === undefined || !sender.isIdle) return;
  if (state === AssociationState.shutdownPending) {
    association.state = AssociationState.shutdownSent;
    startShutdownChunk(association, now);
  } else if (state === AssociationState.shutdownReceived) {
    association.state = AssociationState.shutdownAckSent;
    startShutdownChunk(association, now);
  }
}

/** SHUTDOWN came (section 9.2). */
export function handleShutdown(
  association: Association,
  packet: PacketInput,
  walk: ChunkWalk,
  now: number,
): void {
  const { sender } = association;
  switch (association.state) {
    case AssociationState.established:
    case AssociationState.shutdownPending:
    case AssociationState.shutdownReceived: {
      const outcome = sender?.handleCumulativeTsn(shutdownCumulativeTsn(packet.bytes, walk.offset), now);
      if (outcome?.valid === false) {
        const detail = 'SHUTDOWN acknowledges what was never sent';
        abortForViolation(association, detail, (writer) => putProtocolViolationCause(writer, detail));
        return;
      }
      reportAcknowledged(association, outcome?.acknowledgedBytes ?? 0);
      association.state = AssociationState.shutdownReceived;
      if (sender !== undefined) sender.shutdownPending = true;
      proceedWithShutdown(association, now);
      return;
    }
    case AssociationState.shutdownSent:
      association.state = AssociationState.shutdownAckSent;
      startShutdownChunk(association, now);
      return;
    case AssociationState.shutdownAckSent:
      resendShutdownChunk(association);
      return;
    default:
    // Before: it is discarded in silence.
  }
}

/** SHUTDOWN ACK came (section 9.2); in other states it is of no interest. */
export function handleShutdownAck(association: Association, packet: PacketInput): void {
  const { state, core, peerPort, peerTag } = association;
  if (state !== AssociationState.shutdownSent && state !== AssociationState.shutdownAckSent) return;
  sendBack(core, packet, peerPort, peerTag, (writer) => putShutdownComplete(writer, false));
  endAssociation(association, association.endsByApplication ? 'closed' : 'closed-by-peer');
}

/** SHUTDOWN COMPLETE came (section 9.2). */
export function handleShutdownComplete(association: Association): void {
  if (association.state !== AssociationState.shutdownAckSent) return;
  endAssociation(association, association.endsByApplication ? 'closed' : 'closed-by-peer');
}

/** T2-shutdown expired: again, by another path. */
export function handleT2(association: Association, now: number): void {
  const { shutdown, parameters, paths } = association;
  if (shutdown === undefined) return;
  shutdown.retransmissions += 1;
  if (shutdown.retransmissions > parameters.associationMaxRetrans) {
    endAssociation(association, 'unreachable', 'no answer to SHUTDOWN');
    return;
  }
  shutdown.path.rto.backOff();
  shutdown.path = paths.alternateOf(shutdown.path);
  shutdown.t2Deadline = now + shutdown.path.rtoMs;
  resendShutdownChunk(association);
}

/** T5-shutdown-guard expired: the end with ABORT. */
export function handleT5(association: Association): void {
  sendAbort(association);
  endAssociation(association, 'unreachable', 'the peer did not finish the shutdown in time');
}

/**
 * A packet came while SHUTDOWN is out: the peer lives. DATA in it is answered by another SHUTDOWN, and with a SACK where
 * SHUTDOWN alone cannot tell what came (section 9.2).
 */
export function packetWhileShutdownSent(
  association: Association,
  hadData: boolean,
  hadDuplicates: boolean,
  now: number,
): void {
  const { shutdown, receiver } = association;
  if (association.state !== AssociationState.shutdownSent || shutdown === undefined) return;
  shutdown.retransmissions = 0;
  if (!hadData) return;
  shutdown.t2Deadline = now + shutdown.path.rtoMs;
  if (hadDuplicates || receiver?.hasGaps === true) shutdown.sackDue = true;
  else receiver?.acknowledgedOtherwise();
  resendShutdownChunk(association);
}

/** Sends SHUTDOWN or SHUTDOWN ACK again. */
export function resendShutdownChunk(association: Association): void {
  if (association.shutdown !== undefined) association.shutdown.chunkDue = true;
  association.core.touch(association);
}

function startShutdownChunk(association: Association, now: number): void {
  const { paths, parameters, shutdown } = association;
  const path = paths.forData;
  // Section 8.3: no HEARTBEATs from here on.
  for (const other of paths.all) {
    other.heartbeatAt = never;
    other.heartbeatTimeoutAt = never;
  }
  // What the peer has not been asked yet it cannot be silent about.
  association.heardAt = now;
  association.silenceProbes = 0;
  association.shutdown = {
    path,
    t2Deadline: now + path.rtoMs,
    t5Deadline: shutdown?.t5Deadline ?? now + guardFactor * parameters.rtoMaxMs,
    retransmissions: 0,
    chunkDue: true,
    sackDue: false,
  };
  association.core.touch(association);
}

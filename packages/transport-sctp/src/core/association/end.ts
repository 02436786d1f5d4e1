import type { SendInput } from '../sctp-input.ts';
import type { SctpLossReason } from '../sctp-output.ts';
import type { PacketWriter } from '../wire/packet-writer.ts';
import type { Association } from './association.ts';
import { AssociationState } from './association-state.ts';
import { putAbort, sendOnPath } from './send-alone.ts';

/** Tells the application that a message was not sent (SEND FAILURE). */
export function sendFailed(association: Association, message: SendInput): void {
  association.core.emit({
    type: 'sendFailed',
    association: association.id,
    data: message.data,
    payloadProtocolIdentifier: message.payloadProtocolIdentifier,
    stream: message.stream,
    unordered: message.unordered,
    context: message.context,
  });
}

/** Tells the application about every message that was not acknowledged. */
export function failUnacknowledged(association: Association): void {
  const { sender, setup } = association;
  for (const message of sender?.drainUnacknowledged() ?? []) sendFailed(association, message);
  for (const message of setup?.waiting ?? []) sendFailed(association, message);
}

/** Removes an association, and nothing else (RFC 9260 section 4: CLOSED). */
export function forget(association: Association): void {
  const { core } = association;
  association.state = AssociationState.closed;
  association.control = [];
  core.timers.stop(association);
  core.table.remove(association);
  core.usedCookies.add(association.localTag, association.cookieExpiresAt, core.now);
}

/** Removes an association and tells the application why (COMMUNICATION LOST, SHUTDOWN COMPLETE). */
export function endAssociation(association: Association, reason: SctpLossReason, detail?: string): void {
  if (association.state === AssociationState.closed) return;
  failUnacknowledged(association);
  forget(association);
  association.core.emit({
    type: 'associationLost',
    association: association.id,
    reason,
    ...(detail === undefined ? {} : { detail }),
  });
}

/**
 * Sends an ABORT, where the peer knows of the association (section 9.1): it needs its tag.
 *
 * @param putCause - Writes the error cause.
 */
export function sendAbort(association: Association, putCause?: (writer: PacketWriter) => void): void {
  if (association.peerTag === 0) return;
  sendOnPath(association, association.paths.forData, association.peerTag, (writer) =>
    putAbort(writer, false, putCause),
  );
}

/** The peer broke the protocol: ABORT, and the association is gone. */
export function abortForViolation(
  association: Association,
  detail: string,
  putCause: (writer: PacketWriter) => void,
): void {
  association.core.statistics.protocolViolations += 1;
  sendAbort(association, putCause);
  endAssociation(association, 'protocol-violation', detail);
}

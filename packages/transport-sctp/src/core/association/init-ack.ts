import { bytesEqual, type IpAddress } from '@rserpool/wire';
import { agreeOnAuthentication, hasWrongRandom, wrongRandom } from '../authentication/authentication.ts';
import { usableRemoteAddresses } from '../endpoint/address-lists.ts';
import type { PacketInput } from '../sctp-input.ts';
import { putProtocolViolationCause } from '../wire/causes/error-cause.ts';
import { decodeInitAck } from '../wire/chunks/decode-init.ts';
import type { InitAck } from '../wire/chunks/init-ack.ts';
import { type InitFault, putInitFaultCause } from '../wire/chunks/init-fault.ts';
import type { ChunkWalk } from '../wire/chunk-walk.ts';
import { verificationTagOf } from '../wire/packet.ts';
import type { Association } from './association.ts';
import { AssociationState } from './association-state.ts';
import { abortForViolation, endAssociation } from './end.ts';
import { encapsulationPortOf, makePaths } from './make-paths.ts';
import { putAbort, sendBack } from './send-alone.ts';
import { enqueue, startReceiving, startSending } from './transmission.ts';

/** INIT ACK came (RFC 9260 section 5.1 C): takes what the peer says, and answers with COOKIE ECHO. */
export function handleInitAck(
  association: Association,
  packet: PacketInput,
  walk: ChunkWalk,
  now: number,
): void {
  const { setup } = association;
  // Section 5.2.3: in any other state it is of no interest.
  if (association.state !== AssociationState.cookieWait || setup === undefined) return;
  const result = decodeInitAck(packet.bytes, walk.offset, walk.length);
  if (!result.ok) return refuseInitAck(association, packet, result.fault);
  const { init } = result;
  if (hasWrongRandom(init)) {
    association.peerTag = init.initiateTag;
    abortForViolation(association, wrongRandom, (writer) => putProtocolViolationCause(writer, wrongRandom));
    return;
  }
  if (setup.sentAt >= 0) setup.path.rto.measured(now - setup.sentAt);
  association.peerTag = init.initiateTag;
  association.peerInitialTsn = init.initialTsn;
  association.authentication = agreeOnAuthentication(association.ownAuthentication, init);
  // Section 5.1.1: each side uses as many as the other one allows.
  association.outboundStreams = Math.min(association.parameters.outboundStreams, init.inboundStreams);
  association.inboundStreams = Math.min(init.outboundStreams, association.parameters.maximumInboundStreams);
  takeAddresses(association, packet, init);
  association.state = AssociationState.cookieEchoed;
  // After a stale cookie the sending side is there already, with what went with the first COOKIE ECHO.
  if (association.sender === undefined) startSending(association, init.receiverWindow);
  startReceiving(association);
  association.choosePath();
  for (const message of setup.waiting.splice(0)) enqueue(association, message);
  setup.cookie = init.stateCookie.slice();
  setup.unrecognized = result.unrecognized;
  setup.retransmissions = 0;
  setup.sentAt = now;
  setup.echoDue = true;
  setup.deadline = now + setup.path.rtoMs;
  association.core.touch(association);
}

/** Section 5.1.2: the peer's addresses are those that it lists and the one that it answered from. */
function takeAddresses(association: Association, packet: PacketInput, init: InitAck): void {
  const { core, setup, paths, peerPort } = association;
  const answering = paths.find(packet.source);
  if (answering !== undefined) answering.encapsulationPort = packet.encapsulationPort;
  const usable = usableRemoteAddresses(init.addresses, packet.source, core.addresses).filter((address) => {
    const other = core.table.byAddress(address, peerPort);
    return other === undefined || other === association;
  });
  const before = paths.all;
  const port = (address: IpAddress) =>
    encapsulationPortOf(association, packet.source, packet.encapsulationPort, address);
  const after = makePaths(association, usable, before, () => false, port);
  // The address that was asked answered, by whatever way: it stays even where the peer does not list it.
  if (setup !== undefined && !after.some((path) => path.isConfirmed)) after.unshift(setup.path);
  for (const path of before) {
    if (!after.includes(path)) core.table.removeAddress(association, path.destination);
  }
  for (const path of after) core.table.addAddress(association, path.destination);
  paths.replace(after);
  const confirmed = answering?.isConfirmed === true ? answering : after.find((path) => path.isConfirmed);
  if (setup !== undefined && confirmed !== undefined) setup.path = confirmed;
  if (!paths.primary.isConfirmed && confirmed !== undefined) paths.setPrimary(confirmed);
  association.sackPath = paths.primary;
}

/** Section 3.3.3: what is wrong ends the attempt, except too small a window, which leaves it as it is. */
function refuseInitAck(association: Association, packet: PacketInput, fault: InitFault): void {
  const { core, peerPort } = association;
  const isReflected = fault.initiateTag === 0;
  const tag = isReflected ? verificationTagOf(packet.bytes) : fault.initiateTag;
  core.statistics.protocolViolations += 1;
  sendBack(core, packet, peerPort, tag, (writer) =>
    putAbort(writer, isReflected, (abort) => putInitFaultCause(abort, fault)),
  );
  if (fault.why === 'small-window') return;
  endAssociation(association, 'protocol-violation', `the INIT ACK is not right: ${fault.why}`);
}

/**
 * Whether an INIT ACK from an unknown address belongs to an association, because it lists an address of it
 * (section 5.1.2 D).
 */
export function initAckBelongsTo(association: Association, packet: PacketInput, walk: ChunkWalk): boolean {
  const result = decodeInitAck(packet.bytes, walk.offset, walk.length);
  if (!result.ok) return false;
  return association.paths.all.some((path) =>
    result.init.addresses.some((address) => bytesEqual(address, path.destination)),
  );
}

import { hasAsconfOf } from '../address-reconfiguration/asconf-lookup.ts';
import { sendAsconfAcks } from '../address-reconfiguration/receive-asconf.ts';
import type { Association } from '../association/association.ts';
import { AssociationState } from '../association/association-state.ts';
import { initAckBelongsTo } from '../association/init-ack.ts';
import {
  answerStrayShutdownAck,
  receiveAbort,
  receiveAuthenticated,
  receiveChunks,
} from '../association/receive-chunks.ts';
import { handleShutdownComplete } from '../association/shutdown.ts';
import type { Path } from '../path/path.ts';
import type { PacketInput } from '../sctp-input.ts';
import { ChunkType, tagReflected } from '../wire/chunk-type.ts';
import { ChunkWalk } from '../wire/chunk-walk.ts';
import {
  commonHeaderLength,
  destinationPortOf,
  isChecksumRight,
  sourcePortOf,
  verificationTagOf,
} from '../wire/packet.ts';
import { AddressScope, addressScope } from './address-scope.ts';
import type { EndpointCore } from './endpoint-core.ts';
import { handleOutOfTheBlue } from './out-of-the-blue.ts';
import { receiveCookie } from './receive-cookie.ts';
import { receiveInit } from './receive-init.ts';

const walk = new ChunkWalk();

/**
 * A packet came: finds the association that it is for, by its verification tag and then the address that it came from
 * (RFC 9260 section 8.5).
 */
export function receivePacket(core: EndpointCore, packet: PacketInput, now: number): void {
  const { statistics } = core;
  const { bytes } = packet;
  statistics.packetsReceived += 1;
  if (
    bytes.length < commonHeaderLength + 4 ||
    destinationPortOf(bytes) !== core.port ||
    sourcePortOf(bytes) === 0
  ) {
    statistics.malformedPackets += 1;
    return;
  }
  if (!isChecksumRight(bytes)) {
    statistics.checksumErrors += 1;
    return;
  }
  walk.start(bytes);
  if (!walk.next()) {
    statistics.malformedPackets += 1;
    return;
  }
  const association = core.table.byTag(verificationTagOf(bytes));
  if (association === undefined || association.peerPort !== sourcePortOf(bytes)) {
    receiveExceptional(core, packet, now);
    return;
  }
  const path = association.paths.find(packet.source) ?? pathOfInitAck(association, packet);
  if (path === undefined && hasAsconfOf(association, packet)) {
    receiveFromNewAddress(association, packet, now);
    return;
  }
  // COOKIE ECHO with the tag of an association is a duplicate one, or one of a collision.
  if (path === undefined || walk.type === ChunkType.cookieEcho) receiveExceptional(core, packet, now);
  else receiveVerified(association, packet, path, now);
}

/** The tag and the address are right. */
function receiveVerified(association: Association, packet: PacketInput, path: Path, now: number): void {
  association.heardAt = now;
  association.silenceProbes = 0;
  // RFC 6951 section 5.4: where the peer sends from is where it is reached.
  path.encapsulationPort = packet.encapsulationPort;
  receiveChunks(association, packet, walk, path, now);
}

/**
 * RFC 5061 section 5.3.2: the peer has moved, and its ASCONF says from where. Nothing but what is authentic is believed,
 * and of that only what is about addresses.
 */
function receiveFromNewAddress(association: Association, packet: PacketInput, now: number): void {
  association.isPacketAuthentic = false;
  do {
    const isOfInterest = walk.type === ChunkType.auth || walk.type === ChunkType.asconf;
    if (isOfInterest && !receiveAuthenticated(association, packet, walk, undefined, now)) return;
  } while (walk.next());
  sendAsconfAcks(association, packet);
  association.heardAt = now;
  association.silenceProbes = 0;
  association.core.touch(association);
}

/** Section 5.1.2 D: the answer to an INIT may come from an address that only its list tells. */
function pathOfInitAck(association: Association, packet: PacketInput): Path | undefined {
  if (association.state !== AssociationState.cookieWait || walk.type !== ChunkType.initAck) return undefined;
  return initAckBelongsTo(association, packet, walk) ? association.paths.primary : undefined;
}

/** Packets whose tag is not this side's tag of an association with their source (section 8.5.1), and the others. */
function receiveExceptional(core: EndpointCore, packet: PacketInput, now: number): void {
  // Section 8.4 rule 1: an answer to everybody would serve whoever forged the source.
  if (addressScope(packet.source) === AddressScope.none) {
    core.statistics.outOfTheBluePackets += 1;
    return;
  }
  if (walk.type === ChunkType.init) {
    receiveInit(core, packet, walk, now);
    return;
  }
  if (walk.type === ChunkType.cookieEcho) {
    const association = receiveCookie(core, packet, walk, now);
    const path = association?.paths.find(packet.source);
    if (association === undefined || path === undefined || !walk.next()) return;
    receiveVerified(association, packet, path, now);
    return;
  }
  const association = core.table.byAddress(packet.source, sourcePortOf(packet.bytes));
  if (association === undefined) handleOutOfTheBlue(core, packet, walk);
  else receiveForeignTag(association, packet);
}

/** Section 8.5.1 B, C and E: chunks that may carry another tag than this side's. */
function receiveForeignTag(association: Association, packet: PacketInput): void {
  const { statistics } = association.core;
  const isPeerTag = association.peerTag !== 0 && verificationTagOf(packet.bytes) === association.peerTag;
  const isReflected = (walk.flags & tagReflected) !== 0;
  if (walk.type === ChunkType.abort && isPeerTag && isReflected) {
    receiveAbort(association, packet, walk);
  } else if (walk.type === ChunkType.shutdownComplete && isPeerTag && isReflected && walk.isAlone) {
    handleShutdownComplete(association);
  } else if (walk.type === ChunkType.shutdownAck && !association.isUp) {
    answerStrayShutdownAck(association, packet);
  } else {
    statistics.wrongTagPackets += 1;
  }
}

import { decodeUtf8 } from '@rserpool/wire';
import { isBeingDeleted } from '../address-reconfiguration/reconfiguration.ts';
import { receiveAsconf, sendAsconfAcks } from '../address-reconfiguration/receive-asconf.ts';
import { receiveAsconfAck } from '../address-reconfiguration/receive-asconf-ack.ts';
import { isAuthentic } from '../authentication/verify-packet.ts';
import { handleHeartbeatAck } from '../path/heartbeat.ts';
import { includesAddress } from '../endpoint/address-lists.ts';
import { never, type Path } from '../path/path.ts';
import type { PacketInput } from '../sctp-input.ts';
import { CauseCode } from '../wire/cause-code.ts';
import { readErrorCauses } from '../wire/causes/read-error-causes.ts';
import { ChunkType, tagReflected } from '../wire/chunk-type.ts';
import { type ChunkWalk, chunkHeaderLength } from '../wire/chunk-walk.ts';
import { readHeartbeatInformation } from '../wire/chunks/heartbeat.ts';
import { isChunkLengthRight } from '../wire/chunks/chunk-length.ts';
import { putShutdownComplete } from '../wire/chunks/plain.ts';
import { verificationTagOf } from '../wire/packet.ts';
import type { Association } from './association.ts';
import { AssociationState, mayAnswerHeartbeats, mayReceiveData } from './association-state.ts';
import { endAssociation } from './end.ts';
import { establish } from './establish.ts';
import { handleInitAck } from './init-ack.ts';
import { receiveData } from './receive-data.ts';
import { receiveSack } from './receive-sack.ts';
import { sendBack } from './send-alone.ts';
import { handleStaleCookie } from './setup-timeout.ts';
import {
  handleShutdown,
  handleShutdownAck,
  handleShutdownComplete,
  packetWhileShutdownSent,
  proceedWithShutdown,
} from './shutdown.ts';
import { reportUnknownChunk } from './unknown-chunk.ts';

/**
 * The chunks of a packet that belongs to an association, in their order (RFC 9260 section 6.10).
 *
 * @param walk - At the first chunk that is to be processed.
 * @param path - The path that it came by.
 */
export function receiveChunks(
  association: Association,
  packet: PacketInput,
  walk: ChunkWalk,
  path: Path,
  now: number,
): void {
  const { bytes } = packet;
  association.isPacketAuthentic = false;
  let hadData = false;
  let hadDuplicates = false;
  let goesOn = true;
  do {
    const { type, offset, length } = walk;
    if (type === ChunkType.data && length >= 16) {
      if (!mayReceiveData(association.state)) continue;
      hadData = true;
      if (receiveData(association, bytes, offset, length, path) === 'duplicate') hadDuplicates = true;
    } else if (type === ChunkType.sack && length >= 16) {
      receiveSack(association, bytes, offset, length, now);
    } else {
      goesOn = receiveControl(association, packet, walk, path, now);
    }
  } while (goesOn && association.state !== AssociationState.closed && walk.next());
  if (walk.malformed) association.core.statistics.malformedPackets += 1;
  if (association.state === AssociationState.closed) return;
  if (association.reconfiguration !== undefined) sendAsconfAcks(association, packet);
  endOfPacket(association, path, hadData, hadDuplicates, now);
}

/** What is decided only when all chunks are known. */
function endOfPacket(
  association: Association,
  path: Path,
  hadData: boolean,
  hadDuplicates: boolean,
  now: number,
): void {
  const { receiver, core } = association;
  if (hadData && receiver !== undefined) {
    if (path.isConfirmed) association.sackPath = path;
    receiver.endOfPacket(now);
    for (let message = receiver.pollMessage(); message !== undefined; message = receiver.pollMessage()) {
      core.outputs.push(message);
    }
  }
  if (association.state === AssociationState.shutdownSent) {
    packetWhileShutdownSent(association, hadData, hadDuplicates, now);
  } else if (association.state > AssociationState.established) {
    proceedWithShutdown(association, now);
  }
  core.touch(association);
}

/**
 * A chunk other than DATA and SACK.
 *
 * @returns Whether the rest of the packet is processed.
 */
function receiveControl(
  association: Association,
  packet: PacketInput,
  walk: ChunkWalk,
  path: Path,
  now: number,
): boolean {
  const { bytes } = packet;
  const { type, offset, length } = walk;
  if (!isChunkLengthRight(type, length)) {
    association.core.statistics.malformedPackets += 1;
    return true;
  }
  switch (type) {
    case ChunkType.initAck:
      // Section 5.1: never with other chunks.
      if (walk.isLast) handleInitAck(association, packet, walk, now);
      return false;
    case ChunkType.init:
    case ChunkType.cookieEcho:
      // Neither stands behind another chunk; at the beginning of a packet they are not processed here.
      return false;
    case ChunkType.cookieAck:
      receiveCookieAck(association, now);
      return true;
    case ChunkType.heartbeat:
      answerHeartbeat(association, packet, walk, path);
      return true;
    case ChunkType.heartbeatAck: {
      const information = readHeartbeatInformation(bytes, offset, length);
      if (information !== undefined && association.isUp) handleHeartbeatAck(association, information, now);
      return true;
    }
    case ChunkType.abort:
      receiveAbort(association, packet, walk);
      return false;
    case ChunkType.shutdown:
      handleShutdown(association, packet, walk, now);
      return true;
    case ChunkType.shutdownAck:
      if (association.isUp) handleShutdownAck(association, packet);
      else answerStrayShutdownAck(association, packet);
      return false;
    case ChunkType.shutdownComplete:
      // Section 6.10: never with other chunks.
      if ((walk.flags & tagReflected) === 0 && walk.isAlone) handleShutdownComplete(association);
      return false;
    case ChunkType.error:
      receiveError(association, packet, walk, now);
      return true;
    case ChunkType.auth:
    case ChunkType.asconf:
    case ChunkType.asconfAck:
      if (association.authentication === undefined)
        return reportUnknownChunk(association, packet, walk, path);
      return receiveAuthenticated(association, packet, walk, path, now);
    default:
      return reportUnknownChunk(association, packet, walk, path);
  }
}

/** AUTH, and the chunks that need one in front of them (RFC 4895 section 6.3). */
export function receiveAuthenticated(
  association: Association,
  packet: PacketInput,
  walk: ChunkWalk,
  path: Path | undefined,
  now: number,
): boolean {
  const { bytes } = packet;
  const { type, offset, length } = walk;
  if (type === ChunkType.auth) {
    // Section 5.1: not more than one in a packet.
    if (association.isPacketAuthentic) return false;
    association.isPacketAuthentic = isAuthentic(association, path, bytes, offset, length);
    return association.isPacketAuthentic;
  }
  if (!association.isPacketAuthentic) return false;
  if (type === ChunkType.asconf) receiveAsconf(association, packet, walk, now);
  else receiveAsconfAck(association, bytes, offset, length, now);
  return true;
}

/** COOKIE ACK (section 5.1 E); in any other state it is discarded (section 5.2.5). */
function receiveCookieAck(association: Association, now: number): void {
  const { setup } = association;
  if (association.state !== AssociationState.cookieEchoed || setup === undefined) return;
  if (setup.sentAt >= 0) setup.path.rto.measured(now - setup.sentAt);
  establish(association, now);
}

/** HEARTBEAT ACK goes back the way that the HEARTBEAT came, with everything that was in it (section 8.3). */
function answerHeartbeat(association: Association, packet: PacketInput, walk: ChunkWalk, path: Path): void {
  if (!mayAnswerHeartbeats(association.state)) return;
  // What the peer probes tells which of the local addresses it pairs with its own.
  if (!path.isConfirmed) path.source = packet.destination;
  const content = packet.bytes.subarray(walk.offset + chunkHeaderLength, walk.offset + walk.length);
  association.queueControl({
    path,
    bytes: chunkHeaderLength + content.length + 3,
    put: (writer) => {
      const chunk = writer.beginChunk(ChunkType.heartbeatAck, 0);
      writer.putBytes(content);
      writer.endChunk(chunk);
    },
  });
}

/** ABORT (sections 9.1 and 8.5.1 B): with the T bit it would have to carry the peer's tag. */
export function receiveAbort(association: Association, packet: PacketInput, walk: ChunkWalk): void {
  const isReflected = (walk.flags & tagReflected) !== 0;
  const expected = isReflected ? association.peerTag : association.localTag;
  if (expected === 0 || verificationTagOf(packet.bytes) !== expected) return;
  if (isAddressDeleted(association, packet)) return;
  const causes = readErrorCauses(packet.bytes, walk.offset, walk.length);
  // "If an endpoint receives an ABORT chunk with a format error [...] it MUST silently discard it" (section 3.3.7).
  if (causes === undefined) return;
  const [cause] = causes;
  const detail = cause === undefined ? undefined : describe(cause.code, cause.value);
  // The T bit is set by a host that does not know the association (section 8.4): it was there, and is not any more.
  const loss = isReflected ? 'reset' : 'aborted';
  endAssociation(association, association.isUp ? loss : 'refused', detail);
}

/**
 * RFC 5061 section 5.3 F4 and F13: an ABORT to an address that is being deleted, or is deleted already, answers what was
 * sent from it before.
 */
function isAddressDeleted(association: Association, packet: PacketInput): boolean {
  const { reconfiguration, localAddresses, core } = association;
  if (reconfiguration === undefined) return false;
  const { destination } = packet;
  const isOwn = includesAddress(localAddresses, destination) && includesAddress(core.addresses, destination);
  return !isOwn || isBeingDeleted(reconfiguration, destination);
}

/** Section 8.5.1 E: before the association is up, a SHUTDOWN ACK belongs to one that was there before. */
export function answerStrayShutdownAck(association: Association, packet: PacketInput): void {
  const tag = verificationTagOf(packet.bytes);
  sendBack(association.core, packet, association.peerPort, tag, (writer) =>
    putShutdownComplete(writer, true),
  );
}

/** ERROR (section 3.3.10). */
function receiveError(association: Association, packet: PacketInput, walk: ChunkWalk, now: number): void {
  const causes = readErrorCauses(packet.bytes, walk.offset, walk.length);
  if (causes === undefined) return;
  if (causes.some((cause) => cause.code === CauseCode.staleCookie)) {
    handleStaleCookie(association, now);
    return;
  }
  const { reconfiguration } = association;
  const isAsconfUnknown = causes.some(
    ({ code, value }) => code === CauseCode.unrecognizedChunkType && value[0] === ChunkType.asconf,
  );
  if (isAsconfUnknown && reconfiguration !== undefined) {
    // RFC 5061 section 5.1 A9.
    reconfiguration.isRefused = true;
    reconfiguration.outstanding = [];
    reconfiguration.deadline = never;
  }
  if (association.isUp) {
    association.core.emit({ type: 'operationError', association: association.id, causes });
  }
}

/** What an ABORT says, in words. */
function describe(code: number, value: Uint8Array): string {
  const isText = code === CauseCode.userInitiatedAbort || code === CauseCode.protocolViolation;
  const text = isText ? decodeUtf8(value) : undefined;
  return text === undefined || text === '' ? `error cause ${code}` : text;
}

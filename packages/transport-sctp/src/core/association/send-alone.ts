import type { IpAddress } from '@rserpool/wire';
import { beginAuthenticated, endAuthenticated, notAuthenticated } from '../authentication/sign-packet.ts';
import type { EndpointCore } from '../endpoint/endpoint-core.ts';
import type { Path } from '../path/path.ts';
import { ChunkType, tagReflected } from '../wire/chunk-type.ts';
import type { PacketWriter } from '../wire/packet-writer.ts';
import type { Association } from './association.ts';

/** The way that a packet came, hence the way of what answers it. */
export interface ReturnWay {
  /** Where it came from. */
  readonly source: IpAddress;
  /** Where it came to. */
  readonly destination: IpAddress;
  /** The UDP port that it came from. */
  readonly encapsulationPort: number;
}

/** Sends one chunk in a packet of its own at once, by the way that something came (RFC 9260 section 6.4). */
export function sendBack(
  core: EndpointCore,
  way: ReturnWay,
  peerPort: number,
  verificationTag: number,
  put: (writer: PacketWriter) => void,
): void {
  put(core.startPacket(peerPort, verificationTag));
  core.emit(core.finishPacket(way.destination, way.source, way.encapsulationPort));
}

/** Sends one chunk in a packet of its own at once, on a path. */
export function sendOnPath(
  association: Association,
  path: Path,
  verificationTag: number,
  put: (writer: PacketWriter) => void,
): void {
  const { core, authentication } = association;
  const writer = core.startPacket(association.peerPort, verificationTag);
  const isSigned = authentication?.isForAll === true && verificationTag !== 0;
  const auth = isSigned ? beginAuthenticated(association, writer) : notAuthenticated;
  put(writer);
  endAuthenticated(association, writer, auth);
  core.emit(core.finishPacket(path.source, path.destination, path.encapsulationPort));
}

/**
 * Writes an ABORT.
 *
 * @param reflected - Whether the verification tag is the received one (T bit, section 8.5.1).
 * @param putCause - Writes an error cause; none by default.
 */
export function putAbort(
  writer: PacketWriter,
  reflected: boolean,
  putCause?: (writer: PacketWriter) => void,
): void {
  const chunk = writer.beginChunk(ChunkType.abort, reflected ? tagReflected : 0);
  putCause?.(writer);
  writer.endChunk(chunk);
}

/** Writes an ERROR. */
export function putError(writer: PacketWriter, putCause: (writer: PacketWriter) => void): void {
  const chunk = writer.beginChunk(ChunkType.error, 0);
  putCause(writer);
  writer.endChunk(chunk);
}

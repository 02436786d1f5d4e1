import { ChunkType } from '../chunk-type.ts';
import { chunkHeaderLength } from '../chunk-walk.ts';
import { ParameterType } from '../parameter-type.ts';
import { ParameterWalk } from '../parameter-walk.ts';
import type { PacketWriter } from '../packet-writer.ts';

/** Writes a HEARTBEAT with sender-specific information (RFC 9260 section 3.3.5). */
export function putHeartbeat(writer: PacketWriter, information: Uint8Array): void {
  putHeartbeatChunk(writer, ChunkType.heartbeat, information);
}

/** Writes the HEARTBEAT ACK that answers a HEARTBEAT with this information (RFC 9260 section 3.3.6). */
export function putHeartbeatAck(writer: PacketWriter, information: Uint8Array): void {
  putHeartbeatChunk(writer, ChunkType.heartbeatAck, information);
}

/**
 * The sender-specific information of the HEARTBEAT or HEARTBEAT ACK at `offset`.
 *
 * @returns A view of the packet; `undefined` where the mandatory parameter is missing or malformed.
 */
export function readHeartbeatInformation(
  bytes: Uint8Array,
  offset: number,
  length: number,
): Uint8Array | undefined {
  const walk = new ParameterWalk();
  walk.start(bytes, offset + chunkHeaderLength, offset + length);
  return walk.next() && walk.type === ParameterType.heartbeatInfo ? walk.value() : undefined;
}

function putHeartbeatChunk(writer: PacketWriter, type: number, information: Uint8Array): void {
  const chunk = writer.beginChunk(type, 0);
  const parameter = writer.beginParameter(ParameterType.heartbeatInfo);
  writer.putBytes(information);
  writer.endParameter(parameter);
  writer.endChunk(chunk);
}

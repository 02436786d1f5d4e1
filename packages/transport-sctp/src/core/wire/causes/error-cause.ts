import { encodeUtf8, type IpAddress } from '@rserpool/wire';
import { CauseCode } from '../cause-code.ts';
import type { PacketWriter } from '../packet-writer.ts';
import { putAddressParameter } from '../parameters/address.ts';
import { chunkHeaderLength } from '../chunk-walk.ts';

// Error causes (RFC 9260 section 3.3.10). They are written into an ERROR or ABORT chunk that was begun before.

/**
 * Writes an error cause of any code.
 *
 * @param value - The cause-specific information; nothing by default.
 */
export function putErrorCause(writer: PacketWriter, code: number, value?: Uint8Array): void {
  const cause = writer.beginParameter(code);
  if (value !== undefined) writer.putBytes(value);
  writer.endParameter(cause);
}

/** Invalid Stream Identifier (section 3.3.10.1). */
export function putInvalidStreamCause(writer: PacketWriter, stream: number): void {
  const cause = writer.beginParameter(CauseCode.invalidStreamIdentifier);
  writer.put16(stream);
  writer.put16(0);
  writer.endParameter(cause);
}

/** Missing Mandatory Parameter (section 3.3.10.2). */
export function putMissingParametersCause(writer: PacketWriter, types: readonly number[]): void {
  const cause = writer.beginParameter(CauseCode.missingMandatoryParameter);
  writer.put32(types.length);
  for (const type of types) writer.put16(type);
  writer.endParameter(cause);
}

/**
 * Stale Cookie (section 3.3.10.3).
 *
 * @param stalenessMicroseconds - How long the cookie has been expired; 0 for not telling.
 */
export function putStaleCookieCause(writer: PacketWriter, stalenessMicroseconds: number): void {
  const cause = writer.beginParameter(CauseCode.staleCookie);
  writer.put32(Math.min(Math.max(Math.ceil(stalenessMicroseconds), 0), 0xffff_ffff));
  writer.endParameter(cause);
}

/**
 * Unrecognized Chunk Type (section 3.3.10.6) with the chunk itself. One that is longer than the room that is left in the
 * packet is cut: the report of somebody's chunk must not need more packets than the chunk.
 */
export function putUnrecognizedChunkCause(
  writer: PacketWriter,
  bytes: Uint8Array,
  offset: number,
  length: number,
): void {
  const cause = writer.beginParameter(CauseCode.unrecognizedChunkType);
  const reported = Math.min(length, Math.max(writer.room, chunkHeaderLength));
  writer.putBytes(bytes, offset, offset + reported);
  writer.endParameter(cause);
}

/**
 * Unrecognized Parameters (section 3.3.10.8). Those that do not fit into the room that is left are not reported.
 *
 * @param parameters - The parameters, header included.
 */
export function putUnrecognizedParametersCause(
  writer: PacketWriter,
  parameters: readonly Uint8Array[],
): void {
  const cause = writer.beginParameter(CauseCode.unrecognizedParameters);
  for (const parameter of parameters) {
    writer.align();
    if (parameter.length > writer.room) break;
    writer.putBytes(parameter);
  }
  writer.endParameter(cause);
}

/** No User Data (section 3.3.10.9). */
export function putNoUserDataCause(writer: PacketWriter, tsn: number): void {
  const cause = writer.beginParameter(CauseCode.noUserData);
  writer.put32(tsn);
  writer.endParameter(cause);
}

/** Restart of an Association with New Addresses (section 3.3.10.11). */
export function putRestartWithNewAddressesCause(writer: PacketWriter, addresses: readonly IpAddress[]): void {
  const cause = writer.beginParameter(CauseCode.restartWithNewAddresses);
  for (const address of addresses) putAddressParameter(writer, address);
  writer.endParameter(cause);
}

/** Protocol Violation (section 3.3.10.13) with a sentence for people. */
export function putProtocolViolationCause(writer: PacketWriter, information: string): void {
  putErrorCause(writer, CauseCode.protocolViolation, encodeUtf8(information));
}

/** Unsupported HMAC Identifier (RFC 4895 section 4.1). */
export function putUnsupportedHmacCause(writer: PacketWriter, hmacIdentifier: number): void {
  const cause = writer.beginParameter(CauseCode.unsupportedHmacIdentifier);
  writer.put16(hmacIdentifier);
  writer.endParameter(cause);
}

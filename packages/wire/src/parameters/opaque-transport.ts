import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { ParameterType } from './parameter-type.ts';

/**
 * An Opaque Transport parameter (RFC 5354 section 3.16): bytes that only the application understands.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          Type = 0x10          |       Length = variable       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                     Opaque Transport Data                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface OpaqueTransport {
  /** Tells the transports apart. */
  readonly protocol: 'opaque';
  /** The transport's data, possibly empty. Decoded, it is a view of the input. */
  readonly data: Uint8Array;
}

/**
 * Reads the Opaque Transport parameter that the reader has peeked at.
 *
 * @returns `undefined` where the reader has noted a failure.
 */
export function readOpaqueTransport(reader: Reader): OpaqueTransport | undefined {
  if (!reader.enter()) return undefined;
  const data = reader.view(reader.left());
  reader.leave();
  return { protocol: 'opaque', data };
}

/** Writes an Opaque Transport parameter. */
export function writeOpaqueTransport(
  writer: Writer,
  transport: OpaqueTransport,
  field: string,
  index: number,
): void {
  writer.beginParameter(ParameterType.opaqueTransport, field, index, undefined);
  writer.bytes(transport.data, 'data');
  writer.end();
}

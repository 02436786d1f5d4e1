import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { ParameterType } from './parameter-type.ts';

/** Type and length, as on the wire. */
const header = 0x000f_0006;

/**
 * Reads the PE Checksum parameter (RFC 5354 section 3.15) that has to stand next. Bytes beyond the checksum are dropped.
 *
 * @returns `undefined` where the reader has noted a failure.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Type = 0xf          |          Length = 0x6         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |          PE Checksum          |            Padding            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export function readPoolElementChecksum(reader: Reader): number | undefined {
  if (reader.pass(header)) {
    const passed = reader.u16();
    reader.align();
    return passed;
  }
  if (!reader.expect(ParameterType.poolElementChecksum) || !reader.need(2)) return undefined;
  const checksum = reader.u16();
  reader.leave();
  return checksum;
}

/** Writes a PE Checksum parameter. */
export function writePoolElementChecksum(writer: Writer, checksum: number): void {
  writer.beginParameter(ParameterType.poolElementChecksum, 'checksum', -1, undefined);
  writer.u16(checksum, '');
  writer.end();
}

/**
 * Writes a PE Checksum parameter with its padding where there is room for it.
 *
 * @param at - Where it begins.
 * @returns Where its padding ends; -1 where the checksum is not one of 16 bits.
 */
export function putPoolElementChecksum(view: DataView, at: number, checksum: number): number {
  if ((checksum & 0xffff) !== checksum) return -1;
  view.setInt32(at, header);
  view.setInt32(at + 4, checksum << 16);
  return at + 8;
}

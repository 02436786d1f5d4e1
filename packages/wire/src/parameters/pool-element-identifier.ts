import type { Reader } from '../codec/reader.ts';
import { wordOf } from '../codec/words.ts';
import type { Writer } from '../codec/writer.ts';
import { ParameterType } from './parameter-type.ts';

/** Type and length, as on the wire. */
const header = 0x000e_0008;

/**
 * Reads the PE Identifier parameter (RFC 5354 section 3.14) that has to stand next. Bytes beyond the identifier are
 * dropped.
 *
 * @returns `undefined` where the reader has noted a failure.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Type = 0xe          |          Length = 0x8         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         PE Identifier                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export function readPoolElementIdentifier(reader: Reader): number | undefined {
  if (reader.pass(header)) return reader.u32();
  if (!reader.expect(ParameterType.poolElementIdentifier) || !reader.need(4)) return undefined;
  const identifier = reader.u32();
  reader.leave();
  return identifier;
}

/** Writes a PE Identifier parameter. */
export function writePoolElementIdentifier(writer: Writer, identifier: number): void {
  writer.prepareAhead(8);
  const end = putPoolElementIdentifier(writer.view, writer.position, identifier);
  if (end >= 0) {
    writer.passAhead(end);
    return;
  }
  writer.beginParameter(ParameterType.poolElementIdentifier, 'poolElementIdentifier', -1, undefined);
  writer.u32(identifier, '');
  writer.end();
}

/**
 * Writes a PE Identifier parameter where there is room for it.
 *
 * @param at - Where it begins.
 * @returns Where it ends; -1 where the identifier is not one of 32 bits.
 */
export function putPoolElementIdentifier(view: DataView, at: number, identifier: number): number {
  if (identifier >>> 0 !== identifier) return -1;
  view.setInt32(at, header);
  view.setInt32(at + 4, identifier);
  return at + 8;
}

/**
 * Reads a PE Identifier parameter that stands behind another parameter and is the last one of its container.
 *
 * @param before - Where the other parameter ends, without its padding; -1 where there is none.
 * @param end - Where the container ends.
 * @returns 32 bits unsigned; -1 where something else stands there, right or wrong.
 */
export function lastPoolElementIdentifier(bytes: Uint8Array, before: number, end: number): number {
  const at = (before + 3) & ~3;
  if (before < 0 || at + 8 !== end || wordOf(bytes, at) !== header) return -1;
  return wordOf(bytes, at + 4) >>> 0;
}

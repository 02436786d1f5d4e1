import type { Reader } from '../codec/reader.ts';
import { wordOf } from '../codec/words.ts';
import type { Writer } from '../codec/writer.ts';
import { ParameterType } from './parameter-type.ts';

/** Type and length, as on the wire. */
const header = 0x803f_0008 | 0;

/**
 * Reads the Handle Resolution option (draft-dreibholz-rserpool-asap-hropt) that has to stand next: how many elements a
 * pool user wants. Registrars that do not know it skip it, by its type. Bytes beyond the number are dropped.
 *
 * @returns `undefined` where the reader has noted a failure.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |         Type = 0x803f         |          Length = 0x8         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                             Items                             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export function readHandleResolutionOption(reader: Reader): number | undefined {
  if (!reader.expect(ParameterType.handleResolutionOption) || !reader.need(4)) return undefined;
  const items = reader.u32();
  reader.leave();
  return items;
}

/** Writes a Handle Resolution option. */
export function writeHandleResolutionOption(writer: Writer, items: number): void {
  writer.beginParameter(ParameterType.handleResolutionOption, 'items', -1, undefined);
  writer.u32(items, '');
  writer.end();
}

/**
 * Writes a Handle Resolution option where there is room for it.
 *
 * @param at - Where it begins.
 * @returns Where it ends; -1 where the number is not one of 32 bits.
 */
export function putHandleResolutionOption(view: DataView, at: number, items: number): number {
  if (items >>> 0 !== items) return -1;
  view.setInt32(at, header);
  view.setInt32(at + 4, items);
  return at + 8;
}

/**
 * Reads a Handle Resolution option that stands behind another parameter and is the last one of its container.
 *
 * @param before - Where the other parameter ends, without its padding; -1 where there is none.
 * @param end - Where the container ends.
 * @returns 32 bits unsigned; -1 where something else stands there, right or wrong.
 */
export function lastHandleResolutionOption(bytes: Uint8Array, before: number, end: number): number {
  const at = (before + 3) & ~3;
  if (before < 0 || at + 8 !== end || wordOf(bytes, at) !== header) return -1;
  return wordOf(bytes, at + 4) >>> 0;
}

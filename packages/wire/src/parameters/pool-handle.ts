import type { Reader } from '../codec/reader.ts';
import { lastWordOf, wordOf } from '../codec/words.ts';
import type { Writer } from '../codec/writer.ts';
import { ParameterType } from './parameter-type.ts';

/** What the length field of a parameter can say, its header not counted. */
const longestHandle = 65531;

/**
 * Reads the Pool Handle parameter (RFC 5354 section 3.9) that has to stand next: any number of bytes, also none.
 *
 * @returns `undefined` where the reader has noted a failure.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Type = 0x9          |       Length = variable       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                          Pool Handle                          :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export function readPoolHandle(reader: Reader): Uint8Array | undefined {
  const length = reader.passType(ParameterType.poolHandle, reader.limits.poolHandleBytes);
  if (length < 0) return readAnyPoolHandle(reader);
  const poolHandle = reader.view(length);
  reader.align();
  return poolHandle;
}

/** The general way, which knows what is wrong, and finds a handle behind unrecognized parameters. */
function readAnyPoolHandle(reader: Reader): Uint8Array | undefined {
  if (!reader.expect(ParameterType.poolHandle)) return undefined;
  const length = reader.left();
  if (length > reader.limits.poolHandleBytes) {
    reader.failLimit('poolHandleBytes');
    return undefined;
  }
  const poolHandle = reader.view(length);
  reader.leave();
  return poolHandle;
}

/** Writes a Pool Handle parameter. */
export function writePoolHandle(writer: Writer, poolHandle: Uint8Array, index: number = -1): void {
  if (poolHandle instanceof Uint8Array && poolHandle.length <= longestHandle) {
    const length = 4 + poolHandle.length;
    writer.prepareAhead(length);
    const start = writer.position;
    writer.view.setInt32(start, (ParameterType.poolHandle << 16) | length);
    writer.content.set(poolHandle, start + 4);
    writer.passAhead(start + length);
    return;
  }
  const field = index < 0 ? 'poolHandle' : 'poolEntries';
  writer.beginParameter(ParameterType.poolHandle, field, index, undefined);
  writer.bytes(poolHandle, index < 0 ? '' : 'poolHandle');
  writer.end();
}

/** Up to this length, copying a handle by words is faster than calling the engine for it. */
const longestWordwise = 64;

/** The most that {@link putPoolHandle} writes. */
export const longestPutHandle: number = 4 + longestWordwise;

/**
 * Writes a Pool Handle parameter with its padding where it is short and there is room for the longest such one.
 *
 * @param at - Where it begins.
 * @returns Where its padding ends; -1 where the handle is longer, or none.
 */
export function putPoolHandle(view: DataView, at: number, poolHandle: Uint8Array): number {
  if (!(poolHandle instanceof Uint8Array)) return -1;
  const { length } = poolHandle;
  if (length > longestWordwise) return -1;
  view.setInt32(at, (ParameterType.poolHandle << 16) | (4 + length));
  let to = at + 4;
  let from = 0;
  for (; from + 4 <= length; from += 4, to += 4) view.setInt32(to, wordOf(poolHandle, from));
  if (from === length) return to;
  view.setInt32(to, lastWordOf(poolHandle, from));
  return to + 4;
}

/**
 * Where the Pool Handle parameter ends that stands at an offset, without its padding.
 *
 * @param end - Where its container ends.
 * @param longest - The most bytes of handle that are admitted.
 * @returns -1 where something else stands there, right or wrong.
 */
export function poolHandleEnd(bytes: Uint8Array, at: number, end: number, longest: number): number {
  if (end - at < 4) return -1;
  const header = wordOf(bytes, at);
  const length = header & 0xffff;
  if (header >>> 16 !== ParameterType.poolHandle || length < 4 || length > 4 + longest) return -1;
  return length > end - at ? -1 : at + length;
}

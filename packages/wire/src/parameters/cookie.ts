import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { ParameterType } from './parameter-type.ts';

/**
 * Reads the Cookie parameter (RFC 5354 section 3.13) that has to stand next.
 *
 * @returns `undefined` where the reader has noted a failure.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Type = 0xd          |       Length = variable       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                             Cookie                            :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export function readCookie(reader: Reader): Uint8Array | undefined {
  if (!reader.expect(ParameterType.cookie)) return undefined;
  const length = reader.left();
  if (length > reader.limits.cookieBytes) {
    reader.failLimit('cookieBytes');
    return undefined;
  }
  const cookie = reader.view(length);
  reader.leave();
  return cookie;
}

/** Writes a Cookie parameter. */
export function writeCookie(writer: Writer, cookie: Uint8Array): void {
  writer.beginParameter(ParameterType.cookie, 'cookie', -1, undefined);
  writer.bytes(cookie, '');
  writer.end();
}

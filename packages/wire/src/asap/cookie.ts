import { readCookie, writeCookie } from '../parameters/cookie.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/**
 * ASAP_COOKIE: a pool element hands its session state to the pool user (RFC 5352 section 2.2.11).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x0b  |0|0|0|0|0|0|0|0|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                        Cookie Parameter                       :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface AsapCookie extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_COOKIE';
  /** The state. Decoded, it is a view of the input. */
  readonly cookie: Uint8Array;
}

/** Codec of ASAP_COOKIE. */
export const asapCookieCodec: MessageCodec<AsapCookie> = {
  number: 0x0b,

  decode(reader) {
    const cookie = readCookie(reader);
    if (cookie === undefined) return undefined;
    return reader.close<AsapCookie>({ type: 'ASAP_COOKIE', cookie });
  },

  encode(writer, message) {
    writeCookie(writer, message.cookie);
  },
};

import { readCookie, writeCookie } from '../parameters/cookie.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/**
 * ASAP_COOKIE_ECHO: a pool user hands the latest cookie to a new pool element (RFC 5352 section 2.2.12).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x0c  |0|0|0|0|0|0|0|0|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                        Cookie Parameter                       :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface AsapCookieEcho extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_COOKIE_ECHO';
  /** The state. Decoded, it is a view of the input. */
  readonly cookie: Uint8Array;
}

/** Codec of ASAP_COOKIE_ECHO. */
export const asapCookieEchoCodec: MessageCodec<AsapCookieEcho> = {
  number: 0x0c,

  decode(reader) {
    const cookie = readCookie(reader);
    if (cookie === undefined) return undefined;
    return reader.close<AsapCookieEcho>({ type: 'ASAP_COOKIE_ECHO', cookie });
  },

  encode(writer, message) {
    writeCookie(writer, message.cookie);
  },
};

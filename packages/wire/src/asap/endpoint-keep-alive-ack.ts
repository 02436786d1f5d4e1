import { readPoolHandle, writePoolHandle } from '../parameters/pool-handle.ts';
import {
  readPoolElementIdentifier,
  writePoolElementIdentifier,
} from '../parameters/pool-element-identifier.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/**
 * ASAP_ENDPOINT_KEEP_ALIVE_ACK: a pool element answers a keep-alive (RFC 5352 section 2.2.8).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x08  |0|0|0|0|0|0|0|0|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                     Pool Handle Parameter                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                    PE Identifier Parameter                    :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface AsapEndpointKeepAliveAck extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK';
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** PE Identifier, 32 bits unsigned. */
  readonly poolElementIdentifier: number;
}

/** Codec of ASAP_ENDPOINT_KEEP_ALIVE_ACK. */
export const asapEndpointKeepAliveAckCodec: MessageCodec<AsapEndpointKeepAliveAck> = {
  number: 0x08,

  decode(reader) {
    const poolHandle = readPoolHandle(reader);
    if (poolHandle === undefined) return undefined;
    const poolElementIdentifier = readPoolElementIdentifier(reader);
    if (poolElementIdentifier === undefined) return undefined;
    return reader.close<AsapEndpointKeepAliveAck>({
      type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK',
      poolHandle,
      poolElementIdentifier,
    });
  },

  encode(writer, message) {
    writePoolHandle(writer, message.poolHandle);
    writePoolElementIdentifier(writer, message.poolElementIdentifier);
  },
};

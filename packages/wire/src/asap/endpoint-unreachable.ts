import { readPoolHandle, writePoolHandle } from '../parameters/pool-handle.ts';
import {
  readPoolElementIdentifier,
  writePoolElementIdentifier,
} from '../parameters/pool-element-identifier.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/**
 * ASAP_ENDPOINT_UNREACHABLE: a pool user reports an element that it cannot reach (RFC 5352 section 2.2.9).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x09  |0|0|0|0|0|0|0|0|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                     Pool Handle Parameter                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                    PE Identifier Parameter                    :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface AsapEndpointUnreachable extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_ENDPOINT_UNREACHABLE';
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** PE Identifier, 32 bits unsigned. */
  readonly poolElementIdentifier: number;
}

/** Codec of ASAP_ENDPOINT_UNREACHABLE. */
export const asapEndpointUnreachableCodec: MessageCodec<AsapEndpointUnreachable> = {
  number: 0x09,

  decode(reader) {
    const poolHandle = readPoolHandle(reader);
    if (poolHandle === undefined) return undefined;
    const poolElementIdentifier = readPoolElementIdentifier(reader);
    if (poolElementIdentifier === undefined) return undefined;
    return reader.close<AsapEndpointUnreachable>({
      type: 'ASAP_ENDPOINT_UNREACHABLE',
      poolHandle,
      poolElementIdentifier,
    });
  },

  encode(writer, message) {
    writePoolHandle(writer, message.poolHandle);
    writePoolElementIdentifier(writer, message.poolElementIdentifier);
  },
};

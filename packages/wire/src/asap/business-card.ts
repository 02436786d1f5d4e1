import { ParameterType } from '../parameters/parameter-type.ts';
import { readPoolHandle, writePoolHandle } from '../parameters/pool-handle.ts';
import { type PoolElement, readPoolElements, writePoolElements } from '../parameters/pool-element.ts';
import type { MessageCodec } from '../codec/message-codec.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';

/**
 * ASAP_BUSINESS_CARD: one side of a session tells the other its pool and the preferred order of failover (RFC 5352 section 2.2.13).
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  Type = 0x0d  |0|0|0|0|0|0|0|0|         Message Length        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                     Pool Handle Parameter                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                    Pool Element Parameter-1                   :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                               ..                              :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                    Pool Element Parameter-N                   :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface AsapBusinessCard extends ParameterContainer {
  /** The message's name in the RFC. */
  readonly type: 'ASAP_BUSINESS_CARD';
  /** The pool. Decoded, it is a view of the input. */
  readonly poolHandle: Uint8Array;
  /** The elements in the preferred order; at least one. */
  readonly poolElements: readonly PoolElement[];
}

/** Codec of ASAP_BUSINESS_CARD. */
export const asapBusinessCardCodec: MessageCodec<AsapBusinessCard> = {
  number: 0x0d,

  decode(reader) {
    const poolHandle = readPoolHandle(reader);
    if (poolHandle === undefined) return undefined;
    const poolElements = readPoolElements(reader);
    if (poolElements === undefined) return undefined;
    if (poolElements.length === 0) {
      reader.failExpected(ParameterType.poolElement);
      return undefined;
    }
    return reader.close<AsapBusinessCard>({ type: 'ASAP_BUSINESS_CARD', poolHandle, poolElements });
  },

  encode(writer, message) {
    if (message.poolElements.length === 0)
      throw writer.invalid('poolElements', 'is empty; a card has at least one');
    writePoolHandle(writer, message.poolHandle);
    writePoolElements(writer, message.poolElements);
  },
};

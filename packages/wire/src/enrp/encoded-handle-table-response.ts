import { borrowWriter, encodingError, returnWriter } from '../codec/encode-message.ts';
import { type EncodedElements, writeEncodedElements } from '../parameters/encoded-elements.ts';
import { writePoolHandle } from '../parameters/pool-handle.ts';
import { enrpHandleTableResponseCodec } from './handle-table-response.ts';

/** A pool of an ENRP_HANDLE_TABLE_RESPONSE whose elements are already encoded. */
export interface EncodedPoolEntry {
  /** The pool. */
  readonly poolHandle: Uint8Array;
  /** The references of its elements, at least one. */
  readonly elements: readonly number[];
}

/** The fields of an ENRP_HANDLE_TABLE_RESPONSE that grants something (RFC 5353 section 2.3). */
export interface HandleTableHeader {
  /** Sending Server's ID, 32 bits unsigned. */
  readonly senderIdentifier: number;
  /** Receiving Server's ID, 32 bits unsigned. */
  readonly receiverIdentifier: number;
  /** M flag: more entries follow on a further request. */
  readonly moreToSend: boolean;
}

/**
 * Encodes an ENRP_HANDLE_TABLE_RESPONSE (RFC 5353 section 2.3) that is no rejection, from elements that are already
 * encoded: the same bytes as {@link encodeEnrpMessage} makes from the elements as objects.
 *
 * @param header - Who tells whom, and whether there is more.
 * @param pools - The pools with the references of their elements; possibly none.
 * @param source - Where the elements are.
 * @returns The message with its padding, as {@link encodeEnrpMessage} gives it.
 * @throws {@link RserpoolError} as {@link encodeEnrpMessage} does.
 */
export function encodeHandleTableResponse(
  header: HandleTableHeader,
  pools: readonly EncodedPoolEntry[],
  source: EncodedElements,
): Uint8Array {
  const writer = borrowWriter();
  try {
    writer.beginMessage(enrpHandleTableResponseCodec.number, undefined);
    writer.flags(header.moreToSend ? 2 : 0);
    writer.u32(header.senderIdentifier, 'senderIdentifier');
    writer.u32(header.receiverIdentifier, 'receiverIdentifier');
    for (let at = 0; at < pools.length; at++) {
      const { poolHandle, elements } = pools[at] as EncodedPoolEntry;
      if (elements.length === 0) {
        throw writer.invalid(`poolEntries[${at}].poolElements`, 'is empty; an entry has at least one');
      }
      writePoolHandle(writer, poolHandle, at);
      writeEncodedElements(writer, elements, elements.length, source);
    }
    const bytes = writer.endMessage();
    returnWriter(writer);
    return bytes;
  } catch (cause) {
    throw encodingError(cause);
  }
}

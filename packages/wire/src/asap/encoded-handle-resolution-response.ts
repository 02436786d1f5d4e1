import { borrowWriter, encodingError, returnWriter } from '../codec/encode-message.ts';
import { type EncodedElements, writeEncodedElements } from '../parameters/encoded-elements.ts';
import { writePolicy } from '../parameters/policy.ts';
import { writePoolHandle } from '../parameters/pool-handle.ts';
import type { PolicyParameter } from '../parameters/selection-policy.ts';
import { asapHandleResolutionResponseCodec } from './handle-resolution-response.ts';

/**
 * Encodes a positive ASAP_HANDLE_RESOLUTION_RESPONSE (RFC 5352 section 2.2.6) from elements that are already
 * encoded: the same bytes as {@link encodeAsapMessage} makes from the elements as objects.
 *
 * @param poolHandle - The pool.
 * @param policy - Its overall policy; `undefined` leaves it out, which means Round Robin.
 * @param subscribed - A flag.
 * @param references - The elements, in the order of selection; at least one.
 * @param source - Where they are.
 * @param count - How many of the references are named, from the first one on; all of them where absent.
 * @returns The message with its padding, as {@link encodeAsapMessage} gives it.
 * @throws {@link RserpoolError} as {@link encodeAsapMessage} does.
 */
export function encodeHandleResolutionResponse(
  poolHandle: Uint8Array,
  policy: PolicyParameter | undefined,
  subscribed: boolean,
  references: readonly number[],
  source: EncodedElements,
  count: number = references.length,
): Uint8Array {
  const writer = borrowWriter();
  try {
    writer.beginMessage(asapHandleResolutionResponseCodec.number, undefined);
    if (count === 0) {
      throw writer.invalid('poolElements', 'is empty; a response without an error has at least one');
    }
    writer.flags(subscribed ? 1 : 0);
    writePoolHandle(writer, poolHandle);
    if (policy !== undefined) writePolicy(writer, policy);
    writeEncodedElements(writer, references, count, source);
    const bytes = writer.endMessage();
    returnWriter(writer);
    return bytes;
  } catch (cause) {
    throw encodingError(cause);
  }
}

import type { Writer } from '../codec/writer.ts';

/** Where pool elements are kept as Pool Element parameters (RFC 5354 section 3.10), ready to be copied. */
export interface EncodedElements {
  /**
   * How long the parameter of an element is, with its padding: a multiple of 4.
   *
   * @param reference - Names the element, in whatever way the source does.
   */
  encodedLength(reference: number): number;
  /**
   * Copies the parameter of an element.
   *
   * @param reference - Names the element.
   * @param into - Where to copy it.
   * @param view - A view of the very same bytes as `into`, for copying by words.
   * @param offset - Where it has to begin, a multiple of 4; there is room for {@link EncodedElements.encodedLength}
   *   bytes.
   * @returns The length that was copied, with the padding: the same as {@link EncodedElements.encodedLength}.
   */
  copyEncoded(reference: number, into: Uint8Array, view: DataView, offset: number): number;
}

/**
 * Writes Pool Element parameters that are already encoded.
 *
 * @param references - The elements.
 * @param count - How many of them, from the first one on.
 */
export function writeEncodedElements(
  writer: Writer,
  references: readonly number[],
  count: number,
  source: EncodedElements,
): void {
  for (let at = 0; at < count; at++) {
    const reference = references[at] as number;
    writer.prepareAhead(source.encodedLength(reference));
    const start = writer.position;
    source.copyEncoded(reference, writer.content, writer.view, start);
    // The length of a message covers no padding behind its last parameter, and what follows pads for itself.
    writer.passAhead(start + writer.view.getUint16(start + 2));
  }
}

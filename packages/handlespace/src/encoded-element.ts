import { assertPolicy } from '@rserpool/policies';
import type { PoolElement } from '@rserpool/wire';
import { writePoolElementAt } from '@rserpool/wire/internal';

const firstBytes = 1024;

/**
 * One element as the Pool Element parameter (RFC 5354 section 3.10) that stands for it in messages, on its way into
 * the handlespace. What cannot be encoded is found here, before anything has changed.
 */
export class EncodedElement {
  #bytes: Uint8Array = new Uint8Array(firstBytes);
  #view: DataView = new DataView(this.#bytes.buffer);
  #words: Int32Array = new Int32Array(this.#bytes.buffer);
  #length = 0;

  /** The length of the parameter with its padding, in bytes: a multiple of 4. */
  get length(): number {
    return this.#length;
  }

  /** The parameter, in 32-bit words as they lie in memory; what lies behind its length is left from others. */
  get words(): Int32Array {
    return this.#words;
  }

  /**
   * Encodes an element in place of the one before.
   *
   * @param element - The element.
   * @param length - What `encodedPoolElementLength` says of it.
   * @throws PolicyError `ERR_RSERPOOL_INVALID_POLICY` for a policy value that is none, otherwise the RserpoolError of
   *   the encoder.
   */
  encode(element: PoolElement, length: number): void {
    if (length > this.#bytes.length) this.#grow(length);
    try {
      this.#length = writePoolElementAt(element, this.#bytes, this.#view, 0);
    } catch (error) {
      // Says more about a policy than the encoder, which knows but parameters.
      assertPolicy(element.policy);
      throw error;
    }
  }

  #grow(length: number): void {
    let size = this.#bytes.length;
    while (size < length) size *= 2;
    this.#bytes = new Uint8Array(size);
    this.#view = new DataView(this.#bytes.buffer);
    this.#words = new Int32Array(this.#bytes.buffer);
  }
}

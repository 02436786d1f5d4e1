import { ByteAccumulator } from '../byte-accumulator.ts';
import { type FrameHeader, frameHeaderLength } from './frame.ts';

/** Cuts a byte stream into frames. */
export class FrameReader {
  readonly #bytes: ByteAccumulator = new ByteAccumulator();
  readonly #maximumLength: (type: number) => number;

  /**
   * @param maximumLength - How long the body of a frame of a type may be at present.
   */
  constructor(maximumLength: (type: number) => number) {
    this.#maximumLength = maximumLength;
  }

  /**
   * Adds bytes that arrived.
   *
   * @param chunk - The bytes.
   */
  append(chunk: Uint8Array): void {
    this.#bytes.append(chunk);
  }

  /** Says that no more frames are asked for until bytes are added. */
  settle(): void {
    this.#bytes.settle();
  }

  /** The next frame; `undefined` until it is whole, `'too-long'` where its body is longer than allowed. */
  next(): { readonly header: FrameHeader; readonly body: Uint8Array } | 'too-long' | undefined {
    if (this.#bytes.length < frameHeaderLength) return undefined;
    const header: FrameHeader = {
      length: this.#bytes.uint32(0),
      type: this.#bytes.at(4),
      flags: this.#bytes.at(5),
      stream: this.#bytes.uint16(6),
      payloadProtocolIdentifier: this.#bytes.uint32(8),
    };
    if (header.length > this.#maximumLength(header.type)) return 'too-long';
    if (this.#bytes.length < frameHeaderLength + header.length) return undefined;
    this.#bytes.skip(frameHeaderLength);
    return { header, body: this.#bytes.take(header.length) };
  }
}

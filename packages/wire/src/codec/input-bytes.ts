const noBuffer: ArrayBuffer = /* @__PURE__ */ new ArrayBuffer(0);

/** The longest message with its padding. */
const maximumBytes = 65536;

/**
 * The bytes of the message that is being read. Numbers are read from a copy, where one DataView stays for all
 * messages: reading 32 bits at once is several times faster than byte by byte, and making a DataView of each input
 * would cost more than the copy. Views that are handed out are views of the input itself.
 */
export class InputBytes {
  #copy: Uint8Array = new Uint8Array(2048);
  /** The message, for reading numbers at its offsets. What stands behind the message is of earlier ones. */
  words: DataView = new DataView(this.#copy.buffer);
  // Asking an array for its buffer costs as much as making a view: it is done once for a message.
  #buffer: ArrayBufferLike = noBuffer;
  #origin = 0;

  /** Takes an input whose framing has been checked. */
  protected load(bytes: Uint8Array): void {
    this.#buffer = bytes.buffer;
    this.#origin = bytes.byteOffset;
    if (bytes.length > this.#copy.length) {
      this.#copy = new Uint8Array(maximumBytes);
      this.words = new DataView(this.#copy.buffer);
    }
    this.#copy.set(bytes);
  }

  /** Lets go of the input: an idle reader must not keep it alive. */
  release(): void {
    this.#buffer = noBuffer;
  }

  /** A view of the input, from one offset of the message to another one, which has been checked. */
  viewOf(start: number, end: number): Uint8Array {
    return new Uint8Array(this.#buffer, this.#origin + start, end - start);
  }
}

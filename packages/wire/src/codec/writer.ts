import { describeParameterType, isRecognizedParameterType } from '../parameters/parameter-type.ts';
import type { UnknownParameter } from '../parameters/unknown-parameter.ts';
import { RserpoolError } from '../rserpool-error.ts';

/** The longest message with its padding, and room for what is written ahead; nothing longer is ever buffered. */
const maximumBytes = 65536 + 256;

/**
 * Up to this length an array is made inside of the engine's heap, cheaply. Longer ones need memory from outside, which
 * costs several times what it costs to write a message: those messages are cut off a slab.
 */
const longestOwnBytes = 64;

/** A slab, and the longest message that is cut off it: what keeps one message keeps its slab. */
const slabBytes = 16384;
const longestCutBytes = 4096;

/** One container that is being written: the message, or a parameter inside of it. */
class Frame {
  start = 0;
  /** The property that is being written, for error messages; empty for the message. */
  field = '';
  /** Its index where it stands in a list, else -1. */
  index = -1;
  known = 0;
  unknown: readonly UnknownParameter[] | undefined = undefined;
  nextUnknown = 0;
}

/**
 * Writes one message into a buffer that grows: lengths are reserved when a parameter begins and patched when it
 * ends. Throws {@link RserpoolError} for what the wire cannot carry, naming the property by its path.
 */
export class Writer {
  #buffer: ArrayBuffer = new ArrayBuffer(slabBytes);
  /** The bytes of the buffer; another array once it has grown, as all that makes room may do. */
  content: Uint8Array = new Uint8Array(this.#buffer);
  /** The same, by words. */
  view: DataView = new DataView(this.#buffer);
  /** Where the buffer ends. */
  room: number = slabBytes;
  /** Where the next byte goes. */
  position = 0;
  /** Where the message begins, aligned; what is before belongs to others. */
  #base = 0;
  #depth = -1;
  readonly #frames: Frame[] = [];
  readonly #outside: Frame = new Frame();
  #frame: Frame = this.#outside;

  /** Begins a message: its header, without flags. */
  beginMessage(type: number, unknownParameters: readonly UnknownParameter[] | undefined): void {
    this.#begin('', -1, unknownParameters);
    this.#reserve(4);
    this.view.setInt32(this.#base, type << 24);
    this.position = this.#base + 4;
  }

  /** Sets the flags of the message. */
  flags(flags: number): void {
    this.content[this.#base + 1] = flags;
  }

  /** Ends a message and gives its bytes, padded to a multiple of 4 (RFC 5354 section 4). */
  endMessage(): Uint8Array {
    const frame = this.#frame;
    if (frame.unknown !== undefined) this.#flushUnknown(frame, Number.POSITIVE_INFINITY);
    const length = this.position - this.#base;
    if (length > 0xffff) throw this.#tooLong();
    this.view.setUint16(this.#base + 2, length);
    this.#align();
    return this.#take();
  }

  /**
   * Makes room for a message that is written through {@link Writer.view} without this writer.
   *
   * @param count - Bytes of room at least; the room ends at {@link Writer.room}.
   * @returns Where it has to begin.
   */
  beginStraight(count: number): number {
    this.#reserve(count);
    return this.position;
  }

  /**
   * Gives the bytes of a message that has been written without this writer.
   *
   * @param end - Where its padding ends.
   */
  endStraight(end: number): Uint8Array {
    this.position = end;
    return this.#take();
  }

  /** The bytes of the message, which nobody else gets. */
  #take(): Uint8Array {
    const count = this.position - this.#base;
    if (count <= longestOwnBytes || count > longestCutBytes) return this.endBare();
    const cut = new Uint8Array(this.#buffer, this.#base, count);
    this.#base = this.position;
    return cut;
  }

  /** Gives what has been written in a buffer of its own: a message, or one parameter, without padding. */
  endBare(): Uint8Array {
    return this.content.slice(this.#base, this.position);
  }

  /**
   * Begins a parameter.
   *
   * @param type - Parameter type.
   * @param field - The property that it carries, for error messages.
   * @param index - The index where the property is a list, else -1.
   * @param unknownParameters - The unrecognized parameters of the new container.
   */
  beginParameter(
    type: number,
    field: string,
    index: number,
    unknownParameters: readonly UnknownParameter[] | undefined,
  ): void {
    const parent = this.#frame;
    if (parent.unknown !== undefined) this.#flushUnknown(parent, parent.known);
    parent.known++;
    this.#align();
    this.#begin(field, index, unknownParameters);
    this.#header(type);
  }

  /**
   * Makes room for a parameter that is written ahead, through {@link Writer.view} or {@link Writer.content} from
   * {@link Writer.position} on, and then passed by {@link Writer.passAhead} or, where it turns out not to be
   * canonical, given up.
   *
   * @param count - Bytes of room.
   */
  prepareAhead(count: number): void {
    const frame = this.#frame;
    if (frame.unknown !== undefined) this.#flushUnknown(frame, frame.known);
    this.#align();
    this.#reserve(count);
  }

  /**
   * Moves over a parameter that has been written ahead.
   *
   * @param end - Where it ends.
   */
  passAhead(end: number): void {
    this.#frame.known++;
    this.position = end;
  }

  /** Begins an error cause, which looks like a parameter. */
  beginCause(code: number, index: number): void {
    this.#align();
    this.#begin('causes', index, undefined);
    if (!isUnsigned16(code)) throw this.#invalid('code', code, 'an integer in 0 .. 65535');
    this.#header(code);
  }

  /** Ends a parameter or an error cause: writes its length, which covers no padding of its own. */
  end(): void {
    const frame = this.#frame;
    if (frame.unknown !== undefined) this.#flushUnknown(frame, Number.POSITIVE_INFINITY);
    const length = this.position - frame.start;
    if (length > 0xffff) throw this.#tooLong();
    this.view.setUint16(frame.start + 2, length);
    this.#depth--;
    this.#frame = this.#depth < 0 ? this.#outside : (this.#frames[this.#depth] as Frame);
  }

  /** Writes 16 bits unsigned. */
  u16(value: number, field: string): void {
    if (!isUnsigned16(value)) throw this.#invalid(field, value, 'an integer in 0 .. 65535');
    this.#reserve(2);
    this.view.setUint16(this.position, value);
    this.position += 2;
  }

  /** Writes 32 bits unsigned. */
  u32(value: number, field: string): void {
    if (value >>> 0 !== value) throw this.#invalid(field, value, 'an integer in 0 .. 4294967295');
    this.#reserve(4);
    this.view.setUint32(this.position, value);
    this.position += 4;
  }

  /** Writes 32 bits signed. */
  s32(value: number, field: string): void {
    if ((value | 0) !== value) throw this.#invalid(field, value, 'an integer in -2147483648 .. 2147483647');
    this.#reserve(4);
    this.view.setInt32(this.position, value);
    this.position += 4;
  }

  /** Writes bytes as they are. */
  bytes(value: Uint8Array, field: string): void {
    if (!(value instanceof Uint8Array)) throw this.#invalid(field, value, 'a Uint8Array');
    const length = value.length;
    this.#reserve(length);
    this.content.set(value, this.position);
    this.position += length;
  }

  /** The error for a property of the current container that cannot be encoded. */
  invalid(field: string, problem: string): RserpoolError {
    return new RserpoolError('ERR_RSERPOOL_INVALID_MESSAGE', `${this.#path(field)} ${problem}`);
  }

  #invalid(field: string, value: unknown, wanted: string): RserpoolError {
    const shown = typeof value === 'object' && value !== null ? 'an object' : String(value);
    return this.invalid(field, `is ${shown}; it has to be ${wanted}`);
  }

  #tooLong(): RserpoolError {
    const path = this.#path('');
    const what = path === '' ? 'the message' : path;
    return new RserpoolError(
      'ERR_RSERPOOL_MESSAGE_TOO_LONG',
      `${what} is longer than the 65535 bytes that a length field can say; send fewer or shorter parameters`,
    );
  }

  #path(field: string): string {
    let path = '';
    for (let depth = 0; depth <= this.#depth; depth++) {
      const frame = this.#frames[depth] as Frame;
      if (frame.field === '') continue;
      path += `${path === '' ? '' : '.'}${frame.field}`;
      if (frame.index >= 0) path += `[${frame.index}]`;
    }
    if (field === '') return path;
    return path === '' ? field : `${path}.${field}`;
  }

  #begin(field: string, index: number, unknown: readonly UnknownParameter[] | undefined): void {
    this.#depth++;
    let frame = this.#frames[this.#depth];
    if (frame === undefined) {
      frame = new Frame();
      this.#frames.push(frame);
    }
    frame.start = this.position;
    frame.field = field;
    frame.index = index;
    frame.known = 0;
    frame.unknown = unknown;
    frame.nextUnknown = 0;
    this.#frame = frame;
  }

  /** Writes a type; the length that follows it is patched at the end. */
  #header(type: number): void {
    this.#reserve(4);
    this.view.setInt32(this.position, type << 16);
    this.position += 4;
  }

  /** Writes the unrecognized parameters of a container whose place has come. */
  #flushUnknown(frame: Frame, known: number): void {
    const unknown = frame.unknown;
    if (unknown === undefined) return;
    for (;;) {
      const next = unknown[frame.nextUnknown];
      if (next === undefined || next.position > known) return;
      if (!isUnsigned16(next.type) || isRecognizedParameterType(next.type)) {
        throw this.invalid(
          `unknownParameters[${frame.nextUnknown}].type`,
          `is ${next.type} (${describeParameterType(next.type)}); it has to be the 16-bit type of a parameter that is not known`,
        );
      }
      this.#align();
      this.#header(next.type);
      this.bytes(next.value, `unknownParameters[${frame.nextUnknown}].value`);
      // A length that overflows here overflows in the container as well, whose end says so.
      const length = 4 + next.value.length;
      this.view.setUint16(this.position - length + 2, length);
      frame.nextUnknown++;
    }
  }

  #align(): void {
    if ((this.position & 3) === 0) return;
    this.#reserve(3);
    while ((this.position & 3) !== 0) this.content[this.position++] = 0;
  }

  #reserve(count: number): void {
    if (this.position + count > this.room) this.#grow(count);
  }

  /** Goes on in a new slab, or in a longer one where the message needs it. */
  #grow(count: number): void {
    const used = this.position - this.#base;
    const needed = used + count;
    if (needed > maximumBytes) throw this.#tooLong();
    const grown = new ArrayBuffer(needed <= slabBytes ? slabBytes : maximumBytes);
    const bytes = new Uint8Array(grown);
    bytes.set(this.content.subarray(this.#base, this.position));
    for (let depth = 0; depth <= this.#depth; depth++) (this.#frames[depth] as Frame).start -= this.#base;
    this.#buffer = grown;
    this.content = bytes;
    this.view = new DataView(grown);
    this.room = grown.byteLength;
    this.#base = 0;
    this.position = used;
  }

  /** Starts anew, keeping the buffer. */
  reset(): void {
    this.position = this.#base;
    this.#depth = -1;
    this.#frame = this.#outside;
  }
}

function isUnsigned16(value: number): boolean {
  return (value & 0xffff) === value;
}

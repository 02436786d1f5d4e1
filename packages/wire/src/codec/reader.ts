import type { DecodeLimits } from '../decode-limits.ts';
import type { DecodeError, DecodeErrorCode } from '../decode-result.ts';
import { ErrorCauseCode } from '../errors/error-cause-code.ts';
import type { ErrorCause } from '../parameters/operation-error.ts';
import { describeParameterType, isRecognizedParameterType } from '../parameters/parameter-type.ts';
import type { ParameterContainer } from '../parameters/unknown-parameter.ts';
import { Frame } from './frame.ts';
import { InputBytes } from './input-bytes.ts';
import type { Mutable } from './mutable.ts';

/**
 * Reads one message: a position that moves over the bytes, and the containers that it stands in. It never throws
 * and never reads outside of the container; the first thing that is wrong is noted as {@link Reader.failure},
 * and from then on every reading method says so by `undefined`, `false` or 0.
 *
 * Allocates nothing itself but what it hands out, so one reader serves many messages.
 */
export class Reader extends InputBytes {
  /** What is wrong, once something is. */
  failure: DecodeError | undefined = undefined;
  /** The error causes for skipped parameters that have to be reported. */
  reports: ErrorCause[] = [];
  /** The limits in force. */
  limits: DecodeLimits;
  /** Offset of what is read next. */
  position = 0;
  /** A parameter type beyond those of RFC 5354 that the message itself recognizes; -1 for none. */
  option = -1;
  /** Pool Element parameters read so far. */
  poolElements = 0;

  // The end of the current container, at hand; 0 after a failure, so that nothing more is found to read.
  #end = 0;
  #depth = 0;
  #parametersLeft = 0;
  #unknownParameters = 0;
  #reportedBytes = 0;
  #peekedAt = -1;
  #peekedType = 0;
  #peekedEnd = 0;
  readonly #frames: Frame[] = [new Frame()];
  #frame: Frame = this.#frames[0] as Frame;

  /**
   * @param bytes - The input.
   * @param limits - The limits in force.
   */
  constructor(bytes: Uint8Array, limits: DecodeLimits) {
    super();
    this.load(bytes);
    this.limits = limits;
  }

  /** Starts anew with other bytes. */
  reset(bytes: Uint8Array, limits: DecodeLimits): void {
    this.load(bytes);
    this.limits = limits;
    this.failure = undefined;
    if (this.reports.length > 0) this.reports = [];
    this.option = -1;
    this.poolElements = 0;
    this.#unknownParameters = 0;
    this.#reportedBytes = 0;
  }

  /**
   * Makes the whole message the container; its framing has been checked.
   *
   * @param type - The message type.
   * @param length - Where the message ends.
   * @param position - Where its content begins: behind the header.
   */
  beginMessage(type: number, length: number, position: number = 4): void {
    const frame = this.#frames[0] as Frame;
    frame.start = 0;
    frame.type = type;
    frame.end = length;
    frame.known = 0;
    frame.unknown = undefined;
    this.#frame = frame;
    this.#depth = 0;
    this.#end = length;
    this.position = position;
    this.#peekedAt = -1;
    this.#parametersLeft = this.limits.parameters;
  }

  /** Tells whether the container has this many bytes left; if not, it is too short and that is noted. */
  need(count: number): boolean {
    if (this.#end - this.position >= count) return true;
    if (this.failure === undefined) {
      this.#failContainer(
        'bad-length',
        `the length of the ${this.#nameOfContainer()} is too small for its fields`,
      );
    }
    return false;
  }

  /** Reads 16 bits; {@link Reader.need} has been asked. */
  u16(): number {
    const at = this.position;
    this.position = at + 2;
    return this.words.getUint16(at);
  }

  /** Reads 32 bits unsigned; {@link Reader.need} has been asked. */
  u32(): number {
    const at = this.position;
    this.position = at + 4;
    return this.words.getUint32(at);
  }

  /** Reads 32 bits signed; {@link Reader.need} has been asked. */
  s32(): number {
    const at = this.position;
    this.position = at + 4;
    return this.words.getInt32(at);
  }

  /** A view of the next bytes; {@link Reader.need} has been asked. */
  view(count: number): Uint8Array {
    const at = this.position;
    this.position = at + count;
    return this.viewOf(at, at + count);
  }

  /** How many bytes of the container are left. */
  left(): number {
    return this.#end - this.position;
  }

  /** Moves behind the padding of something that began aligned; padding that the container cuts off is no error. */
  align(): void {
    const aligned = (this.position + 3) & ~3;
    this.position = aligned < this.#end ? aligned : this.#end;
  }

  /**
   * The type of the next recognized parameter of the container; unrecognized ones before it are dealt with.
   *
   * @returns 0 at the end of the container and after a failure.
   */
  peek(): number {
    if (this.#peekedAt === this.position) return this.#peekedType;
    while (this.position < this.#end) {
      const start = this.position;
      const left = this.#end - start;
      const header = left < 4 ? 0 : this.words.getInt32(start);
      const length = header & 0xffff;
      if (length < 4 || length > left) {
        this.#failHeader(start, header);
        return 0;
      }
      if (--this.#parametersLeft < 0) {
        this.failLimit('parameters');
        return 0;
      }
      const type = header >>> 16;
      if (isRecognizedParameterType(type) || type === this.option) {
        this.#peekedAt = start;
        this.#peekedType = type;
        this.#peekedEnd = start + length;
        return type;
      }
      this.#skipUnknown(type, start, start + length);
    }
    return 0;
  }

  /**
   * Passes the header of the next parameter where it is exactly this one, type and length. What has a fixed length
   * nearly always has it: one comparison then takes the place of entering and leaving a container.
   *
   * @param header - Type and length, as on the wire; its value follows, to be read.
   * @returns `false` where anything is different, right or wrong: the general way has to find out.
   */
  pass(header: number): boolean {
    const start = this.position;
    if (this.#end - start < (header & 0xffff) || this.words.getInt32(start) !== header) return false;
    return this.passAhead(4, 1, 1);
  }

  /**
   * Passes the header of the next parameter where it is of this type; the value has to be read and
   * {@link Reader.align} called.
   *
   * @param type - Parameter type.
   * @param maximum - The most bytes of value that are passed.
   * @returns The length of the value; -1 where anything is different, right or wrong: the general way has to find out.
   */
  passType(type: number, maximum: number): number {
    const start = this.position;
    const left = this.#end - start - 4;
    if (left < 0) return -1;
    const header = this.words.getInt32(start);
    const length = (header & 0xffff) - 4;
    if (header >>> 16 !== type || length < 0 || length > left || length > maximum) return -1;
    return this.passAhead(4, 1, 1) ? length : -1;
  }

  /**
   * Moves over what has been read ahead, if the limits admit it.
   *
   * @param count - Bytes to move over.
   * @param parameters - How many parameters that is: the next one, and all that it holds.
   * @param levels - How deep they stand inside one another.
   */
  passAhead(count: number, parameters: number, levels: number): boolean {
    // What has been peeked at is counted already.
    const left = this.#parametersLeft - parameters + (this.#peekedAt === this.position ? 1 : 0);
    if (left < 0 || this.#depth + levels > this.limits.nestingDepth) return false;
    this.#parametersLeft = left;
    this.#frame.known++;
    this.position += count;
    return true;
  }

  /** Goes into the parameter that {@link Reader.peek} has seen. */
  enter(): boolean {
    if (this.failure !== undefined) return false;
    if (this.#depth >= this.limits.nestingDepth) {
      this.failLimit('nestingDepth');
      return false;
    }
    this.#frame.known++;
    this.#depth++;
    let frame = this.#frames[this.#depth];
    if (frame === undefined) {
      frame = new Frame();
      this.#frames.push(frame);
    }
    frame.start = this.#peekedAt;
    frame.type = this.#peekedType;
    frame.end = this.#peekedEnd;
    frame.known = 0;
    frame.unknown = undefined;
    this.#frame = frame;
    this.#end = frame.end;
    this.position = frame.start + 4;
    return true;
  }

  /** Goes into the next parameter where it is of this type; `false` where it is not, or after a failure. */
  accept(type: number): boolean {
    return this.peek() === type && this.enter();
  }

  /** Goes into the next parameter, which has to be of this type; `false` means failure. */
  expect(type: number): boolean {
    if (this.peek() === type) return this.enter();
    this.failExpected(type);
    return false;
  }

  /** Leaves a parameter; whatever has not been read of it is dropped. */
  leave(): void {
    this.position = this.#end;
    this.#depth--;
    const parent = this.#frames[this.#depth] as Frame;
    this.#frame = parent;
    this.#end = parent.end;
    this.align();
  }

  /**
   * Ends a container: nothing recognized may follow. Hands the unrecognized parameters to what was read.
   *
   * @returns `undefined` after a failure.
   */
  close<Container extends ParameterContainer>(container: Container): Container | undefined {
    if (this.position < this.#end && this.peek() !== 0) this.failUnexpected();
    if (this.failure !== undefined) return undefined;
    const unknown = this.#frame.unknown;
    if (unknown !== undefined) (container as Mutable<ParameterContainer>).unknownParameters = unknown;
    if (this.#depth > 0) this.leave();
    return container;
  }

  /** Passes over the parameter that {@link Reader.peek} has seen, and forgets it. */
  drop(): void {
    this.position = this.#peekedEnd;
    this.align();
  }

  /** Notes that a mandatory parameter is missing, or that another one stands in its place. */
  failExpected(type: number): void {
    if (this.failure !== undefined) return;
    if (this.peek() !== 0) {
      this.failUnexpected();
      return;
    }
    const reason = `the ${this.#nameOfContainer()} lacks its ${describeParameterType(type)}`;
    const frame = this.#frame;
    this.#fail('missing-parameter', this.position, type, reason, this.#invalid(frame.start, frame.end));
  }

  /** Notes that the parameter that {@link Reader.peek} has seen stands where it must not. */
  failUnexpected(): void {
    const name = describeParameterType(this.#peekedType);
    const reason = `no ${name} is defined at this place of the ${this.#nameOfContainer()}`;
    const cause = this.#invalid(this.#peekedAt, this.#peekedEnd);
    this.#fail('unexpected-parameter', this.#peekedAt, this.#peekedType, reason, cause);
  }

  /** Notes that a limit does not admit what stands here. */
  failLimit(limit: keyof DecodeLimits): void {
    const cause = { code: ErrorCauseCode.lackOfResources, information: this.viewOf(0, 0) };
    const reason = `more than the limit '${limit}' (${this.limits[limit]}) admits`;
    this.#fail('limit-exceeded', this.position, this.#frame.type, reason, cause);
  }

  /** Notes that a length inside the container, such as that of an error cause, is wrong. */
  failLength(code: 'bad-length' | 'truncated', reason: string): void {
    this.#failContainer(code, reason);
  }

  /** An error cause with a part of the input, cut to what may still be reported for this message. */
  causeWith(code: number, start: number, end: number): ErrorCause {
    const allowed = Math.min(end - start, this.limits.reportedBytes - this.#reportedBytes);
    const size = allowed > 0 ? allowed : 0;
    this.#reportedBytes += size;
    return { code, information: this.viewOf(start, start + size) };
  }

  #invalid(start: number, end: number): ErrorCause {
    return this.causeWith(ErrorCauseCode.invalidValues, start, end);
  }

  #failContainer(code: DecodeErrorCode, reason: string): void {
    const frame = this.#frame;
    this.#fail(code, frame.start, frame.type, reason, this.#invalid(frame.start, frame.end));
  }

  #fail(
    code: DecodeErrorCode,
    offset: number,
    type: number,
    reason: string,
    cause: ErrorCause | undefined,
  ): void {
    if (this.failure !== undefined) return;
    const messageType = (this.#frames[0] as Frame).type;
    this.#end = 0;
    this.failure =
      cause === undefined
        ? { code, offset, type, messageType, action: 'discard', reason }
        : { code, offset, type, messageType, action: 'report', reason, cause };
  }

  #failHeader(start: number, header: number): void {
    const left = this.#end - start;
    if (left < 4) {
      const cause = this.#invalid(start, this.#end);
      this.#fail('truncated', start, this.#frame.type, 'a parameter header is cut off', cause);
      return;
    }
    const type = header >>> 16;
    const length = header & 0xffff;
    const reason = `the ${describeParameterType(type)} has length ${length}, ${left} bytes are there`;
    if (length < 4) this.#fail('bad-length', start, type, reason, this.#invalid(start, start + 4));
    else this.#fail('truncated', start, type, reason, this.#invalid(start, start + left));
  }

  #nameOfContainer(): string {
    return this.#depth === 0 ? 'message' : describeParameterType(this.#frame.type);
  }

  /** RFC 5354 section 3: the two highest bits of the type say whether to stop or to skip, and whether to report. */
  #skipUnknown(type: number, start: number, end: number): void {
    const mustReport = (type & 0x4000) !== 0;
    if ((type & 0x8000) === 0) {
      const cause = mustReport ? this.causeWith(ErrorCauseCode.unrecognizedParameter, start, end) : undefined;
      const reason = `the ${describeParameterType(type)} is not recognized`;
      this.#fail('unknown-parameter', start, type, reason, cause);
      return;
    }
    if (++this.#unknownParameters > this.limits.unknownParameters) {
      this.failLimit('unknownParameters');
      return;
    }
    if (mustReport && this.reports.length < this.limits.reports) {
      this.reports.push(this.causeWith(ErrorCauseCode.unrecognizedParameter, start, end));
    }
    const frame = this.#frame;
    frame.unknown ??= [];
    frame.unknown.push({ type, value: this.viewOf(start + 4, end), position: frame.known });
    this.position = end;
    this.align();
  }
}

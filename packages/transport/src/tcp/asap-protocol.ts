import { AsapPayloadProtocolIdentifier, RserpoolError } from '@rserpool/wire';
import type { LossReason, OutboundMessage } from '../contract/association.ts';
import type { Clock, TimerHandle } from '../contract/clock.ts';
import { ByteAccumulator } from './byte-accumulator.ts';
import type { ByteSink, StreamOwner, StreamProtocol } from './stream-protocol.ts';

/** The header of an ASAP message: type, flags and length (RFC 5354 section 4). */
const headerLength = 4;

const padded = (length: number): number => (length + 3) & ~3;

const padding: readonly Uint8Array[] = [0, 1, 2, 3].map((length) => new Uint8Array(length));

/**
 * ASAP messages back to back (RFC 5352 section 3.3 lets a pool user resolve over TCP): the length in each header, padded
 * to a multiple of 4, is where the next one begins.
 */
export class AsapProtocol implements StreamProtocol {
  readonly farewell: undefined;
  readonly abortNotice: undefined;
  readonly #owner: StreamOwner;
  readonly #clock: Clock;
  readonly #partialMessageTimeoutMs: number;
  readonly #bytes: ByteAccumulator = new ByteAccumulator();
  #timer: TimerHandle | undefined;
  #isStopped = false;

  constructor(owner: StreamOwner, clock: Clock, partialMessageTimeoutMs: number) {
    this.#owner = owner;
    this.#clock = clock;
    this.#partialMessageTimeoutMs = partialMessageTimeoutMs;
  }

  start(): void {
    this.#owner.establish(undefined);
  }

  check(message: OutboundMessage): void {
    const { data, payloadProtocolIdentifier } = message;
    const length = ((data[2] ?? 0) << 8) | (data[3] ?? 0);
    if (payloadProtocolIdentifier !== AsapPayloadProtocolIdentifier) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        `this transport carries ASAP only (payload protocol identifier 11), not ${payloadProtocolIdentifier}`,
      );
    }
    if (length < headerLength || (data.length !== length && data.length !== padded(length))) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        `not one whole ASAP message: its header says ${length} bytes, there are ${data.length}`,
      );
    }
  }

  encode({ data }: OutboundMessage, sink: ByteSink): void {
    sink.put(data);
    const pad = padding[padded(data.length) - data.length];
    if (pad !== undefined && pad.length > 0) sink.put(pad);
  }

  receive(chunk: Uint8Array): void {
    this.#bytes.append(chunk);
    let cut = 0;
    while (!this.#isStopped && this.#bytes.length >= headerLength) {
      const length = this.#bytes.uint16(2);
      if (length < headerLength) {
        this.#owner.lose('protocol-violation');
        return;
      }
      if (this.#bytes.length < padded(length)) break;
      cut += 1;
      this.#owner.deliver({
        data: this.#bytes.take(padded(length)),
        payloadProtocolIdentifier: AsapPayloadProtocolIdentifier,
        stream: 0,
        unordered: false,
      });
    }
    this.#bytes.settle();
    this.#supervise(cut > 0);
  }

  end(): LossReason {
    return this.#bytes.length === 0 ? 'closed-by-peer' : 'protocol-violation';
  }

  readingResumed(): void {
    this.#supervise(true);
  }

  readingStopped(): void {
    this.#clear();
  }

  stop(): void {
    this.#isStopped = true;
    this.#clear();
  }

  /** A message that was begun has to become whole some time. */
  #supervise(isAnew: boolean): void {
    if (isAnew || this.#bytes.length === 0) this.#clear();
    if (this.#isStopped || this.#bytes.length === 0 || this.#timer !== undefined) return;
    if (this.#owner.isReadingStopped()) return;
    this.#timer = this.#clock.setTimer(this.#clock.now() + this.#partialMessageTimeoutMs, () => {
      this.#timer = undefined;
      this.#owner.lose('protocol-violation');
    });
  }

  #clear(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }
}

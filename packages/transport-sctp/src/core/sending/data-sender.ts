import type { SendInput } from '../sctp-input.ts';
import type { PacketWriter } from '../wire/packet-writer.ts';
import type { DataSenderOptions } from './data-sender-options.ts';
import { expireT3, type T3Outcome } from './expire-t3.ts';
import { fillPacket } from './fill-packet.ts';
import { processCumulativeTsn, processSack } from './process-sack.ts';
import type { SackOutcome } from './sack-outcome.ts';
import type { SendingPath } from './sending-path.ts';
import { SendingState } from './sending-state.ts';

/**
 * The sending half of an association (RFC 9260 sections 6.1, 6.2.1, 6.3 and 7): it cuts messages into DATA chunks when a
 * packet is made, and keeps them until the peer has acknowledged them cumulatively.
 */
export class DataSender {
  readonly #state: SendingState;

  /** @param options - Of the association. */
  constructor(options: DataSenderOptions) {
    this.#state = new SendingState(options);
  }

  /** Bytes of user data that were not sent yet. */
  get waitingBytes(): number {
    return this.#state.streams.waitingBytes;
  }

  /** Bytes of user data that were sent and not acknowledged cumulatively. */
  get outstandingBytes(): number {
    return this.#state.outstanding.userBytes;
  }

  /** Whether nothing waits and nothing is outstanding. */
  get isIdle(): boolean {
    return this.#state.streams.message === undefined && this.#state.outstanding.count === 0;
  }

  /** The TSN of the next DATA chunk. */
  get nextTsn(): number {
    return this.#state.outstanding.next >>> 0;
  }

  /** Set while nothing more is to come (SHUTDOWN-PENDING): the last DATA asks for a SACK at once (I bit, section 6.1). */
  get shutdownPending(): boolean {
    return this.#state.shutdownPending;
  }

  set shutdownPending(pending: boolean) {
    this.#state.shutdownPending = pending;
  }

  /** The longest packet that all paths take: chunks are not made larger (AMDCS, sections 6.9 and 7.3). */
  get packetBytes(): number {
    return this.#state.packetBytes;
  }

  set packetBytes(bytes: number) {
    if (bytes !== this.#state.packetBytes) this.#state.fitInto(bytes);
  }

  /** Where new data goes. */
  get dataPath(): SendingPath {
    return this.#state.dataFlight.path;
  }

  set dataPath(path: SendingPath) {
    const state = this.#state;
    if (path === state.dataFlight.path) return;
    // The timer that waits to ask for the window goes along; with data outstanding timers are left running (6.3.3 F1).
    if (state.outstanding.count === 0) state.dataFlight.stopTimers();
    state.dataFlight = state.flightOf(path);
  }

  /** Takes a message. `stream` is one that the association has, and `data` is not empty. */
  enqueue(message: SendInput): void {
    const state = this.#state;
    state.streams.add(message);
    if (state.burst < state.maxBurst) state.burst = state.maxBurst;
  }

  /** A path by which something may be sent now, retransmissions first, or `undefined`. */
  nextPath(now: number): SendingPath | undefined {
    const state = this.#state;
    if (state.outstanding.markedChunks > 0) {
      for (const flight of state.flights) if (state.mayRetransmit(flight)) return flight.path;
    }
    if (state.maySendNew(state.dataFlight, now)) return state.dataFlight.path;
    // What may not be sent now may not be sent later on top of what is allowed then.
    state.burst = 0;
    state.burstSent = 0;
    const { congestion } = state.dataFlight.path;
    congestion.isUsedUp = !congestion.isOpen;
    return undefined;
  }

  /** Whether something may be sent by a path now. New data goes by {@link dataPath} only. */
  hasToSend(path: SendingPath, now: number): boolean {
    const flight = this.#state.flightOf(path);
    return this.#state.mayRetransmit(flight) || this.#state.maySendNew(flight, now);
  }

  /**
   * Puts DATA chunks behind the control chunks of a packet: retransmissions, then new data (section 6.1 C). May put none
   * where the room that is left is too small for the next one: finish the packet, and begin another.
   */
  fill(writer: PacketWriter, path: SendingPath, now: number): void {
    fillPacket(this.#state, writer, path, now);
  }

  /**
   * Processes a SACK chunk (section 6.2.1).
   *
   * @param bytes - The packet.
   * @param offset - Where the chunk header is.
   * @param length - The chunk's length without padding.
   * @returns What it did, until the next SACK is processed.
   */
  handleSack(bytes: Uint8Array, offset: number, length: number, now: number): SackOutcome {
    return processSack(this.#state, bytes, offset, length, now);
  }

  /** The cumulative TSN ack of a SHUTDOWN chunk; it says nothing of gaps or windows. */
  handleCumulativeTsn(tsn: number, now: number): SackOutcome {
    return processCumulativeTsn(this.#state, tsn, now);
  }

  /**
   * T3-rtx of a path expired: `t3Deadline` is not after `now`. Call it before the RTO is doubled, {@link nextPath} after
   * (section 6.3.3).
   */
  handleT3(path: SendingPath, now: number): T3Outcome {
    return expireT3(this.#state, path, now);
  }

  /** A path is not used any more: what it carried goes elsewhere. {@link dataPath} is another one already. */
  pathRemoved(path: SendingPath): void {
    const state = this.#state;
    const flight = state.flightOf(path);
    const target = state.alternateOf(path);
    state.markAll(flight, target);
    const { first, next } = state.outstanding;
    for (let tsn = first; tsn !== next; tsn = (tsn + 1) | 0) {
      if (state.outstanding.flightOf(tsn) === flight) state.outstanding.moveTo(tsn, target);
    }
    flight.stopTimers();
    flight.isRemoved = true;
  }

  /** Takes out all messages that were not acknowledged as a whole, in the order in which they were sent or given. */
  drainUnacknowledged(): SendInput[] {
    const state = this.#state;
    const sent = state.outstanding.messages();
    const waiting = state.streams.drain();
    if (waiting[0] !== undefined && waiting[0] === sent.at(-1)) waiting.shift();
    for (const flight of state.flights) flight.stopTimers();
    return [...sent, ...waiting];
  }
}

import type {
  Association,
  AssociationHandlers,
  AssociationSupport,
  HeartbeatOptions,
  LossReason,
  OutboundMessage,
  TimerHandle,
} from '@rserpool/transport';
import { type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import type { Arrival, SimulatedDirection } from './simulated-direction.ts';
import type { SimulatedEndpoint } from './simulated-endpoint.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedLink } from './simulated-link.ts';

/** What simulated associations can do: all that SCTP can, but that each pair of hosts has one path only. */
export const simulatedSupport: AssociationSupport = {
  controlChannel: true,
  messageBoundaries: true,
  streams: true,
  unordered: true,
  heartbeats: true,
  reuse: true,
  emptyMessages: true,
  multiHoming: false,
  maximumMessageBytes: 1_048_576,
};

/** From how many bytes under way `send` returns false, and how many there may be at most, as the transports have it. */
const sendHighWaterMarkBytes = 262_144;
const maximumSendBufferBytes = 16_777_216;

const closed: Promise<void> = Promise.resolve();

/** One end of a simulated association. */
export class SimulatedAssociation implements Association {
  readonly remote: RemoteEndpoint;
  readonly inbound: boolean;
  readonly supports: AssociationSupport = simulatedSupport;
  handlers: AssociationHandlers = {};
  readonly #heartbeat: HeartbeatOptions;
  readonly #endpoint: SimulatedEndpoint;
  #link: SimulatedLink;
  /** Whether it is at the accepting end of what carries it now, which a restart may change. */
  #isAcceptor: boolean;
  #isOpen = true;
  #isFull = false;
  #silence: TimerHandle | undefined;

  /**
   * @param link - The association.
   * @param endpoint - Whose end it is.
   * @param remote - The other end.
   * @param inbound - Whether the other end opened it.
   * @param heartbeat - How silence is noticed.
   */
  constructor(
    link: SimulatedLink,
    endpoint: SimulatedEndpoint,
    remote: RemoteEndpoint,
    inbound: boolean,
    heartbeat: HeartbeatOptions,
  ) {
    this.#link = link;
    this.#endpoint = endpoint;
    this.remote = remote;
    this.inbound = inbound;
    this.#isAcceptor = inbound;
    this.#heartbeat = heartbeat;
  }

  /** Whether it is up: neither lost nor closed. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The bytes that are under way to the other end. */
  get bytesUnderWay(): number {
    return this.#outgoing.bytes;
  }

  /** The host of the other end. */
  get peer(): SimulatedHost {
    return this.#outgoing.to;
  }

  /** Whether the other end is gone, without this one having heard of it yet. */
  get isForsaken(): boolean {
    return !(this.#other?.isOpen ?? !this.#link.isAnswered);
  }

  /** Whether both ends are up. */
  get isWhole(): boolean {
    return this.#isOpen && this.#other?.isOpen === true;
  }

  /** The link that carries it now. */
  get link(): SimulatedLink {
    return this.#link;
  }

  /** Sends a message; false where so much waits that the sender should wait, too. */
  send(message: OutboundMessage): boolean {
    if (!this.#isOpen)
      throw new RserpoolError('ERR_RSERPOOL_ASSOCIATION_CLOSED', 'the association is closed');
    const outgoing = this.#outgoing;
    if (outgoing.bytes + message.data.length > maximumSendBufferBytes) {
      throw new RserpoolError('ERR_RSERPOOL_SEND_BUFFER_FULL', 'too much waits to be sent');
    }
    outgoing.sendMessage(message);
    if (outgoing.bytes >= sendHighWaterMarkBytes) this.#isFull = true;
    return !this.#isFull;
  }

  /** The other end has taken something. */
  sentBytesArrived(): void {
    if (!this.#isFull || !this.#isOpen || this.#outgoing.bytes > sendHighWaterMarkBytes / 2) return;
    this.#isFull = false;
    this.handlers.writable?.();
  }

  /** Simulated applications take everything at once. */
  pause(): void {}

  /** Simulated applications take everything at once. */
  resume(): void {}

  /** Closes gracefully: what was sent arrives before. */
  close(): Promise<void> {
    if (this.#isOpen) {
      this.#leave();
      if (this.#isHeard) this.#outgoing.send('close');
    }
    return closed;
  }

  /** Closes at once: what is under way is lost. */
  abort(): void {
    if (!this.#isOpen) return;
    this.#leave();
    this.#outgoing.clear();
    if (this.#isHeard) this.#outgoing.send('gone', 'aborted');
  }

  /** A message has arrived. */
  receive(arrival: Arrival): void {
    this.handlers.message?.(arrival);
  }

  /** The process of this end died: nobody is told here. */
  die(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#endSilence();
    this.#outgoing.clear();
  }

  /**
   * The association is gone.
   *
   * @param reason - Why.
   */
  lose(reason: LossReason): void {
    if (!this.#isOpen) return;
    this.#leave();
    // What was not taken over there was not acknowledged here.
    for (const message of this.#outgoing.takeUndelivered()) this.handlers.sendFailed?.(message);
    // Whoever still speaks to this end is told that there is none.
    if (this.#isHeard) this.#outgoing.send('gone', 'reset');
    this.handlers.lost?.(reason);
  }

  /**
   * The peer has lost its state and set the same association up anew (RFC 9260 section 5.2).
   *
   * @param link - What carries it from now on.
   */
  restart(link: SimulatedLink): void {
    this.#endSilence();
    this.#link.detach(this);
    this.#link = link;
    this.#isAcceptor = true;
    this.handlers.restarted?.();
    this.review();
  }

  /** Something changed in the network: begins or ends waiting for a sign of life. */
  review(): void {
    if (!this.#isOpen) return;
    if (!this.#isPeerSilent()) this.#endSilence();
    else if (this.#silence === undefined) {
      const { clock } = this.#endpoint.host;
      const at = clock.now() + this.#heartbeat.intervalMs * this.#heartbeat.maximumMissed;
      this.#silence = clock.setTimer(at, () => {
        this.#silence = undefined;
        // A host that was stopped itself finds its timers due when it goes on; the peer may be heard again by then.
        if (!this.#isPeerSilent()) return;
        this.lose('heartbeat');
      });
    }
  }

  get #outgoing(): SimulatedDirection {
    return this.#isAcceptor ? this.#link.backward : this.#link.forward;
  }

  get #other(): SimulatedAssociation | undefined {
    return this.#isAcceptor ? this.#link.opener : this.#link.acceptor;
  }

  /** Whether anybody is or will be at the other end to be told something. */
  get #isHeard(): boolean {
    return !this.isForsaken;
  }

  #isPeerSilent(): boolean {
    const { from, to } = this.#outgoing;
    const { network } = this.#link;
    return to.isSilent || !network.reaches(from, to) || !network.reaches(to, from);
  }

  #leave(): void {
    this.#isOpen = false;
    this.#endSilence();
    this.#endpoint.remove(this);
    this.#link.ended();
  }

  #endSilence(): void {
    if (this.#silence !== undefined) this.#endpoint.host.clock.clearTimer(this.#silence);
    this.#silence = undefined;
  }
}

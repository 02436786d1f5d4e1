import type { RemoteEndpoint } from '@rserpool/wire';
import type {
  Association,
  AssociationHandlers,
  AssociationSupport,
  LossReason,
  OutboundMessage,
} from '../contract/association.ts';
import type { Clock, TimerHandle } from '../contract/clock.ts';
import type { HeartbeatOptions } from '../contract/endpoint.ts';
import type { BindSettings } from '../core/bind-settings.ts';
import { Inbox } from '../core/inbox.ts';
import { checkOutbound } from '../core/outbound-check.ts';
import { associationClosedError, sendBufferFullError } from '../core/transport-errors.ts';
import type { ChannelEntry, MemoryChannel } from './memory-channel.ts';

/** Options of {@link MemoryAssociation}. */
export interface MemoryAssociationOptions {
  /** The peer's endpoint. */
  readonly remote: RemoteEndpoint;
  /** Whether the peer opened it. */
  readonly inbound: boolean;
  /** What it can do. */
  readonly supports: AssociationSupport;
  /** Marks of the buffers. */
  readonly settings: BindSettings;
  /** Supervision of the peer. */
  readonly heartbeat: HeartbeatOptions;
  /** The clock of the host that this end is on. */
  readonly clock: Clock;
  /** How long a graceful close waits for the peer. */
  readonly closeTimeoutMs: number;
  /** The direction to the peer. */
  readonly outgoing: MemoryChannel;
  /** The direction from the peer, to go on when there is room again. */
  readonly incoming: MemoryChannel;
  /** Whether the peer gives signs of life at present. */
  readonly isPeerSilent: () => boolean;
  /** It is gone, for whatever reason. */
  readonly onGone: () => void;
}

/** One end of an association in memory. */
export class MemoryAssociation implements Association {
  readonly remote: RemoteEndpoint;
  readonly inbound: boolean;
  readonly supports: AssociationSupport;
  readonly #options: MemoryAssociationOptions;
  readonly #inbox: Inbox;
  #open = true;
  #needsWritable = false;
  #silence: TimerHandle | undefined;
  #closing: (() => void) | undefined;

  constructor(options: MemoryAssociationOptions) {
    this.#options = options;
    this.remote = options.remote;
    this.inbound = options.inbound;
    this.supports = options.supports;
    this.#inbox = new Inbox({
      highWaterMarkBytes: options.settings.receiveHighWaterMarkBytes,
      onFull: () => undefined,
      onRoom: () => options.incoming.retry(),
    });
  }

  get handlers(): AssociationHandlers {
    return this.#inbox.handlers;
  }

  set handlers(handlers: AssociationHandlers) {
    this.#inbox.handlers = handlers;
  }

  /** Whether it is up: neither lost nor closed. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** Whether messages from the peer have to wait in the network. */
  get isFull(): boolean {
    return this.#inbox.isFull;
  }

  send(message: OutboundMessage): boolean {
    if (!this.#open) throw associationClosedError(this.remote);
    checkOutbound(message, this.supports.maximumMessageBytes);
    const { outgoing, settings } = this.#options;
    if (outgoing.bytes + message.data.length > settings.maximumSendBufferBytes) {
      throw sendBufferFullError(this.remote);
    }
    const inbound = {
      data: message.data.slice(),
      payloadProtocolIdentifier: message.payloadProtocolIdentifier,
      stream: message.stream ?? 0,
      unordered: message.unordered ?? false,
    };
    outgoing.send({ kind: 'message', inbound, sent: message });
    // Once false, it stays so until `writable` was told: whoever waits for that must not be forgotten.
    if (outgoing.bytes >= settings.sendHighWaterMarkBytes) this.#needsWritable = true;
    return !this.#needsWritable;
  }

  /** Messages have arrived at the peer. */
  onShrink(): void {
    if (!this.#needsWritable) return;
    if (this.#options.outgoing.bytes > this.#options.settings.sendHighWaterMarkBytes / 2) return;
    this.#needsWritable = false;
    this.#inbox.notifyWritable();
  }

  pause(): void {
    this.#inbox.pause();
  }

  resume(): void {
    this.#inbox.resume();
  }

  close(): Promise<void> {
    if (!this.#open) return Promise.resolve();
    this.#leave();
    this.#inbox.close();
    const { clock, closeTimeoutMs, outgoing } = this.#options;
    return new Promise((resolve) => {
      const timer = clock.setTimer(clock.now() + closeTimeoutMs, () => this.#closing?.());
      this.#closing = () => {
        clock.clearTimer(timer);
        resolve();
      };
      outgoing.send({ kind: 'close', onDelivered: () => this.#closing?.() });
    });
  }

  abort(): void {
    if (!this.#open) return;
    this.#leave();
    const unsent = this.#options.outgoing.unsent();
    this.#inbox.close();
    this.#options.outgoing.signal('aborted');
    queueMicrotask(() => this.#inbox.failAfterClose(unsent));
  }

  /**
   * Something from the peer has arrived.
   *
   * @param entry - What.
   */
  receive(entry: ChannelEntry): void {
    if (entry.kind === 'message') {
      this.#inbox.push(entry.inbound);
    } else if (entry.kind === 'close') {
      entry.onDelivered();
      this.#lose('closed-by-peer');
    } else if (entry.kind === 'signal') {
      this.#lose(entry.reason);
      this.#closing?.();
    }
  }

  /** The process of this end died: nothing is told here, and the peer is told `reset`. */
  die(): void {
    if (this.#open) this.#leave();
    this.#inbox.close();
    this.#options.outgoing.signal('reset');
    this.#closing?.();
  }

  /** The process of this end stands still. */
  hold(): void {
    this.#inbox.hold();
  }

  /** The process of this end goes on. */
  release(): void {
    this.#inbox.release();
  }

  /** Something changed in the network: begins or ends waiting for a sign of life. */
  review(): void {
    const { clock, heartbeat, isPeerSilent } = this.#options;
    if (!this.#open) return;
    if (!isPeerSilent()) {
      this.#endSilence();
    } else if (this.#silence === undefined) {
      const at = clock.now() + heartbeat.intervalMs * heartbeat.maximumMissed;
      this.#silence = clock.setTimer(at, () => this.#loseSilent());
    }
  }

  #loseSilent(): void {
    this.#silence = undefined;
    // A host that hung itself finds its timers due when it goes on; the peer may be alive then.
    if (!this.#options.isPeerSilent()) return;
    const unsent = this.#options.outgoing.unsent();
    this.#lose('heartbeat', unsent);
    this.#options.outgoing.signal('reset');
  }

  #lose(reason: LossReason, unsent: readonly OutboundMessage[] = this.#options.outgoing.unsent()): void {
    if (!this.#open) return;
    this.#leave();
    this.#options.outgoing.clear();
    this.#inbox.end(reason, unsent);
  }

  #leave(): void {
    this.#open = false;
    this.#endSilence();
    this.#options.onGone();
  }

  #endSilence(): void {
    if (this.#silence !== undefined) this.#options.clock.clearTimer(this.#silence);
    this.#silence = undefined;
  }
}

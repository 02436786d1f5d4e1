import {
  type AssociationId,
  formatIpAddress,
  type IpAddress,
  type RemoteEndpoint,
  RserpoolError,
} from '@rserpool/wire';
import type {
  Association,
  AssociationHandlers,
  AssociationSupport,
  InboundMessage,
  LossReason,
  OutboundMessage,
  PathChange,
} from '@rserpool/transport';
import {
  associationClosedError,
  type BindSettings,
  checkOutbound,
  Inbox,
  sendBufferFullError,
} from '@rserpool/transport/internal';

/** What an association needs of whoever carries it. */
export interface AssociationCarrier {
  /** Sends a message; it counts as waiting until {@link SctpAssociation.acknowledged} or {@link SctpAssociation.sendFailed}. */
  send(association: SctpAssociation, message: OutboundMessage): void;
  /** The owner has read something: {@link SctpAssociation.takeConsumed} tells how much. */
  consumed(association: SctpAssociation): void;
  /** Ends it gracefully; resolves when it is gone. */
  shutdown(association: SctpAssociation): Promise<void>;
  /** Ends it at once. */
  abort(association: SctpAssociation): void;
}

/** Options of {@link SctpAssociation}. */
export interface SctpAssociationOptions {
  /** Its name. */
  readonly id: AssociationId;
  /** The peer's endpoint. */
  readonly remote: RemoteEndpoint;
  /** Whether the peer opened it. */
  readonly inbound: boolean;
  /** What it can do. */
  readonly supports: AssociationSupport;
  /** How many streams there are to send on. */
  readonly outboundStreams: number;
  /** Marks of the buffers. */
  readonly settings: BindSettings;
  /** What carries it. */
  readonly carrier: AssociationCarrier;
}

/**
 * An association, whoever carries it: the core of this package or the kernel. It stays small as long as it is idle,
 * because an endpoint may have thousands.
 */
export class SctpAssociation implements Association {
  readonly id: AssociationId;
  readonly inbound: boolean;
  readonly supports: AssociationSupport;
  readonly #settings: BindSettings;
  readonly #carrier: AssociationCarrier;
  readonly #outboundStreams: number;
  readonly #inbox: Inbox;
  #remote: RemoteEndpoint;
  #isOpen = true;
  #waitingBytes = 0;
  #needsWritable = false;
  #unreadBytes = 0;
  #consumedBytes = 0;
  #failed: OutboundMessage[] | undefined;
  #paths: Map<string, string> | undefined;

  constructor(options: SctpAssociationOptions) {
    this.id = options.id;
    this.inbound = options.inbound;
    this.supports = options.supports;
    this.#remote = options.remote;
    this.#settings = options.settings;
    this.#carrier = options.carrier;
    this.#outboundStreams = options.outboundStreams;
    this.#inbox = new Inbox({
      // Nothing is held up here: what waits is not reported as consumed, and so closes the receive window.
      highWaterMarkBytes: Number.POSITIVE_INFINITY,
      onFull: () => undefined,
      onRoom: () => undefined,
      onDelivered: (message) => this.#consume(message.data.length),
    });
  }

  get remote(): RemoteEndpoint {
    return this.#remote;
  }

  get handlers(): AssociationHandlers {
    return this.#inbox.handlers;
  }

  set handlers(handlers: AssociationHandlers) {
    this.#inbox.handlers = handlers;
  }

  /** Whether it is up: neither lost nor closed. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  send(message: OutboundMessage): boolean {
    if (!this.#isOpen) throw associationClosedError(this.#remote);
    this.#check(message);
    const bytes = this.#waitingBytes + message.data.length;
    if (bytes > this.#settings.maximumSendBufferBytes) throw sendBufferFullError(this.#remote);
    this.#waitingBytes = bytes;
    this.#carrier.send(this, message);
    // Once false, it stays so until `writable` was told: whoever waits for that must not be forgotten.
    if (this.#waitingBytes >= this.#settings.sendHighWaterMarkBytes) this.#needsWritable = true;
    return !this.#needsWritable;
  }

  pause(): void {
    this.#inbox.pause();
  }

  resume(): void {
    this.#inbox.resume();
  }

  close(): Promise<void> {
    if (!this.#isOpen) return Promise.resolve();
    this.#leave();
    return this.#carrier.shutdown(this);
  }

  abort(): void {
    if (!this.#isOpen) return;
    this.#leave();
    this.#carrier.abort(this);
  }

  /**
   * A message arrived.
   *
   * @param message - The message, whose bytes are the owner's from now on.
   */
  deliver(message: InboundMessage): void {
    this.#unreadBytes += message.data.length;
    // After it was closed, what arrives is dropped, but the peer has to get rid of it all the same.
    if (this.#isOpen) this.#inbox.push(message);
    else this.#consume(message.data.length);
  }

  /** How many bytes have arrived and were not read yet. */
  get unreadBytes(): number {
    return this.#unreadBytes;
  }

  /** How many bytes were read since the last call. */
  takeConsumed(): number {
    const bytes = this.#consumedBytes;
    this.#consumedBytes = 0;
    return bytes;
  }

  /**
   * The peer has got messages.
   *
   * @param bytes - How many bytes of them.
   */
  acknowledged(bytes: number): void {
    this.#waitingBytes = Math.max(0, this.#waitingBytes - bytes);
    if (!this.#needsWritable || !this.#isOpen) return;
    if (this.#waitingBytes > this.#settings.sendHighWaterMarkBytes / 2) return;
    this.#needsWritable = false;
    this.#inbox.notifyWritable();
  }

  /**
   * A message was not delivered as far as this side knows; the owner is told when it is known why.
   *
   * @param message - What `send` had taken.
   */
  sendFailed(message: OutboundMessage): void {
    this.#failed ??= [];
    this.#failed.push(message);
  }

  /** The peer set the association up anew. */
  restarted(): void {
    const failed = this.#takeFailed();
    if (!this.#isOpen) return;
    let bytes = 0;
    for (const message of failed) {
      bytes += message.data.length;
      this.#inbox.handlers.sendFailed?.(message);
    }
    this.#inbox.handlers.restarted?.();
    this.acknowledged(bytes);
  }

  /**
   * A path changed.
   *
   * @param change - Which one, and how; it is told where it is news.
   */
  pathChanged(change: PathChange): void {
    const key = formatIpAddress(change.address);
    const state = `${change.state}${change.primary ? ', primary' : ''}`;
    this.#paths ??= new Map();
    if (this.#paths.get(key) === state) return;
    this.#paths.set(key, state);
    if (this.#isOpen) this.#inbox.handlers.pathChanged?.(change);
  }

  /**
   * The peer's addresses changed.
   *
   * @param addresses - All of them from now on.
   */
  remoteAddresses(addresses: readonly IpAddress[]): void {
    this.#remote = { addresses, port: this.#remote.port };
    // What is told of an address that comes back is news again.
    const known = new Set(addresses.map(formatIpAddress));
    for (const key of this.#paths?.keys() ?? []) if (!known.has(key)) this.#paths?.delete(key);
  }

  /**
   * It is gone.
   *
   * @param reason - Why.
   */
  gone(reason: LossReason): void {
    const failed = this.#takeFailed();
    if (this.#isOpen) {
      this.#isOpen = false;
      this.#inbox.end(reason, failed);
    } else {
      this.#inbox.failAfterClose(failed);
    }
  }

  #check(message: OutboundMessage): void {
    checkOutbound(message, this.supports.maximumMessageBytes);
    if (message.data.length === 0) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        'SCTP has no empty messages (RFC 9260 section 3.3.1); send at least one byte',
      );
    }
    const stream = message.stream ?? 0;
    if (stream >= this.#outboundStreams) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        `stream ${stream} is not one of the ${this.#outboundStreams} that were agreed on; ask for more with parameters.outboundStreams`,
      );
    }
  }

  #leave(): void {
    this.#isOpen = false;
    this.#inbox.close();
    // What was not read will not be.
    this.#consume(this.#unreadBytes);
  }

  #consume(length: number): void {
    // The one in the owner's hands was counted already where the owner closed the association meanwhile.
    const bytes = Math.min(length, this.#unreadBytes);
    if (bytes === 0) return;
    this.#unreadBytes -= bytes;
    this.#consumedBytes += bytes;
    if (this.#consumedBytes === bytes) this.#carrier.consumed(this);
  }

  #takeFailed(): readonly OutboundMessage[] {
    const failed = this.#failed ?? [];
    this.#failed = undefined;
    return failed;
  }
}

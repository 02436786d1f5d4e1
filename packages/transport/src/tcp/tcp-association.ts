import type { Socket } from 'node:net';
import type { RemoteEndpoint } from '@rserpool/wire';
import type {
  Association,
  AssociationHandlers,
  AssociationSupport,
  InboundMessage,
  LossReason,
  OutboundMessage,
} from '../contract/association.ts';
import type { Clock } from '../contract/clock.ts';
import type { BindSettings } from '../core/bind-settings.ts';
import { Inbox } from '../core/inbox.ts';
import { checkOutbound } from '../core/outbound-check.ts';
import { associationClosedError, sendBufferFullError } from '../core/transport-errors.ts';
import type { Hello } from './framing/hello.ts';
import { SocketOutbox } from './socket-outbox.ts';
import { resetSocket } from './tls/secure-socket.ts';
import type { StreamOwner, StreamProtocol } from './stream-protocol.ts';

/** Options of {@link TcpAssociation}. */
export interface TcpAssociationOptions {
  /** A connected socket. */
  readonly socket: Socket;
  /** Whether the peer opened it. */
  readonly inbound: boolean;
  /** What it can do. */
  readonly supports: AssociationSupport;
  /** Marks of the buffers. */
  readonly settings: BindSettings;
  /** For the end. */
  readonly clock: Clock;
  /** How long the peer may take to end the connection, in milliseconds. */
  readonly closeTimeoutMs: number;
  /** How messages become bytes. */
  readonly protocol: (owner: StreamOwner) => StreamProtocol;
  /** Who the peer is, from what it said about itself. */
  readonly remote: (hello: Hello | undefined) => RemoteEndpoint;
  /** It is up. */
  readonly onUp: () => void;
  /** It is gone, or was never up; told once. */
  readonly onGone: (reason: LossReason | 'closed') => void;
}

/** How many times the close timeout a peer gets at most, while it goes on taking what was sent. */
const closeRounds = 10;

type State = 'setting-up' | 'up' | 'gone';

/** An association over one TCP connection, whatever the messages look like on it. */
export class TcpAssociation implements Association {
  readonly inbound: boolean;
  readonly supports: AssociationSupport;
  readonly #options: TcpAssociationOptions;
  readonly #socket: Socket;
  readonly #inbox: Inbox;
  readonly #outbox: SocketOutbox;
  readonly #protocol: StreamProtocol;
  #remote: RemoteEndpoint = { addresses: [], port: 0 };
  #state: State = 'setting-up';
  #isReadingStopped = false;
  #needsWritable = false;
  #error: NodeJS.ErrnoException | undefined;

  constructor(options: TcpAssociationOptions) {
    this.#options = options;
    this.#socket = options.socket;
    this.inbound = options.inbound;
    this.supports = options.supports;
    this.#inbox = new Inbox({
      highWaterMarkBytes: options.settings.receiveHighWaterMarkBytes,
      onFull: () => this.#stopReading(),
      onRoom: () => this.#resumeReading(),
    });
    this.#outbox = new SocketOutbox(options.socket, () => this.#onProgress());
    this.#protocol = options.protocol(this.#owner());
    this.#listen();
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

  /** Begins: the protocol may say something first. */
  start(): void {
    this.#protocol.start();
  }

  send(message: OutboundMessage): boolean {
    if (this.#state !== 'up') throw associationClosedError(this.remote);
    checkOutbound(message, this.supports.maximumMessageBytes);
    const { settings } = this.#options;
    this.#protocol.check(message);
    if (this.#outbox.bytes + message.data.length > settings.maximumSendBufferBytes) {
      throw sendBufferFullError(this.remote);
    }
    this.#outbox.begin(message);
    this.#protocol.encode(message, this.#outbox);
    // Once false, it stays so until `writable` was told: whoever waits for that must not be forgotten.
    if (this.#outbox.bytes >= settings.sendHighWaterMarkBytes) this.#needsWritable = true;
    return !this.#needsWritable;
  }

  pause(): void {
    this.#inbox.pause();
  }

  resume(): void {
    this.#inbox.resume();
  }

  close(): Promise<void> {
    if (this.#state === 'gone') return Promise.resolve();
    if (this.#state === 'setting-up') {
      this.abort();
      return Promise.resolve();
    }
    this.#leave('closed');
    this.#inbox.close();
    if (this.#protocol.farewell !== undefined) this.#outbox.write(this.#protocol.farewell);
    return new Promise((resolve) => {
      this.#socket.once('close', () => {
        this.#inbox.failAfterClose(this.#outbox.close());
        resolve();
      });
      this.#end();
    });
  }

  abort(): void {
    if (this.#state === 'gone') return;
    const wasUp = this.#state === 'up';
    this.#leave('closed');
    this.#inbox.close();
    const unsent = this.#outbox.unsent();
    this.#tellAbort(wasUp);
    queueMicrotask(() => this.#inbox.failAfterClose(unsent));
  }

  #owner(): StreamOwner {
    return {
      write: (bytes: Uint8Array) => this.#outbox.write(bytes),
      unwrittenBytes: () => this.#outbox.bytes,
      isReadingStopped: () => this.#isReadingStopped,
      establish: (hello: Hello | undefined) => {
        if (this.#state !== 'setting-up') return;
        this.#remote = this.#options.remote(hello);
        this.#state = 'up';
        this.#options.onUp();
      },
      deliver: (message: InboundMessage) => this.#inbox.push(message),
      lose: (reason: LossReason) => this.#lose(reason),
    };
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('data', (chunk: Uint8Array) => {
      if (this.#state !== 'gone') this.#protocol.receive(chunk);
    });
    socket.on('end', () => this.#lose(this.#protocol.end()));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#error = error;
    });
    socket.on('close', () => this.#lose(this.#error?.code === 'ETIMEDOUT' ? 'unreachable' : 'reset'));
  }

  #onProgress(): void {
    if (!this.#needsWritable || this.#state !== 'up') return;
    if (this.#outbox.bytes > this.#options.settings.sendHighWaterMarkBytes / 2) return;
    this.#needsWritable = false;
    this.#inbox.notifyWritable();
  }

  #stopReading(): void {
    if (this.#state === 'gone') return;
    this.#isReadingStopped = true;
    this.#socket.pause();
    this.#protocol.readingStopped();
  }

  #resumeReading(): void {
    if (!this.#isReadingStopped) return;
    this.#isReadingStopped = false;
    this.#protocol.readingResumed();
    this.#socket.resume();
  }

  #lose(reason: LossReason): void {
    if (this.#state === 'gone') return;
    const wasUp = this.#state === 'up';
    this.#leave(reason);
    const unsent = this.#outbox.unsent();
    if (reason === 'closed-by-peer') this.#end();
    else if (reason === 'heartbeat' || reason === 'protocol-violation') this.#tellAbort(wasUp);
    else this.#socket.destroy();
    this.#inbox.end(reason, unsent);
  }

  #leave(reason: LossReason | 'closed'): void {
    this.#state = 'gone';
    this.#protocol.stop();
    this.#options.onGone(reason);
  }

  #tellAbort(wasUp: boolean): void {
    const { abortNotice } = this.#protocol;
    // Behind what a peer does not read, a notice would not arrive; a reset gets through, and drops what waits.
    if (!wasUp || abortNotice === undefined || this.#outbox.bytes > 0) {
      this.#outbox.close();
      resetSocket(this.#socket);
    } else {
      this.#outbox.write(abortNotice);
      this.#end();
    }
  }

  /**
   * Ends the connection after what was written. What still arrives is read and dropped: a socket that is closed with
   * unread bytes resets the connection, and the peer would lose what it has not read yet.
   */
  #end(): void {
    this.#isReadingStopped = false;
    this.#outbox.end();
    this.#socket.resume();
    this.#limitEnd(closeRounds);
  }

  /** A peer that goes on taking what was sent gets more time, but not all the time in the world. */
  #limitEnd(rounds: number): void {
    const { clock, closeTimeoutMs } = this.#options;
    const before = this.#outbox.bytes;
    const timer = clock.setTimer(clock.now() + closeTimeoutMs, () => {
      this.#socket.removeListener('close', onClose);
      if (rounds > 1 && this.#outbox.bytes < before) this.#limitEnd(rounds - 1);
      else this.#socket.destroy();
    });
    const onClose = (): void => clock.clearTimer(timer);
    this.#socket.once('close', onClose);
  }
}

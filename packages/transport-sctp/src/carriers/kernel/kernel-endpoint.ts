import { bytesEqual, type IpAddress, type RemoteEndpoint } from '@rserpool/wire';
import type {
  Association,
  AssociationSupport,
  Clock,
  ConnectOptions,
  HeartbeatOptions,
} from '@rserpool/transport';
import {
  AcceptQueue,
  AssociationIndex,
  associationLimitError,
  AssociationLimiter,
  type BindSettings,
  ConnectionAttempts,
  connectionRefusedError,
  type DialOptions,
  endpointClosedError,
} from '@rserpool/transport/internal';
import type { SctpParameters } from '../../core/sctp-input.ts';
import { concreteAddresses } from '../../shell/local-addresses.ts';
import type { SctpAssociation } from '../../shell/sctp-association.ts';
import type { SctpEndpoint } from '../../shell/sctp-endpoint.ts';
import type { NativePoll, NativeSockets } from '../native/native-sockets.ts';
import { KernelLink } from './kernel-link.ts';
import { KernelSocket } from './kernel-socket.ts';
import { MessageReceiver } from './message-receiver.ts';
import { MessageSender } from './message-sender.ts';
import { decodeNotification, type KernelNotification } from './notifications.ts';
import { AssociationChange, SendFlag } from './sctp-constants.ts';
import { SilenceWatch } from './silence-watch.ts';

/** Options of {@link KernelEndpoint}. */
export interface KernelEndpointOptions {
  /** The system calls. */
  readonly native: NativeSockets;
  /** The concrete local addresses. */
  readonly addresses: readonly IpAddress[];
  /** The checked options of the caller. */
  readonly settings: BindSettings;
  /** What its associations can do. */
  readonly supports: AssociationSupport;
  /** What differs from the kernel's defaults. */
  readonly parameters: Partial<SctpParameters>;
  /** The kernel's send buffer, in bytes. */
  readonly sendBufferBytes: number;
  /** Time and timers. */
  readonly clock: Clock;
  /** How long a peer may take to take part in a graceful close. */
  readonly closeTimeoutMs: number;
}

interface Dial {
  readonly remote: RemoteEndpoint;
  readonly heartbeat: HeartbeatOptions;
  readonly limitAddress: IpAddress;
  resolve(association: SctpAssociation): void;
  reject(error: unknown): void;
}

const noAddress: IpAddress = new Uint8Array(4);
/** An abort has no content. */
const nothing = { data: new Uint8Array(0), payloadProtocolIdentifier: 0 };

/**
 * An endpoint of the kernel's SCTP: one socket in the one-to-many style, because only so it has one port for what it opens
 * and accepts, from which each association is peeled off when it is up (RFC 6458 section 9.2).
 */
export class KernelEndpoint implements SctpEndpoint {
  readonly port: number;
  readonly #options: KernelEndpointOptions;
  readonly #receiver: MessageReceiver;
  readonly #sender: MessageSender;
  readonly #socket: KernelSocket;
  readonly #poll: NativePoll;
  readonly #accepted: AcceptQueue;
  readonly #index: AssociationIndex<SctpAssociation> = new AssociationIndex();
  readonly #links: Set<KernelLink> = new Set();
  readonly #limiter: AssociationLimiter;
  readonly #attempts: ConnectionAttempts<SctpAssociation>;
  readonly #dials: Map<number, Dial> = new Map();
  readonly #silence: SilenceWatch;
  #addresses: readonly IpAddress[];
  #isClosed = false;
  #closing: Promise<void> | undefined;

  /**
   * @param options - Addresses, limits, the system.
   * @throws RserpoolError as binding does.
   */
  constructor(options: KernelEndpointOptions) {
    const { native, addresses, settings, parameters, clock } = options;
    this.#options = options;
    this.#addresses = addresses;
    this.#receiver = new MessageReceiver(native);
    this.#sender = new MessageSender(native);
    this.#silence = new SilenceWatch(clock);
    this.#accepted = new AcceptQueue(settings.maximumAssociations);
    this.#limiter = new AssociationLimiter(
      settings.maximumAssociations,
      settings.maximumAssociationsPerAddress,
    );
    this.#attempts = new ConnectionAttempts({
      clock,
      heartbeat: settings.heartbeat,
      reuse: true,
      find: (remote) => this.#index.find(remote),
      dial: (remote, dialOptions) => this.#dial(remote, dialOptions),
    });
    this.#socket = new KernelSocket(native, addresses, settings.port, settings.listen, parameters);
    this.port = this.#socket.port;
    this.#poll = native.poll(this.#socket.descriptor, () => this.#read());
  }

  get localAddresses(): readonly IpAddress[] {
    return this.#addresses;
  }

  get onAssociation(): ((association: Association) => void) | undefined {
    return this.#accepted.owner;
  }

  set onAssociation(owner: ((association: Association) => void) | undefined) {
    this.#accepted.owner = owner;
  }

  connect(remote: RemoteEndpoint, options: ConnectOptions = {}): Promise<Association> {
    return this.#attempts.connect(remote, options);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async setLocalAddresses(addresses: readonly IpAddress[]): Promise<void> {
    if (this.#isClosed) throw endpointClosedError();
    const wanted = concreteAddresses(addresses, true);
    const isIn = (list: readonly IpAddress[], address: IpAddress): boolean =>
      list.some((other) => bytesEqual(other, address));
    const added = wanted.filter((address) => !isIn(this.#addresses, address));
    const removed = this.#addresses.filter((address) => !isIn(wanted, address));
    const links = [...this.#links];
    for (const link of links) link.changeAddresses(added, [], this.port);
    try {
      this.#socket.changeAddresses(added, removed);
    } catch (error) {
      for (const link of links) link.changeAddresses([], added, this.port);
      throw error;
    }
    for (const link of links) link.changeAddresses([], removed, this.port);
    this.#addresses = wanted;
  }

  async #close(): Promise<void> {
    this.#isClosed = true;
    this.#accepted.clear();
    this.#attempts.close();
    await Promise.all(this.#index.all().map((association) => association.close()));
    await Promise.all([...this.#links].map((link) => link.ended));
    this.#poll.close();
    this.#socket.close();
  }

  #dial(remote: RemoteEndpoint, options: DialOptions): Promise<SctpAssociation> {
    const limitAddress = remote.addresses[0] ?? noAddress;
    const limit = this.#limiter.acquire(limitAddress);
    if (limit !== undefined) return Promise.reject(associationLimitError(limit));
    return new Promise((resolve, reject) => {
      let id: number;
      try {
        id = this.#socket.connect(remote.addresses, remote.port);
      } catch (error) {
        this.#limiter.release(limitAddress);
        reject(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      const onAbort = (): void => {
        const dial = this.#take(id);
        this.#abortUnpeeled(id);
        dial?.reject(endpointClosedError());
      };
      const finish = (): void => options.signal.removeEventListener('abort', onAbort);
      options.signal.addEventListener('abort', onAbort, { once: true });
      this.#dials.set(id, {
        remote,
        heartbeat: options.heartbeat,
        limitAddress,
        resolve: (association) => {
          finish();
          resolve(association);
        },
        reject: (error) => {
          finish();
          this.#limiter.release(limitAddress);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      });
    });
  }

  #take(id: number): Dial | undefined {
    const dial = this.#dials.get(id);
    this.#dials.delete(id);
    return dial;
  }

  #abortUnpeeled(id: number): void {
    this.#sender.send(this.#socket.descriptor, id, nothing, SendFlag.abort, 0);
  }

  /** Notifications of associations that have no socket of their own yet; their data waits until they have. */
  #read(): void {
    while (!this.#isClosed || this.#links.size > 0) {
      // One at a time: what is behind the news of an association moves to its own socket.
      if (this.#receiver.receive(this.#socket.descriptor, 1) === 0) return;
      const received = this.#receiver.at(0);
      const notification = received.isNotification ? decodeNotification(received.bytes) : undefined;
      if (notification?.type === 'associationChange') this.#onChange(notification);
    }
  }

  #onChange(change: KernelNotification & { readonly type: 'associationChange' }): void {
    if (change.state === AssociationChange.up) {
      this.#onUp(change.association, change.outboundStreams);
      return;
    }
    // While it is set up, the kernel does not tell a refusal from a timeout; but its timeout comes after minutes, when
    // the attempt has been given up long since.
    const dial = this.#take(change.association);
    dial?.reject(connectionRefusedError(dial.remote));
  }

  #onUp(id: number, outboundStreams: number): void {
    const { settings } = this.#options;
    const dial = this.#take(id);
    const remote = this.#socket.options.peer(id);
    const limitAddress = dial?.limitAddress ?? remote.addresses[0] ?? noAddress;
    const isRefused =
      dial === undefined &&
      (this.#isClosed || !settings.listen || this.#limiter.acquire(limitAddress) !== undefined);
    const descriptor = isRefused ? undefined : this.#socket.peelOff(id);
    if (descriptor === undefined) {
      this.#abortUnpeeled(id);
      if (!isRefused && dial === undefined) this.#limiter.release(limitAddress);
      dial?.reject(connectionRefusedError(dial.remote));
      return;
    }
    const link = new KernelLink({
      ...this.#options,
      id,
      receiver: this.#receiver,
      sender: this.#sender,
      descriptor,
      remote,
      inbound: dial === undefined,
      outboundStreams,
      heartbeat: dial?.heartbeat ?? settings.heartbeat,
      silence: this.#silence,
      onClosing: (association) => this.#index.remove(association),
      onRemote: (association, change) => {
        this.#index.remove(association);
        change();
        if (association.isOpen) this.#index.add(association);
      },
      onEnded: (ended) => {
        this.#index.remove(ended.association);
        this.#links.delete(ended);
        this.#limiter.release(limitAddress);
      },
    });
    this.#links.add(link);
    this.#index.add(link.association);
    if (dial === undefined) this.#accepted.push(link.association);
    else dial.resolve(link.association);
  }
}

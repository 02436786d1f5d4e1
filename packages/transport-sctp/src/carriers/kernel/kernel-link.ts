import { bytesEqual, type IpAddress, type RemoteEndpoint } from '@rserpool/wire';
import type { AssociationSupport, Clock, HeartbeatOptions, LossReason } from '@rserpool/transport';
import type { BindSettings } from '@rserpool/transport/internal';
import type { SctpParameters } from '../../core/sctp-input.ts';
import { type AssociationCarrier, SctpAssociation } from '../../shell/sctp-association.ts';
import type { NativeSockets } from '../native/native-sockets.ts';
import { bufferBytes } from './kernel-socket.ts';
import { KernelChannel } from './kernel-channel.ts';
import { silenceMsOf, superviseByKernel } from './kernel-supervision.ts';
import type { MessageReceiver } from './message-receiver.ts';
import type { MessageSender } from './message-sender.ts';
import type { KernelNotification } from './notifications.ts';
import { AssociationChange, NotificationType, PeerAddressChange, SctpOption } from './sctp-constants.ts';
import type { SilenceWatch, Watched } from './silence-watch.ts';
import { SocketOptions } from './socket-options.ts';

/** Options of {@link KernelLink}. */
export interface KernelLinkOptions {
  readonly native: NativeSockets;
  readonly receiver: MessageReceiver;
  readonly sender: MessageSender;
  /** The kernel's name of the association. */
  readonly id: number;
  /** The socket of this association. */
  readonly descriptor: number;
  readonly remote: RemoteEndpoint;
  readonly inbound: boolean;
  readonly outboundStreams: number;
  readonly heartbeat: HeartbeatOptions;
  readonly supports: AssociationSupport;
  readonly settings: BindSettings;
  readonly parameters: Partial<SctpParameters>;
  readonly sendBufferBytes: number;
  readonly clock: Clock;
  readonly closeTimeoutMs: number;
  readonly silence: SilenceWatch;
  /** The owner closes it: nobody is to find it any more. */
  readonly onClosing: (association: SctpAssociation) => void;
  /** Changes the peer's addresses. */
  readonly onRemote: (association: SctpAssociation, change: () => void) => void;
  /** It is gone. */
  readonly onEnded: (link: KernelLink) => void;
}

/** One association of the kernel with its socket: what the kernel tells becomes what the contract tells. */
export class KernelLink {
  readonly association: SctpAssociation;
  /** Settled when it is gone. */
  readonly ended: Promise<void>;
  readonly #options: KernelLinkOptions;
  readonly #channel: KernelChannel;
  readonly #socket: SocketOptions;
  readonly #watched: Watched;
  #resolveEnded: () => void = () => undefined;
  #isShutDownByPeer = false;
  #hasEnded = false;
  /** Whether its end is known, and only what failed is still to be read. */
  #isEnding = false;

  constructor(options: KernelLinkOptions) {
    const { native, receiver, sender, descriptor, supports, sendBufferBytes, heartbeat, silence } = options;
    this.#options = options;
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.#socket = new SocketOptions(native, descriptor);
    this.#socket.setBuffers(bufferBytes, bufferBytes);
    superviseByKernel(this.#socket, heartbeat, options.parameters);
    this.association = new SctpAssociation({ ...options, carrier: this.#carrier() });
    this.#channel = new KernelChannel({
      native,
      receiver,
      sender,
      descriptor,
      maximumMessageBytes: supports.maximumMessageBytes,
      sendBufferBytes,
      onMessage: (message) => {
        this.association.deliver(message);
        if (this.association.unreadBytes >= options.settings.receiveHighWaterMarkBytes) {
          this.#channel.setReading(false);
        }
      },
      onNotification: (notification) => this.#onNotification(notification),
      onTaken: (bytes) => this.association.acknowledged(bytes),
      askWhenDry: (isAsked) => this.#socket.setEvent(NotificationType.senderDry, isAsked),
      onTooLong: () => this.#abort('protocol-violation'),
    });
    this.#watched = {
      silenceMs: silenceMsOf(heartbeat),
      signs: () => this.#socket.receivedPackets(0),
      onLook: () => this.#channel.sent.look(),
      onSilent: () => this.#abort('heartbeat'),
    };
    silence.add(this.#watched);
  }

  /**
   * Adds local addresses or removes them; what the kernel refuses stays as it is. Addresses have to be added here before
   * the socket that listens has them: that one shares them with nobody who comes later.
   */
  changeAddresses(added: readonly IpAddress[], removed: readonly IpAddress[], port: number): void {
    if (added.length > 0) this.#socket.shareAddresses();
    for (const address of added) this.#socket.bind(SctpOption.bindAdd, address, port);
    for (const address of removed) this.#socket.bind(SctpOption.bindRemove, address, port);
  }

  #carrier(): AssociationCarrier {
    return {
      send: (_association, message) => this.#channel.send(message),
      consumed: (association) => {
        association.takeConsumed();
        if (association.unreadBytes <= this.#options.settings.receiveHighWaterMarkBytes / 2) {
          this.#channel.setReading(true);
        }
      },
      shutdown: (association) => this.#shutdown(association),
      abort: () => this.#abort('aborted'),
    };
  }

  #shutdown(association: SctpAssociation): Promise<void> {
    const { clock, closeTimeoutMs, onClosing } = this.#options;
    onClosing(association);
    // What still arrives is dropped, but has to be read, or the peer could not finish.
    this.#channel.setReading(true);
    this.#channel.shutdown();
    const timer = clock.setTimer(clock.now() + closeTimeoutMs, () => this.#abort('aborted'));
    return this.ended.then(() => clock.clearTimer(timer));
  }

  #abort(reason: LossReason): void {
    if (this.#hasEnded || this.#isEnding) return;
    this.#options.onClosing(this.association);
    const waiting = this.#channel.takeWaiting();
    this.#channel.abort();
    for (const message of waiting) this.association.sendFailed(message);
    this.#end(reason);
  }

  #onNotification(notification: KernelNotification): void {
    switch (notification.type) {
      case 'associationChange':
        this.#onChange(notification);
        return;
      case 'peerAddressChange':
        this.#onPeerAddress(notification.address, notification.state);
        return;
      case 'sendFailed': {
        const message = this.#channel.sent.take(notification.context);
        if (message !== undefined) this.association.sendFailed(message);
        return;
      }
      case 'shutdown':
        this.#isShutDownByPeer = true;
        return;
      case 'senderDry':
        this.#channel.sent.clear();
    }
  }

  #onChange(change: KernelNotification & { readonly type: 'associationChange' }): void {
    switch (change.state) {
      case AssociationChange.restart:
        this.association.restarted();
        return;
      case AssociationChange.shutdownComplete:
        this.#end('closed-by-peer');
        return;
      case AssociationChange.lost:
      case AssociationChange.cannotStart:
        for (const message of this.#channel.takeWaiting()) this.association.sendFailed(message);
        this.#end(change.hasAbort ? 'aborted' : this.#isShutDownByPeer ? 'closed-by-peer' : 'unreachable');
        return;
      default:
        return;
    }
  }

  /** It is gone; what it could not deliver is told behind that, and is read before the owner is told. */
  #end(reason: LossReason): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#options.silence.remove(this.#watched);
    queueMicrotask(() => {
      this.#channel.drain();
      this.#channel.close();
      this.#hasEnded = true;
      this.#options.onEnded(this);
      this.association.gone(reason);
      this.#resolveEnded();
    });
  }

  #onPeerAddress(address: IpAddress, state: number): void {
    if (state === PeerAddressChange.added || state === PeerAddressChange.removed) {
      const { addresses } = this.#socket.peer(0);
      if (addresses.length > 0) {
        this.#options.onRemote(this.association, () => this.association.remoteAddresses(addresses));
      }
    }
    const isActive =
      state === PeerAddressChange.available ||
      state === PeerAddressChange.confirmed ||
      state === PeerAddressChange.madePrimary ||
      state === PeerAddressChange.added;
    const primary = this.#socket.primaryAddress(0);
    this.association.pathChanged({
      address,
      state: isActive ? 'active' : 'inactive',
      primary: primary !== undefined && bytesEqual(primary, address),
    });
  }
}

import type { IpAddress, RemoteEndpoint } from '@rserpool/wire';

/** What a transport's associations can do. SCTP does all of it; a mapping to TCP may lack some. */
export interface AssociationSupport {
  /**
   * Whether payload protocol identifiers are carried, so that ASAP control messages (PPID 11) travel beside the
   * application's data (RFC 5352 section 5). Where it is false, a pool user and a pool element have data only.
   */
  readonly controlChannel: boolean;
  /** Whether a message arrives as it was sent; otherwise messages are arbitrary pieces of a byte stream. */
  readonly messageBoundaries: boolean;
  /** Whether the stream number is carried; otherwise it arrives as 0. */
  readonly streams: boolean;
  /**
   * Whether a message may be empty. SCTP has no empty user messages (RFC 9260 section 3.3.1) and refuses them with
   * `ERR_RSERPOOL_INVALID_ARGUMENT`; on a byte stream nothing arrives.
   */
  readonly emptyMessages: boolean;
  /** Whether the unordered flag is carried (the order may still be kept); otherwise it arrives as false. */
  readonly unordered: boolean;
  /** Whether a silent peer is noticed within the time that {@link HeartbeatOptions} give. */
  readonly heartbeats: boolean;
  /**
   * Whether an association uses all addresses of both endpoints: it goes on where one path fails, and
   * {@link AssociationHandlers.pathChanged} tells.
   */
  readonly multiHoming: boolean;
  /** Whether connecting to an endpoint with an association that is up returns that association. */
  readonly reuse: boolean;
  /** The longest message that `send` takes, in bytes. */
  readonly maximumMessageBytes: number;
}

/** A message to send. Its bytes belong to the transport until it is sent: do not change them afterwards. */
export interface OutboundMessage {
  /** The bytes; at most {@link AssociationSupport.maximumMessageBytes}. */
  readonly data: Uint8Array;
  /** The SCTP payload protocol identifier, 0 .. 2^32 - 1: 11 is ASAP, 12 ENRP, others are the application's. */
  readonly payloadProtocolIdentifier: number;
  /** The stream, 0 .. 65535; 0 by default. Order is kept within one stream. */
  readonly stream?: number;
  /** Whether it may overtake messages that were sent before it; false by default. */
  readonly unordered?: boolean;
}

/** A message that arrived. Its bytes belong to the receiver: the transport never changes them again. */
export interface InboundMessage {
  /** The bytes. */
  readonly data: Uint8Array;
  /** The SCTP payload protocol identifier that the sender gave, or the transport's fixed one. */
  readonly payloadProtocolIdentifier: number;
  /** The stream it arrived on; 0 where the transport has no streams. */
  readonly stream: number;
  /** Whether it may have overtaken others. */
  readonly unordered: boolean;
}

/**
 * Why an association is gone:
 * - `closed-by-peer`: the peer closed it gracefully, and everything that it had sent was delivered before;
 * - `aborted`: the peer aborted it;
 * - `reset`: the peer does not know it any more, usually because its process died;
 * - `heartbeat`: no sign of life for `intervalMs * maximumMissed` ({@link HeartbeatOptions});
 * - `unreachable`: the network gave up delivering;
 * - `protocol-violation`: the peer sent what is not allowed, so the association was aborted from this side;
 * - `restarted`: the peer has lost its state and set the association up anew.
 */
export type LossReason =
  | 'closed-by-peer'
  | 'aborted'
  | 'reset'
  | 'heartbeat'
  | 'unreachable'
  | 'protocol-violation'
  | 'restarted';

/** What became of one of the peer's addresses; only multi-homed transports tell. */
export interface PathChange {
  /** The peer's address that the path leads to. */
  readonly address: IpAddress;
  /** Whether messages get through. */
  readonly state: 'active' | 'inactive';
  /** Whether it is the path in use. */
  readonly primary: boolean;
}

/**
 * What the owner of an association is told. Handlers run synchronously and one at a time, never inside the call
 * that assigned them, and must not throw.
 */
export interface AssociationHandlers {
  /** A message arrived. Messages wait until this handler is there, and while the association is paused. */
  readonly message?: (message: InboundMessage) => void;
  /**
   * The association is gone; told once, after all messages that arrived, and never after the owner itself closed
   * or aborted it.
   */
  readonly lost?: (reason: LossReason) => void;
  /** After `send` returned false: there is room again. */
  readonly writable?: () => void;
  /**
   * A message that `send` had taken was not delivered as far as this side knows: over TCP it did not leave this host,
   * with SCTP and in memory it was not acknowledged. Told before `lost`. Of others nobody knows whether they arrived.
   */
  readonly sendFailed?: (message: OutboundMessage) => void;
  /**
   * The peer lost its state and set the same association up anew (RFC 9260 section 5.2); it goes on, but what was
   * under way is lost. Transports without that notion report `lost` and accept a new association.
   */
  readonly restarted?: () => void;
  /** A path of a multi-homed association changed. */
  readonly pathChanged?: (change: PathChange) => void;
}

/**
 * A reliable, message-oriented connection between two endpoints, as SCTP has it (RFC 9260 section 1.3).
 */
export interface Association {
  /** The peer's endpoint: its own port (not an ephemeral one, where it has one) and its verified addresses. */
  readonly remote: RemoteEndpoint;
  /** Whether the peer opened it. */
  readonly inbound: boolean;
  /** What this association can do. */
  readonly supports: AssociationSupport;
  /**
   * What the owner wants to be told; empty at first. Assign a whole object: messages, and a loss after them, wait
   * until one with a `message` handler is there, and are then delivered after the current code has run.
   */
  handlers: AssociationHandlers;
  /**
   * Sends a message. It is taken even where the result is false, up to a hard limit.
   *
   * @param message - What to send.
   * @returns False when as much as the high-water mark waits to be sent: wait for `writable` before sending more.
   * @throws RserpoolError `ERR_RSERPOOL_ASSOCIATION_CLOSED` after a loss or after it was closed,
   *   `ERR_RSERPOOL_MESSAGE_TOO_LONG`, `ERR_RSERPOOL_SEND_BUFFER_FULL` when the hard limit
   *   ({@link BindOptions.maximumSendBufferBytes}) is reached and the message was not taken,
   *   `ERR_RSERPOOL_INVALID_ARGUMENT` for what the transport cannot carry.
   */
  send(message: OutboundMessage): boolean;
  /** Stops the delivery of messages; what arrives waits here up to a mark, and then at the peer. */
  pause(): void;
  /** Goes on with the delivery, after the current code has run. */
  resume(): void;
  /**
   * Closes gracefully: what was sent is delivered, then the peer is told `closed-by-peer`. What arrives meanwhile is
   * dropped, and no handler is called any more but `sendFailed`.
   *
   * @returns When it is closed. It never rejects, and waits for a peer that does not take part only for a while.
   */
  close(): Promise<void>;
  /** Drops the association and what waits to be sent at once; the peer is told `aborted`. */
  abort(): void;
}

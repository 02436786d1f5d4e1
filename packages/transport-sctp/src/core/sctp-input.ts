import type { AssociationId, IpAddress, RemoteEndpoint } from '@rserpool/wire';

/** A packet that came in. */
export interface PacketInput {
  /** Which input it is. */
  readonly type: 'packet';
  /** The whole SCTP packet, without UDP or IP header. It belongs to the machine: nobody changes it afterwards. */
  readonly bytes: Uint8Array;
  /** The address that it came from. */
  readonly source: IpAddress;
  /** The local address that it came to. */
  readonly destination: IpAddress;
  /** The UDP port that it came from (RFC 6951 section 5.4), 1 .. 65535; 0 where it came without encapsulation. */
  readonly encapsulationPort: number;
}

/** Opens an association (ASSOCIATE, RFC 9260 section 11.1.2); answered by one `associationUp` or `associationLost`. */
export interface AssociateInput {
  /** Which input it is. */
  readonly type: 'associate';
  /** Its name from now on, drawn by the shell from the allocator that the machine uses, too. */
  readonly association: AssociationId;
  /** Where to: the first address is tried first, the others when it does not answer. */
  readonly remote: RemoteEndpoint;
  /** What is different from the endpoint's parameters. */
  readonly parameters?: Partial<AssociationParameters>;
}

/** Sends a user message (SEND, RFC 9260 section 11.1.5). It is cut into DATA chunks when packets are polled. */
export interface SendInput {
  /** Which input it is. */
  readonly type: 'send';
  /** The association to send it on. */
  readonly association: AssociationId;
  /** The message, at least 1 byte. It belongs to the machine until it was acknowledged or failed. */
  readonly data: Uint8Array;
  /** The payload protocol identifier, 0 .. 2^32 - 1. */
  readonly payloadProtocolIdentifier: number;
  /** The stream, below the number of outbound streams of the association. */
  readonly stream: number;
  /** Whether it may overtake (U bit). */
  readonly unordered: boolean;
  /** Told back in `sendFailed`; the machine does not look into it. */
  readonly context?: unknown;
}

/** What the application (or the operator) wants of an association that exists. */
export type AssociationInput =
  /** The application has read so many bytes of user data: the receive window opens again. */
  | { readonly type: 'consumed'; readonly association: AssociationId; readonly bytes: number }
  /** Ends it gracefully (SHUTDOWN, section 9.2); answered by `associationLost` with the reason `closed`. */
  | { readonly type: 'shutdown'; readonly association: AssociationId }
  /** Ends it at once (ABORT, section 9.1); not answered. `reason` travels as the upper layer's abort reason. */
  | { readonly type: 'abort'; readonly association: AssociationId; readonly reason?: Uint8Array }
  /** Prefers a path for what is sent (SETPRIMARY, section 11.1.6). */
  | { readonly type: 'setPrimary'; readonly association: AssociationId; readonly address: IpAddress }
  /** Sends a HEARTBEAT at once (REQUESTHEARTBEAT, section 11.1.9). */
  | { readonly type: 'requestHeartbeat'; readonly association: AssociationId; readonly address: IpAddress }
  /** The network says that an address cannot be reached (ICMP): counts as one lost packet on that path. */
  | { readonly type: 'unreachable'; readonly address: IpAddress };

/** The endpoint's local addresses changed (RFC 5061): they are added to and removed from every association. */
export interface LocalAddressesInput {
  /** Which input it is. */
  readonly type: 'localAddresses';
  /** All of them from now on, the preferred one first. */
  readonly addresses: readonly IpAddress[];
}

/** What may happen to an SCTP endpoint. */
export type SctpInput = PacketInput | AssociateInput | SendInput | AssociationInput | LocalAddressesInput;

/** The protocol parameters that an association may have of its own (RFC 9260 section 16, and what is marked). */
export interface AssociationParameters {
  /** RTO.Initial in milliseconds; 1000 by default. */
  readonly rtoInitialMs: number;
  /** RTO.Min in milliseconds; 1000 by default. Keep it above the peer's delay of a SACK. */
  readonly rtoMinMs: number;
  /** RTO.Max in milliseconds; 60000 by default. */
  readonly rtoMaxMs: number;
  /** Max.Burst in packets; 4 by default. */
  readonly maxBurst: number;
  /** Association.Max.Retrans; 10 by default. */
  readonly associationMaxRetrans: number;
  /** Path.Max.Retrans; 5 by default. */
  readonly pathMaxRetrans: number;
  /** Max.Init.Retransmits; 8 by default. */
  readonly maxInitRetransmits: number;
  /** HB.interval in milliseconds; 30000 by default. 0 turns heartbeats off. */
  readonly heartbeatIntervalMs: number;
  /** Potentially failed threshold, PFMR of RFC 7829; 0 by default: the first timeout moves traffic to another path. */
  readonly potentiallyFailedMaxRetrans: number;
  /**
   * Beyond RFC 9260: how often the end of what was sent is probed before T3-rtx expires, and losses are found by time as in
   * RFC 8985, which matters as RTO.Min is so long; 3 by default. 0 does neither.
   */
  readonly tailLossProbes: number;
  /**
   * Beyond the RFC: the association is lost with the reason `heartbeat` when no packet of the peer came by any path for
   * so long although it was asked for signs of life, in milliseconds; by default undefined (the RFC's counters alone decide).
   * Heartbeats are sent often enough to keep a living peer, also where heartbeatIntervalMs is longer.
   */
  readonly maximumSilenceMs?: number;
}

/** The protocol parameters of an endpoint. */
export interface SctpParameters extends AssociationParameters {
  /** Valid.Cookie.Life in milliseconds; 60000 by default. */
  readonly validCookieLifeMs: number;
  /** SACK delay in milliseconds, at most 500; 200 by default. */
  readonly sackDelayMs: number;
  /** Every how many packets with DATA a SACK is sent at the latest; 2 by default. */
  readonly sackFrequency: number;
  /** HB.Max.Burst; 1 by default. */
  readonly heartbeatMaxBurst: number;
  /** The largest SCTP packet without IP and UDP headers, in bytes, a multiple of 4; 1232 by default (fits IPv6's minimum of 1280). */
  readonly maximumPacketBytes: number;
  /**
   * The same for loopback addresses, in bytes, a multiple of 4; 7680 by default. Nothing is on the way there that could take
   * less: every system's loopback interface takes 16 KiB at least.
   */
  readonly loopbackPacketBytes: number;
  /** The receive window that each association offers, in bytes, at least 1500; 262144 by default. */
  readonly receiveWindowBytes: number;
  /** The outbound streams that are asked for, 1 .. 65535; 16 by default. */
  readonly outboundStreams: number;
  /** The most inbound streams that are allowed, 1 .. 65535; 2048 by default. */
  readonly maximumInboundStreams: number;
  /** The longest user message that is sent or put together again, in bytes; 1048576 by default (at most what the window allows is held). */
  readonly maximumMessageBytes: number;
}

import type { AssociationId, IpAddress, RemoteEndpoint } from '@rserpool/wire';

/** A packet to send. */
export interface PacketOutput {
  /** Which output it is. */
  readonly type: 'packet';
  /** The whole SCTP packet with its CRC32c. It is the receiver's from now on: the machine never changes it again. */
  readonly bytes: Uint8Array;
  /** The local address to send it from. */
  readonly source: IpAddress;
  /** Where to. */
  readonly destination: IpAddress;
  /** The UDP port to send it to; 0 without encapsulation. */
  readonly encapsulationPort: number;
}

/** Why an association is gone, or did not come up. */
export type SctpLossReason =
  /** This side's `shutdown` is done. */
  | 'closed'
  /** The peer shut it down; everything was delivered before. */
  | 'closed-by-peer'
  /** The peer aborted it. */
  | 'aborted'
  /** The peer's host does not know it any more: an ABORT with the T bit and this side's own tag (section 8.5.1 B). */
  | 'reset'
  /** Nobody answered to INIT or COOKIE ECHO (Max.Init.Retransmits). */
  | 'setup-timeout'
  /** The peer's host answered INIT with an ABORT: nobody listens, or it refuses. */
  | 'refused'
  /** Association.Max.Retrans was exceeded. */
  | 'unreachable'
  /** Nothing came for `maximumSilenceMs`. */
  | 'heartbeat'
  /** The peer broke the protocol; it was aborted from this side. */
  | 'protocol-violation'
  /** The peer's cookie expired three times. */
  | 'stale-cookie'
  /** This endpoint has as many associations as it may have. */
  | 'resources';

/** The state of a path (RFC 9260 section 8.2, RFC 7829). */
export type PathState = 'unconfirmed' | 'active' | 'potentially-failed' | 'inactive';

/** What an SCTP endpoint wants done, or tells. */
export type SctpOutput =
  | PacketOutput
  /** COMMUNICATION UP: one that was asked for, or one that the peer opened (`inbound`; its name was drawn from the allocator). */
  | {
      readonly type: 'associationUp';
      readonly association: AssociationId;
      readonly inbound: boolean;
      readonly remote: RemoteEndpoint;
      readonly outboundStreams: number;
      readonly inboundStreams: number;
    }
  /** COMMUNICATION LOST or SHUTDOWN COMPLETE; the name is not used any more. After all messages and `sendFailed`. */
  | {
      readonly type: 'associationLost';
      readonly association: AssociationId;
      readonly reason: SctpLossReason;
      /** What the peer said about it, in plain words, where it said something. */
      readonly detail?: string;
    }
  /** RESTART (section 5.2.4 A): the same association anew; what was under way was told as `sendFailed`. */
  | { readonly type: 'associationRestarted'; readonly association: AssociationId }
  /** DATA ARRIVE: a whole user message, in the order of its stream. Report `consumed` when it was read. */
  | {
      readonly type: 'message';
      readonly association: AssociationId;
      readonly data: Uint8Array;
      readonly payloadProtocolIdentifier: number;
      readonly stream: number;
      readonly unordered: boolean;
    }
  /** So many bytes of user data were acknowledged and need not be kept any more. Bundled: at most one for each packet that came in. */
  | { readonly type: 'acknowledged'; readonly association: AssociationId; readonly bytes: number }
  /** SEND FAILURE: not acknowledged when the association ended or restarted. */
  | {
      readonly type: 'sendFailed';
      readonly association: AssociationId;
      readonly data: Uint8Array;
      readonly payloadProtocolIdentifier: number;
      readonly stream: number;
      readonly unordered: boolean;
      readonly context: unknown;
    }
  /** NETWORK STATUS CHANGE: of one path, or which one is the primary. */
  | {
      readonly type: 'pathChanged';
      readonly association: AssociationId;
      readonly address: IpAddress;
      readonly state: PathState;
      readonly primary: boolean;
    }
  /** The peer's addresses changed (RFC 5061). */
  | {
      readonly type: 'remoteAddresses';
      readonly association: AssociationId;
      readonly addresses: readonly IpAddress[];
    }
  /** COMMUNICATION ERROR: an ERROR chunk came. */
  | {
      readonly type: 'operationError';
      readonly association: AssociationId;
      readonly causes: readonly { readonly code: number; readonly value: Uint8Array }[];
    };

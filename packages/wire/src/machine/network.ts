import type { DecodeError } from '../decode-result.ts';
import type { IpAddress } from '../parameters/ip-address.ts';
import type { ErrorCause } from '../parameters/operation-error.ts';

/**
 * Names one association between a machine and the shell that drives it. The machine draws the numbers of the
 * associations that it opens, the shell those of the ones that it accepts, both from one allocator.
 */
export type AssociationId = number;

/** Draws a number for a new association; never the same twice. */
export type AllocateAssociation = () => AssociationId;

/** A multicast group, as the profiles name them. */
export interface MulticastGroup {
  /** Its address. */
  readonly group: IpAddress;
  /** The port that its datagrams are sent to. */
  readonly port: number;
  /** How many routers a datagram may cross, 0 .. 255. */
  readonly timeToLive: number;
}

/** Where the other end of an association is: one port and every address that it is known by. */
export interface RemoteEndpoint {
  /** The addresses, the preferred one first; at least one. */
  readonly addresses: readonly IpAddress[];
  /** The SCTP (or TCP) port, 1 .. 65535. */
  readonly port: number;
}

/** What the network may do to a machine. */
export type NetworkInput<Message> =
  /** A message arrived; `reports` are the error causes that RFC 5354 section 3 wants sent back for it. */
  | {
      readonly type: 'message';
      readonly association: AssociationId;
      readonly message: Message;
      readonly reports: readonly ErrorCause[];
    }
  /** Something arrived that is no message; `error` says what RFC 5354 wants done. */
  | { readonly type: 'malformed'; readonly association: AssociationId; readonly error: DecodeError }
  /** An association that the machine opened is up, or the shell accepted one (`inbound`). */
  | {
      readonly type: 'associationUp';
      readonly association: AssociationId;
      readonly remote: RemoteEndpoint;
      readonly inbound: boolean;
    }
  /** An association is gone or could not be opened; `reason` is `aborted` exactly where the peer aborted it. */
  | { readonly type: 'associationLost'; readonly association: AssociationId; readonly reason: string }
  /** A datagram came in on the group (multicast). */
  | { readonly type: 'groupMessage'; readonly message: Message; readonly source: RemoteEndpoint };

/** What a machine may want from the network. */
export type NetworkOutput<Message> =
  /** Send a message. Where the association is gone meanwhile, an `associationLost` follows or has been queued. */
  | {
      readonly type: 'send';
      readonly association: AssociationId;
      readonly message: Message;
      /** The bytes of the message where the machine has them already: then `message` may be decoded when it is read. */
      readonly encoded?: Uint8Array;
    }
  /** Open an association; answered by exactly one `associationUp` or `associationLost`. */
  | { readonly type: 'open'; readonly association: AssociationId; readonly remote: RemoteEndpoint }
  /** Close an association gracefully, or at once (`abort`); no `associationLost` follows. */
  | { readonly type: 'close'; readonly association: AssociationId; readonly abort: boolean }
  /** Send a datagram to the group; nothing happens where the transport has none. */
  | { readonly type: 'sendGroup'; readonly message: Message };

import type { PoolElementOfPool, ResolutionFailure, ResolvedPool } from '@rserpool/asap';
import type { AsapMessage, AssociationId, ErrorCause, PoolElement, UserTransport } from '@rserpool/wire';
import type { ElementLossReason } from '../attempt-failure.ts';
import type { SessionNetworkInput } from '../session-input.ts';
import type { SessionMessage } from '../session-message.ts';

/** The caller's number for one data_send_request. */
export type DeliveryId = number;

/** Where a message goes (destinationAddress and typeOfAddress of RFC 5352 section 6.5). */
export type Destination =
  /** A pool: one element by its policy, or all of them (section 6.5.1). */
  | { readonly type: 'pool'; readonly poolHandle: Uint8Array }
  /** One element of a pool, at the address that it has here (section 6.5.3). */
  | { readonly type: 'poolElement'; readonly poolHandle: Uint8Array; readonly poolElement: PoolElement }
  /** A transport address, past ASAP: nothing is resolved, reported or sent again (section 6.5.4). */
  | { readonly type: 'transportAddress'; readonly transport: UserTransport };

/** The message delivery options of RFC 5352 section 6.5.5, but for the order, which the message has. */
export interface DeliveryOptions {
  /**
   * Whether another element of the pool gets the message where the first one is unreachable (ASAP_SEND_FAILOVER,
   * ASAP_SEND_NO_FAILOVER); true by default. Counts for nothing with `toAll` and for a transport address.
   */
  readonly failover?: boolean;
  /** Send to the element that got the last message for this pool (ASAP_SEND_TO_LAST), where there is one. */
  readonly toLast?: boolean;
  /** Send a copy to each element of the pool but the sender itself (ASAP_SEND_TO_ALL). */
  readonly toAll?: boolean;
  /** With `toAll`: to the sender itself, too, where it is an element of the pool (ASAP_SEND_TO_SELF). */
  readonly toSelf?: boolean;
}

/** Whom a message was sent to, or came from. */
export interface DeliveryTarget {
  /** Where it is. */
  readonly transport: UserTransport;
  /** Which element it is; absent for a transport address. */
  readonly element: PoolElementOfPool | undefined;
}

/** Why a message was not delivered, as far as is known here. */
export type DeliveryFailure =
  /** The target could not be reached or was lost, and the options allow no other one. */
  | { readonly reason: 'unreachable'; readonly target: DeliveryTarget; readonly loss: ElementLossReason }
  /** Each element that can be reached was tried, or none can; `last` is the last one that failed. */
  | { readonly reason: 'noElement'; readonly last?: ElementLossReason }
  /** The pool handle could not be resolved. */
  | {
      readonly reason: 'resolution';
      readonly resolution: ResolutionFailure;
      readonly causes: readonly ErrorCause[];
    }
  /** `failoverTimeoutMs` is over. */
  | { readonly reason: 'timeout' }
  /** Too much waits, or there are too many associations: {@link DeliveryLimits}. */
  | { readonly reason: 'limit' }
  /** The pool user was shut down. */
  | { readonly reason: 'closed' };

/** What happens to messages: each attempt is an event, none is silent. */
export type DeliveryEvent =
  /** An element could not be reached, or was lost before it got the message; `attempt` counts from 1. */
  | {
      readonly type: 'deliveryAttemptFailed';
      readonly delivery: DeliveryId;
      readonly target: DeliveryTarget;
      readonly loss: ElementLossReason;
      readonly attempt: number;
    }
  /** A message was handed to the association with its target. */
  | { readonly type: 'messageSent'; readonly delivery: DeliveryId; readonly target: DeliveryTarget }
  /**
   * Error.Report (RFC 5352 section 6.7): a message, or one copy of it, was not delivered. `mayHaveArrived` tells that it
   * had been handed to an association, which gave it back.
   */
  | {
      readonly type: 'deliveryFailed';
      readonly delivery: DeliveryId;
      readonly message: SessionMessage;
      readonly failure: DeliveryFailure;
      readonly mayHaveArrived: boolean;
    }
  /** The target reported an error (ASAP_ERROR), or sent what does not belong on a control channel. */
  | {
      readonly type: 'deliveryControlError';
      readonly target: DeliveryTarget;
      readonly messageType: string;
      readonly causes: readonly ErrorCause[];
    };

/** What may happen to a `DeliveryMachine`. */
export type DeliveryInput =
  /** Send a message (data_send_request). Answered by exactly one `delivered` or `notDelivered`. */
  | {
      readonly type: 'deliver';
      readonly delivery: DeliveryId;
      readonly destination: Destination;
      readonly message: SessionMessage;
      readonly options?: DeliveryOptions;
    }
  /** Forget a message that was not handed to an association yet; no answer follows. */
  | { readonly type: 'cancelDelivery'; readonly delivery: DeliveryId }
  /** The answer to `resolve`. */
  | { readonly type: 'resolved'; readonly request: DeliveryId; readonly pool: ResolvedPool }
  /** The other answer to `resolve`. */
  | {
      readonly type: 'resolutionFailed';
      readonly request: DeliveryId;
      readonly reason: ResolutionFailure;
      readonly causes: readonly ErrorCause[];
    }
  /** What the network does with the associations. */
  | SessionNetworkInput
  /** End: what waits fails with `closed`, associations are closed gracefully. */
  | { readonly type: 'shutdown' };

/** What single messages want of the network. */
export type DeliveryNetworkOutput =
  /** Open an association; answered by exactly one `associationUp` or `associationLost`, unless `close` comes before. */
  | { readonly type: 'open'; readonly association: AssociationId; readonly transport: UserTransport }
  /** Close it gracefully, or at once (`abort`); nothing is told of it any more. */
  | { readonly type: 'close'; readonly association: AssociationId; readonly abort: boolean }
  /** Send a message of the application. */
  | { readonly type: 'sendData'; readonly association: AssociationId; readonly message: SessionMessage }
  /** Send an ASAP message with ASAP's payload protocol identifier, ordered, on stream 0. */
  | { readonly type: 'sendControl'; readonly association: AssociationId; readonly message: AsapMessage };

/** What the application is told. */
export type DeliveryApplicationOutput =
  /** The message was handed to the associations with these targets; with `toAll`, `failures` are of the others. */
  | {
      readonly type: 'delivered';
      readonly delivery: DeliveryId;
      readonly targets: readonly DeliveryTarget[];
      readonly failures: readonly DeliveryFailure[];
    }
  /** It was handed to nobody. */
  | { readonly type: 'notDelivered'; readonly delivery: DeliveryId; readonly failure: DeliveryFailure }
  /** A message came (data.received of RFC 5352 section 6.6). */
  | { readonly type: 'received'; readonly message: SessionMessage; readonly sender: DeliveryTarget }
  /** Something happened. */
  | { readonly type: 'event'; readonly event: DeliveryEvent };

/** What a `DeliveryMachine` may want done. */
export type DeliveryOutput =
  | DeliveryNetworkOutput
  | DeliveryApplicationOutput
  /** Resolve a pool handle; answered with the same `request`. */
  | {
      readonly type: 'resolve';
      readonly request: DeliveryId;
      readonly poolHandle: Uint8Array;
      readonly bypassCache: boolean;
    }
  /** The answer is not needed any more. */
  | { readonly type: 'cancelResolution'; readonly request: DeliveryId }
  /** Resolve a pool handle into the cache where that has no fresh entry (RFC 5352 sections 3.9 BC1 and 6.5.3 B). */
  | { readonly type: 'populateCache'; readonly poolHandle: Uint8Array }
  /** Tell a registrar that the element is unreachable, and forget it in the cache. */
  | {
      readonly type: 'reportUnreachable';
      readonly poolHandle: Uint8Array;
      readonly poolElementIdentifier: number;
    };

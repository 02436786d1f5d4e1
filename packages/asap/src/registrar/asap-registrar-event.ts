import type { AssociationId, ErrorCause, IpAddress, RemoteEndpoint } from '@rserpool/wire';
import type { AsapRegistrarLimits } from './asap-registrar-limits.ts';

/** Identifies the pool element in each event about one. */
export interface RegistrarElementIdentity {
  /** The pool's handle. */
  readonly poolHandle: Uint8Array;
  /** The element's identifier. */
  readonly poolElementIdentifier: number;
}

/** Why the registrar removed a pool element by itself. */
export type ElementRemovalReason =
  /** No ASAP_ENDPOINT_KEEP_ALIVE_ACK within `keepAliveTimeoutMs` (RFC 5352 section 3.5). */
  | 'keepAliveTimeout'
  /** No association to it could be opened, or it broke before the acknowledgement. */
  | 'unreachable'
  /** More than MAX-BAD-PE-REPORT reports (section 3.5). */
  | 'badReports';

/** Why an ASAP_ENDPOINT_KEEP_ALIVE goes to an element outside of its interval. */
export type ProbeReason =
  /** A user or element reported it (section 3.5). */
  | 'report'
  /** Its association broke. */
  | 'associationLost'
  /** A takeover made this registrar its home registrar: the H flag is set (RFC 5353 section 3.5). */
  | 'adoption';

/** What an {@link AsapRegistrarMachine} reports: every change of its state. */
export type AsapRegistrarEvent =
  /** A registration was granted. */
  | ({
      readonly type: 'elementRegistered';
      /** Whether the element was known already. */
      readonly reregistration: boolean;
      /** Its home registrar before, where it was known. */
      readonly previousHomeRegistrar: number | undefined;
      readonly association: AssociationId;
    } & RegistrarElementIdentity)
  /** A registration was rejected (R flag). */
  | ({
      readonly type: 'registrationRejected';
      readonly causes: readonly ErrorCause[];
      readonly association: AssociationId;
    } & RegistrarElementIdentity)
  /**
   * Addresses that an element wanted to register are not its own or do not reach far enough. The registration is
   * granted without them, or rejected where none is left.
   */
  | ({
      readonly type: 'addressesRefused';
      readonly addresses: readonly IpAddress[];
      readonly association: AssociationId;
    } & RegistrarElementIdentity)
  /** A deregistration was granted; `known` is `false` where there was no such element. */
  | ({
      readonly type: 'elementDeregistered';
      readonly known: boolean;
      readonly association: AssociationId;
    } & RegistrarElementIdentity)
  /** A deregistration by somebody else than the element was rejected (section 2.2.2). */
  | ({
      readonly type: 'deregistrationRejected';
      readonly association: AssociationId;
    } & RegistrarElementIdentity)
  /** The registration life of an own element ran out. */
  | ({ readonly type: 'elementExpired' } & RegistrarElementIdentity)
  /** The registrar found an element dead or bad and removed it; `own` tells whether it was its home registrar. */
  | ({
      readonly type: 'elementRemoved';
      readonly reason: ElementRemovalReason;
      readonly own: boolean;
    } & RegistrarElementIdentity)
  /**
   * A peer removed an own element, or one that had gone to it and is still connected here; a living one is told, and
   * registers again. Where `causes` are given its pool was founded twice, and the other side's elements have
   * precedence: the element may not register again as it is.
   */
  | ({
      readonly type: 'elementRemovedByPeer';
      readonly causes: readonly ErrorCause[];
    } & RegistrarElementIdentity)
  /** A keep-alive goes to the element outside of its interval. */
  | ({ readonly type: 'elementProbed'; readonly reason: ProbeReason } & RegistrarElementIdentity)
  /** The element answered a probe (not a periodic keep-alive). */
  | ({ readonly type: 'elementAlive'; readonly reason: ProbeReason } & RegistrarElementIdentity)
  /** The association to an own element broke. */
  | ({
      readonly type: 'elementAssociationLost';
      readonly association: AssociationId;
      readonly reason: string;
    } & RegistrarElementIdentity)
  /** An ASAP_ENDPOINT_UNREACHABLE about a known element came in; `reports` counts since its last registration. */
  | ({
      readonly type: 'unreachableReported';
      readonly reports: number;
      /** Whether it counts; one that the same user repeats too soon does not. */
      readonly counted: boolean;
      readonly association: AssociationId;
    } & RegistrarElementIdentity)
  /** An association subscribed to a pool (section 2.2.5). */
  | {
      readonly type: 'poolSubscribed';
      readonly poolHandle: Uint8Array;
      readonly association: AssociationId;
    }
  /** A subscription was not granted: the A flag of the answer is 0. */
  | {
      readonly type: 'subscriptionRefused';
      readonly poolHandle: Uint8Array;
      readonly association: AssociationId;
      readonly limit: Extract<keyof AsapRegistrarLimits, `maximumSubscriptions${string}`>;
    }
  /**
   * A pool changed, and its subscribers are being told. With 0 `elements` it is gone, or its first one does not fit a
   * message, and the subscriptions end.
   */
  | {
      readonly type: 'poolUpdated';
      readonly poolHandle: Uint8Array;
      readonly elements: number;
      readonly subscribers: number;
    }
  /** An association sends more in a second than a limit allows; told once a second while it does. */
  | {
      readonly type: 'rateExceeded';
      readonly limit: Extract<
        keyof AsapRegistrarLimits,
        'maximumReportsPerSecond' | 'maximumResolutionsPerSecond'
      >;
      readonly association: AssociationId;
    }
  /** Reports would cause more keep-alives to an element than `maximumKeepAlivesPerSecond`; told once a second. */
  | ({ readonly type: 'keepAliveSuppressed' } & RegistrarElementIdentity)
  /** Another registrar's announcement was heard for the first time. */
  | { readonly type: 'registrarAppeared'; readonly serverIdentifier: number }
  /** Another registrar's announcements ceased. */
  | { readonly type: 'registrarDisappeared'; readonly serverIdentifier: number }
  /** The announcements begin. */
  | { readonly type: 'serviceOffered' }
  /** An association was refused because as many are open as the limit allows. */
  | {
      readonly type: 'associationRefused';
      readonly limit: Extract<keyof AsapRegistrarLimits, `maximumAssociations${string}`>;
      readonly association: AssociationId;
      readonly remote: RemoteEndpoint;
    }
  /** Something malformed or unknown was answered with an ASAP_ERROR. */
  | {
      readonly type: 'errorSent';
      readonly association: AssociationId;
      readonly causes: readonly ErrorCause[];
    }
  /** A client sent an ASAP_ERROR. */
  | {
      readonly type: 'errorReceived';
      readonly association: AssociationId;
      readonly causes: readonly ErrorCause[];
    };

import type { ErrorCause, RemoteEndpoint } from '@rserpool/wire';
import type { HomeRegistrar } from '../server-hunt/home-registrar.ts';
import type { ServerHuntEvent } from '../server-hunt/server-hunt-event.ts';

/** Identifies the pool element in each event about it. */
export interface PoolElementIdentity {
  /** The pool's handle. */
  readonly poolHandle: Uint8Array;
  /** The element's identifier. */
  readonly poolElementIdentifier: number;
}

/** How a pool element got its home registrar: see the event `homeRegistrarChanged`. */
export type HomeChangeReason = 'keepAlive' | 'hunt' | 'reconnected' | 'probe';

/** What a {@link PoolElementMachine} reports: every change of its state. */
export type PoolElementEvent =
  | ServerHuntEvent
  /** R3/R4: an ASAP_REGISTRATION was sent and T2-registration started; `attempt` counts from 1. */
  | ({
      readonly type: 'registrationSent';
      readonly attempt: number;
      readonly reregistration: boolean;
      readonly homeRegistrar: HomeRegistrar;
    } & PoolElementIdentity)
  /** The registration was granted; `warnings` are what the registrar changed (section 2.2.3). */
  | ({
      readonly type: 'registered';
      readonly reregistration: boolean;
      readonly homeRegistrar: HomeRegistrar;
      readonly warnings: readonly ErrorCause[];
      /** When T4-reregistration fires, on the caller's clock. */
      readonly reregistrationAt: number;
    } & PoolElementIdentity)
  /** T2-registration expired or the association broke before the answer came. */
  | ({
      readonly type: 'registrationUnanswered';
      readonly attempt: number;
      readonly reason: 'timeout' | 'sendFailure';
    } & PoolElementIdentity)
  /**
   * The registrar rejected the registration. It is not repeated: `register` or `updatePolicy` with the corrected
   * values goes on. `stillRegistered` tells that an earlier registration remains valid and is kept alive.
   */
  | ({
      readonly type: 'registrationRejected';
      readonly causes: readonly ErrorCause[];
      readonly stillRegistered: boolean;
    } & PoolElementIdentity)
  /** Final: MAX-REG-ATTEMPT registrations were not answered, or no registrar was found; `register` starts anew. */
  | ({
      readonly type: 'registrationFailed';
      readonly reason: 'attempts' | 'noRegistrar';
    } & PoolElementIdentity)
  /**
   * The registrar said that the element is not registered with it any more: the registration life ran out, or a peer
   * registrar has removed the element or says that it has gone there. The element registers again by itself.
   */
  | ({ readonly type: 'expired'; readonly reregistrationAt: number } & PoolElementIdentity)
  /** D3/D4: an ASAP_DEREGISTRATION was sent and T3-deregistration started. */
  | ({ readonly type: 'deregistrationSent'; readonly attempt: number } & PoolElementIdentity)
  /** T3-deregistration expired or the association broke before the answer came. */
  | ({
      readonly type: 'deregistrationUnanswered';
      readonly attempt: number;
      readonly reason: 'timeout' | 'sendFailure';
    } & PoolElementIdentity)
  /** The element has left the pool. */
  | ({ readonly type: 'deregistered' } & PoolElementIdentity)
  /** Final: the element stops re-registering all the same, so that it leaves the pool when its life runs out. */
  | ({
      readonly type: 'deregistrationFailed';
      readonly reason: 'rejected' | 'attempts' | 'noRegistrar';
      readonly causes: readonly ErrorCause[];
    } & PoolElementIdentity)
  /** The association to the home registrar broke; `graceEndsAt` says until when adoption is awaited, if it is. */
  | {
      readonly type: 'homeRegistrarLost';
      readonly homeRegistrar: HomeRegistrar;
      readonly reason: string;
      readonly graceEndsAt: number | undefined;
    }
  /** The former home registrar is tried again while a successor is awaited; `attempt` counts from 1. */
  | { readonly type: 'formerHomeProbed'; readonly remote: RemoteEndpoint; readonly attempt: number }
  /** It could not be reached; the next attempt is due in `retryInMs`, unless the grace ends before. */
  | {
      readonly type: 'formerHomeProbeFailed';
      readonly remote: RemoteEndpoint;
      readonly attempt: number;
      readonly reason: string;
      readonly retryInMs: number;
    }
  /**
   * Two registrars hold themselves for the home registrar, `homeRegistrar` and `rival`: the element registers at
   * `registrationAt` with the former, which tells all registrars.
   */
  | ({
      readonly type: 'homeRegistrarContested';
      readonly homeRegistrar: HomeRegistrar;
      readonly rival: HomeRegistrar;
      readonly registrationAt: number;
    } & PoolElementIdentity)
  /**
   * There is a new home registrar: it sent a KEEP_ALIVE with the H flag (`keepAlive`), it was found by a hunt
   * (`hunt`), or it is the former one over a new association, which either side may have opened (`reconnected`: the
   * registrar; `probe`: the element). An element that had given up takes any registrar that looks after it
   * (`reconnected`).
   */
  | {
      readonly type: 'homeRegistrarChanged';
      readonly reason: HomeChangeReason;
      readonly homeRegistrar: HomeRegistrar;
      readonly previous: HomeRegistrar | undefined;
    }
  /** An ASAP_ENDPOINT_KEEP_ALIVE was acknowledged. */
  | ({
      readonly type: 'keepAliveAcknowledged';
      readonly serverIdentifier: number;
      readonly home: boolean;
    } & PoolElementIdentity)
  /** An ASAP_ENDPOINT_UNREACHABLE about another element was sent. */
  | ({ readonly type: 'unreachableReported' } & PoolElementIdentity)
  /** A report could not be sent: too many waited, or no registrar was found. */
  | ({ readonly type: 'unreachableReportDropped' } & PoolElementIdentity)
  /** A registrar sent an ASAP_ERROR. */
  | { readonly type: 'errorReceived'; readonly causes: readonly ErrorCause[] };

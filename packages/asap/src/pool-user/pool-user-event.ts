import type { AssociationId, ErrorCause } from '@rserpool/wire';
import type { HomeRegistrar } from '../server-hunt/home-registrar.ts';
import type { ServerHuntEvent } from '../server-hunt/server-hunt-event.ts';

/** What a {@link PoolUserMachine} reports: every change of its state. */
export type PoolUserEvent =
  | ServerHuntEvent
  /** NR3/NR4: an ASAP_HANDLE_RESOLUTION was sent; `attempt` counts from 1 over all that was sent for it. */
  | {
      readonly type: 'resolutionSent';
      readonly poolHandle: Uint8Array;
      readonly items: number | undefined;
      readonly attempt: number;
      readonly association: AssociationId;
    }
  /** T1-ENRPrequest expired, or the association broke before the answer came; `failures` counts both. */
  | {
      readonly type: 'resolutionUnanswered';
      readonly poolHandle: Uint8Array;
      readonly items: number | undefined;
      readonly reason: 'timeout' | 'sendFailure';
      readonly failures: number;
    }
  /** A pool was written to the cache. */
  | { readonly type: 'cacheUpdated'; readonly poolHandle: Uint8Array; readonly elements: number }
  /** There is a home registrar now. */
  | {
      readonly type: 'homeRegistrarChanged';
      readonly reason: 'hunt';
      readonly homeRegistrar: HomeRegistrar;
      readonly previous: HomeRegistrar | undefined;
    }
  /** The association to the home registrar broke. */
  | { readonly type: 'homeRegistrarLost'; readonly homeRegistrar: HomeRegistrar; readonly reason: string }
  /** An ASAP_ENDPOINT_UNREACHABLE was sent. */
  | {
      readonly type: 'unreachableReported';
      readonly poolHandle: Uint8Array;
      readonly poolElementIdentifier: number;
    }
  /** A report could not be sent: too many waited, or no registrar was found. */
  | {
      readonly type: 'unreachableReportDropped';
      readonly poolHandle: Uint8Array;
      readonly poolElementIdentifier: number;
    }
  /** A request was refused because `maximumRequests` wait already; it fails with `rejected`. */
  | { readonly type: 'requestRefused'; readonly request: number }
  /** The cache was not populated because `maximumRequests` wait already. */
  | { readonly type: 'populationRefused'; readonly poolHandle: Uint8Array }
  /** A registrar sent an ASAP_ERROR. */
  | { readonly type: 'errorReceived'; readonly causes: readonly ErrorCause[] };

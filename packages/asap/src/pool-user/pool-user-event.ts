import type { AssociationId, ErrorCause } from '@rserpool/wire';
import type { HomeRegistrar } from '../server-hunt/home-registrar.ts';
import type { ServerHuntEvent } from '../server-hunt/server-hunt-event.ts';
import type { ResolutionFailure } from './pool-user-output.ts';

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
  /** A registrar will send updates of a watched pool (A flag). */
  | { readonly type: 'updatesGranted'; readonly poolHandle: Uint8Array; readonly association: AssociationId }
  /** It will not: the pool is asked for every `poolPollIntervalMs`. */
  | { readonly type: 'updatesDeclined'; readonly poolHandle: Uint8Array; readonly association: AssociationId }
  /** An update of a watched pool came; with 0 `elements` there is no such pool any more. */
  | {
      readonly type: 'updateReceived';
      readonly poolHandle: Uint8Array;
      readonly elements: number;
      readonly association: AssociationId;
    }
  /** A resolution response came that answers no request, of a pool that is not watched over that association. */
  | { readonly type: 'responseIgnored'; readonly poolHandle: Uint8Array; readonly association: AssociationId }
  /** A watched pool could not be asked for, `failures` times in a row; it will be again after `delayMs`. */
  | {
      readonly type: 'watchRetry';
      readonly poolHandle: Uint8Array;
      readonly reason: ResolutionFailure;
      readonly failures: number;
      readonly delayMs: number;
    }
  /** A watch was refused because there are `maximumWatches` already; it fails with `rejected`. */
  | { readonly type: 'watchRefused'; readonly watch: number }
  /** The association to the home registrar was closed, because only that ends updates that nobody wants any more. */
  | { readonly type: 'homeRegistrarReleased'; readonly homeRegistrar: HomeRegistrar }
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
  /**
   * A report was not sent: too many waited, no registrar was found, or the application reported an element that it was
   * not given since it last reported it.
   */
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

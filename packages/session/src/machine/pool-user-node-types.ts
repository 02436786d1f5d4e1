import type { PoolUserEvent, PoolUserInput, PoolUserOutput } from '@rserpool/asap';
import type { AsapMessage, NetworkInput, NetworkOutput } from '@rserpool/wire';
import type {
  DeliveryApplicationOutput,
  DeliveryInput,
  DeliveryNetworkOutput,
} from './delivery/delivery-types.ts';
import type { SessionCommand, SessionNetworkInput } from './session-input.ts';
import type { SessionMachineOptions } from './session-machine-options.ts';
import type { SessionApplicationOutput, SessionNetworkOutput } from './session-output.ts';

/** The caller's number for a session of a pool user. */
export type SessionId = number;

/** What one session may have of its own; the pool user gives the rest. */
export type SessionOptions = Pick<
  SessionMachineOptions,
  'timing' | 'limits' | 'resend' | 'cookie' | 'firstElement' | 'preferredOrder' | 'failover' | 'mayReturn'
>;

/** What may happen to a {@link PoolUserNodeMachine}. */
export type PoolUserNodeInput =
  /** What the network does with the associations to registrars and with the group. */
  | { readonly type: 'registrar'; readonly input: NetworkInput<AsapMessage> }
  /**
   * What the application wants without a session (basic mode); `shutdown` ends the sessions, too. The numbers of its
   * requests are 0 or more; a negative one throws ERR_RSERPOOL_INVALID_ARGUMENT.
   */
  | Exclude<PoolUserInput, NetworkInput<AsapMessage>>
  /** Create a session and let it look for an element. A number that is in use throws ERR_RSERPOOL_INVALID_ARGUMENT. */
  | {
      readonly type: 'openSession';
      readonly session: SessionId;
      readonly poolHandle: Uint8Array;
      readonly options?: SessionOptions;
    }
  /** What the application wants of a session; nothing happens where it has ended. */
  | { readonly type: 'session'; readonly session: SessionId; readonly input: SessionCommand }
  /** A single message (data_send_request of RFC 5352 section 6.5), or that it is not wanted any more. */
  | Extract<DeliveryInput, { type: 'deliver' | 'cancelDelivery' }>
  /** What the network does with the associations to elements, of sessions and of single messages. */
  | SessionNetworkInput;

/** What a {@link PoolUserNodeMachine} may want done. */
export type PoolUserNodeOutput =
  /** What the pool user wants of the associations to registrars and of the group. */
  | { readonly type: 'registrar'; readonly output: NetworkOutput<AsapMessage> }
  /** The answers to `resolve`, and what watches tell. */
  | Extract<PoolUserOutput, { type: 'resolved' | 'resolutionFailed' | 'poolChanged' | 'watchFailed' }>
  /** What a session wants of its association to an element, or tells the application. */
  | {
      readonly type: 'session';
      readonly session: SessionId;
      readonly output: SessionNetworkOutput | SessionApplicationOutput;
    }
  /** What single messages want of their associations, or tell the application. */
  | {
      readonly type: 'delivery';
      readonly output: DeliveryNetworkOutput | DeliveryApplicationOutput;
    }
  /** Something happened between the pool user and the registrars. */
  | { readonly type: 'event'; readonly event: PoolUserEvent };

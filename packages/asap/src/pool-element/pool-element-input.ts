import type { AsapMessage, NetworkInput, SelectionPolicy, UserTransport } from '@rserpool/wire';

/** What an application registers (RFC 5352 section 3.1, R2). */
export interface PoolElementRegistration {
  /** The element's identifier, 1 .. 2^32 - 1: a good-quality random number that is kept over re-registrations (R2.2). */
  readonly identifier: number;
  /**
   * How long the registration is valid (R2.3): as it goes on the wire, in the unit of
   * `timing.registrationLifeUnit` (default seconds), 1 .. 2^31 - 1, or -1 for ever.
   */
  readonly registrationLife: number;
  /** Where users reach the service (R2.4); its addresses have to be among those of the ASAP endpoint. */
  readonly userTransport: UserTransport;
  /** The preferred pool member selection policy (R2.5). */
  readonly policy: SelectionPolicy;
}

/** What may happen to a {@link PoolElementMachine}. */
export type PoolElementInput =
  | NetworkInput<AsapMessage>
  /**
   * Join a pool, or change the registration (same pool handle and identifier). Also starts anew after a rejection
   * or a failure.
   */
  | {
      readonly type: 'register';
      readonly poolHandle: Uint8Array;
      readonly poolElement: PoolElementRegistration;
    }
  /** Change the policy's values; re-registers at once. Without a registration it throws ERR_RSERPOOL_INVALID_STATE. */
  | { readonly type: 'updatePolicy'; readonly policy: SelectionPolicy }
  /** Leave the pool. */
  | { readonly type: 'deregister' }
  /** Tell a registrar that another element of a pool cannot be reached (section 3.5); once per event. */
  | {
      readonly type: 'reportUnreachable';
      readonly poolHandle: Uint8Array;
      readonly poolElementIdentifier: number;
    }
  /** End at once: own associations are closed, nothing is sent any more. Deregister before, to leave gracefully. */
  | { readonly type: 'shutdown' };

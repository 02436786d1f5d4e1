import type { SctpTransport } from './sctp-transport.ts';
import type { PolicyParameter } from './selection-policy.ts';
import type { ParameterContainer } from './unknown-parameter.ts';
import type { UserTransport } from './user-transport.ts';

/** A Pool Element parameter (RFC 5354 section 3.10): one server of a pool. */
export interface PoolElement extends ParameterContainer {
  /** PE Identifier, 32 bits unsigned, unique in the pool. */
  readonly identifier: number;
  /** Home ENRP Server Identifier, 32 bits unsigned; 0 where it is undetermined (in a registration). */
  readonly homeRegistrar: number;
  /**
   * Registration Life, 32 bits signed: seconds by the RFC (the reference implementation means milliseconds);
   * -1 never ends.
   */
  readonly registrationLife: number;
  /** Where the element serves its users. */
  readonly userTransport: UserTransport;
  /** The element's Member Selection Policy. */
  readonly policy: PolicyParameter;
  /** Where the element speaks ASAP; may be absent in a registration (RFC 5352 section 3.1). */
  readonly asapTransport?: SctpTransport;
}

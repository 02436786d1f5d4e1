import type { Handlespace } from '@rserpool/handlespace';
import type { AllocateAssociation, RandomSource, SctpTransport, TcpTransport } from '@rserpool/wire';
import type { AsapRegistrarTiming } from '../timing/asap-registrar-timing.ts';
import type { AddressScope } from './address-scope.ts';
import type { AsapRegistrarLimits } from './asap-registrar-limits.ts';

/** How an {@link AsapRegistrarMachine} is set up. */
export interface AsapRegistrarOptions {
  /** The handlespace, shared with ENRP. The machine subscribes to it until `shutdown`. */
  readonly handlespace: Handlespace;
  /** This registrar's identifier, 1 .. 2^32 - 1. */
  readonly serverIdentifier: number;
  /** Where random numbers come from. */
  readonly random: RandomSource;
  /** Draws the numbers of the associations that the machine opens. */
  readonly allocateAssociation: AllocateAssociation;
  /** What differs from the profile `rfc` of {@link asapRegistrarTimingProfiles}. */
  readonly timing?: Partial<AsapRegistrarTiming>;
  /** What the announcements say (RFC 5352 section 3.6); without it there are none. */
  readonly announce?: { readonly transports: readonly (SctpTransport | TcpTransport)[] };
  /** What differs from {@link defaultAsapRegistrarLimits}. */
  readonly limits?: Partial<AsapRegistrarLimits>;
  /**
   * RFC 5352 section 2.2.1: the addresses of the user transport have to be a subset of those of the association.
   * `strict` (default) keeps the ones that are, with a warning in the response where some go, and rejects where
   * none is left; it also grants a deregistration only to the element itself. `off` takes what it is told, for tests
   * and for elements behind address translation.
   */
  readonly addressVerification?: 'strict' | 'off';
  /**
   * How far the addresses of a user transport have to reach; those that do not are treated as those that are not of
   * the association. Default `loopback`, which all do, so that a registrar serves the elements on its own host; `site`
   * or `global` keep elements out that other hosts cannot reach. An address that nobody has, such as a multicast one,
   * is never accepted.
   */
  readonly minimumAddressScope?: AddressScope;
}

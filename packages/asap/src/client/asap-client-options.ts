import type { AllocateAssociation, RandomSource, RemoteEndpoint } from '@rserpool/wire';
import type { AsapTiming } from '../timing/asap-timing.ts';

/** What the machines of pool elements and pool users have in common. */
export interface AsapClientOptions {
  /** Where random numbers come from. */
  readonly random: RandomSource;
  /** Draws the numbers of the associations that the machine opens. */
  readonly allocateAssociation: AllocateAssociation;
  /** What differs from the profile `rfc` of {@link asapTimingProfiles}. */
  readonly timing?: Partial<AsapTiming>;
  /** The configured list of registrars, which never outdates (RFC 5352 section 3.6); may be empty where announcements are heard. */
  readonly registrars: readonly RemoteEndpoint[];
  /** Whether ASAP_SERVER_ANNOUNCE messages extend the list. Default `true`. */
  readonly listenToAnnounces?: boolean;
  /**
   * Which announced transports are used: those of SCTP (default), which framed TCP uses as well, or those of plain
   * TCP, which only pool users may use (section 3.3).
   */
  readonly announcedTransport?: 'sctp' | 'tcp';
}

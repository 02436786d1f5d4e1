import type { ElementReference, Handlespace } from '@rserpool/handlespace';
import type { AllocateAssociation, RandomSource, RemoteEndpoint, SctpTransport } from '@rserpool/wire';
import type { EnrpLimits } from './enrp-limits.ts';
import type { EnrpTiming } from './enrp-timing.ts';

/**
 * Who yields where two registrars want the same: `rfc`, the one with the smaller identifier (RFC 5353 section
 * 3.5.1); `rsplib`, the one with the larger. All registrars of a scope have to agree.
 */
export type TakeoverArbitration = 'rfc' | 'rsplib';

/** Options of {@link EnrpMachine}. */
export interface EnrpMachineOptions {
  /** The handlespace, shared with the registrar side of ASAP. */
  readonly handlespace: Handlespace;
  /** This registrar's identifier, 1 .. 2^32 - 1, random and unchanged for its lifetime (RFC 5353 section 3.2.1). */
  readonly serverIdentifier: number;
  /** Where this registrar speaks ENRP: told to the peers in Server Information parameters. */
  readonly serverTransport: SctpTransport;
  /** Random numbers for the choice of the mentor and for jitter. */
  readonly random: RandomSource;
  /** Draws numbers for the associations that the machine opens; shared with the shell. */
  readonly allocateAssociation: AllocateAssociation;
  /** The timers; what is not given comes from the profile `rfc`. */
  readonly timing?: Partial<EnrpTiming>;
  /** Configured registrars: one becomes the mentor, the others are its backups. Own endpoints are skipped. */
  readonly peers: readonly RemoteEndpoint[];
  /** Whether presences go to the group too, and a mentor may be found there. Default `false`. */
  readonly useGroup?: boolean;
  /** Who wins an arbitration. Default `rfc`: the larger identifier. */
  readonly takeoverArbitration?: TakeoverArbitration;
  /**
   * Whether an association to an own element is up. Where two registrars claim one element, the one that holds its
   * association keeps it. Without it that is unknown, and the identifiers decide alone.
   */
  readonly isAssociated?: (element: ElementReference) => boolean;
  /**
   * Whether this registrar asks better suited peers to take elements over, and follows them when they ask
   * (draft-dreibholz-rserpool-enrp-takeover). It spreads the elements evenly over the registrars. Default `false`.
   */
  readonly takeoverSuggestion?: boolean;
  /** The limits; what is not given comes from {@link defaultEnrpLimits}. */
  readonly limits?: Partial<EnrpLimits>;
}

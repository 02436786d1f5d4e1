import { asapPort, type MulticastGroup } from '@rserpool/wire';
import type { AsapTimingProfileName } from './asap-timing-profiles.ts';

/** RFC 5352 section 8.4: what IANA has assigned. One link only, because nothing says how far a scope reaches. */
const assigned: MulticastGroup = { group: Uint8Array.of(224, 0, 1, 185), port: asapPort, timeToLive: 1 };

/**
 * Where ASAP_SERVER_ANNOUNCE messages go in each profile where nobody names a group: 224.0.1.185 (RFC 5352 section
 * 8.4), or 239.0.0.50 and across 30 routers, as the reference implementation has it.
 */
export const announceGroups: Readonly<Record<AsapTimingProfileName, MulticastGroup>> = {
  rfc: assigned,
  lan: assigned,
  wan: assigned,
  rsplib: { group: Uint8Array.of(239, 0, 0, 50), port: asapPort, timeToLive: 30 },
};

import { enrpPort, type MulticastGroup } from '@rserpool/wire';
import type { EnrpTimingProfile } from './enrp-timing.ts';

/**
 * The group that presences go to in each profile where nobody names one. RFC 5353 has none assigned; the reference
 * implementation takes 239.0.0.51, across 30 routers.
 */
export const enrpGroups: Readonly<Record<EnrpTimingProfile, MulticastGroup | undefined>> = {
  rfc: undefined,
  lan: undefined,
  wan: undefined,
  rsplib: { group: Uint8Array.of(239, 0, 0, 51), port: enrpPort, timeToLive: 30 },
};

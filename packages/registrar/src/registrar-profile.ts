import {
  type AsapRegistrarTiming,
  type AsapTimingProfileName,
  asapRegistrarTimingProfiles,
} from '@rserpool/asap';
import { type EnrpTiming, enrpTimingProfiles, type TakeoverArbitration } from '@rserpool/enrp';

/**
 * The named sets of timers: `rfc` (what RFC 5352 and 5353 name), `lan` (one machine or a local network: a hung
 * element is found in less than a second, a takeover takes about one), `wan` (slow or lossy paths), and `rsplib`
 * (a scope shared with registrars of the reference implementation: its timers, units and arbitration).
 */
export type RegistrarProfile = AsapTimingProfileName;

/** What differs from a profile. */
export interface RegistrarTiming {
  /** Timers and thresholds towards pool elements and pool users. */
  readonly asap?: Partial<AsapRegistrarTiming>;
  /** Timers towards peer registrars. */
  readonly enrp?: Partial<EnrpTiming>;
}

/** All timers of a registrar. */
export interface RegistrarTimers {
  /** Timers and thresholds towards pool elements and pool users. */
  readonly asap: AsapRegistrarTiming;
  /** Timers towards peer registrars. */
  readonly enrp: EnrpTiming;
  /** Which identifier wins a takeover. */
  readonly takeoverArbitration: TakeoverArbitration;
}

/**
 * The timers of a profile with what differs from it.
 *
 * @param profile - The profile's name; `rfc` by default.
 * @param timing - What differs.
 */
export function registrarTimers(
  profile: RegistrarProfile = 'rfc',
  timing: RegistrarTiming = {},
): RegistrarTimers {
  return {
    asap: { ...asapRegistrarTimingProfiles[profile], ...timing.asap },
    enrp: { ...enrpTimingProfiles[profile], ...timing.enrp },
    takeoverArbitration: profile === 'rsplib' ? 'rsplib' : 'rfc',
  };
}

import {
  announceGroups,
  type AsapRegistrarLimits,
  type AsapRegistrarTiming,
  type AsapTimingProfileName,
  asapRegistrarLimitProfiles,
  asapRegistrarTimingProfiles,
} from '@rserpool/asap';
import {
  type EnrpLimits,
  type EnrpTiming,
  enrpGroups,
  enrpLimitProfiles,
  enrpTimingProfiles,
  type TakeoverArbitration,
} from '@rserpool/enrp';
import type { HandlespaceLimits } from '@rserpool/handlespace';
import type { MulticastGroup } from '@rserpool/wire';

/**
 * The named sets of timers: `rfc` (what RFC 5352 and 5353 name), `lan` (one machine or a local network: a hung
 * element is found in less than a second, a takeover takes about one), `wan` (slow or lossy paths), and `rsplib`
 * (a scope shared with the reference implementation: its timers, units, arbitration, groups and limits).
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

/** What a profile sets. */
export interface RegistrarProfileSettings extends RegistrarTimers {
  /** The group that announces go to where none is named. */
  readonly announceGroup: MulticastGroup;
  /** The group that presences go to where none is named; none in most profiles. */
  readonly enrpGroup: MulticastGroup | undefined;
  /** What it changes in the default limits. */
  readonly limits: {
    /** Of the ASAP side. */
    readonly asap: Partial<AsapRegistrarLimits>;
    /** Of the ENRP side. */
    readonly enrp: Partial<EnrpLimits>;
    /** Of the handlespace. */
    readonly handlespace: Partial<HandlespaceLimits>;
  };
}

/** Registrars of the reference implementation end with a failed assertion where a longer pool handle reaches them. */
const rsplibHandlespace: Partial<HandlespaceLimits> = { maximumPoolHandleBytes: 32 };

/**
 * Everything that a profile sets at a registrar.
 *
 * @example
 * ```ts
 * import { registrarProfiles } from '@rserpool/registrar';
 *
 * console.log(registrarProfiles.rsplib.takeoverArbitration, registrarProfiles.lan.asap.keepAliveIntervalMs);
 * ```
 */
export const registrarProfiles: Readonly<Record<RegistrarProfile, RegistrarProfileSettings>> = {
  rfc: settings('rfc', 'rfc', {}),
  lan: settings('lan', 'rfc', {}),
  wan: settings('wan', 'rfc', {}),
  rsplib: settings('rsplib', 'rsplib', rsplibHandlespace),
};

function settings(
  name: RegistrarProfile,
  takeoverArbitration: TakeoverArbitration,
  handlespace: Partial<HandlespaceLimits>,
): RegistrarProfileSettings {
  return {
    asap: asapRegistrarTimingProfiles[name],
    enrp: enrpTimingProfiles[name],
    takeoverArbitration,
    announceGroup: announceGroups[name],
    enrpGroup: enrpGroups[name],
    limits: { asap: asapRegistrarLimitProfiles[name], enrp: enrpLimitProfiles[name], handlespace },
  };
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
  const { asap, enrp, takeoverArbitration } = registrarProfiles[profile];
  return { asap: { ...asap, ...timing.asap }, enrp: { ...enrp, ...timing.enrp }, takeoverArbitration };
}

import {
  type AsapRegistrarLimits,
  type AsapRegistrarTiming,
  defaultAsapRegistrarLimits,
} from '@rserpool/asap';
import { defaultEnrpLimits, type EnrpLimits, type EnrpTiming } from '@rserpool/enrp';
import { defaultHandlespaceLimits, type HandlespaceLimits } from '@rserpool/handlespace';
import {
  type RegistrarOptions,
  type RegistrarProfile,
  type RegistrarProfileSettings,
  registrarProfiles,
} from '@rserpool/registrar';
import { type DecodeLimits, defaultDecodeLimits } from '@rserpool/wire';
import { asapTimingSettings } from './asap-timing-settings.ts';
import { decodeLimitSettings } from './decode-limit-settings.ts';
import { enrpTimingSettings } from './enrp-timing-settings.ts';
import { asapLimitSettings, enrpLimitSettings, handlespaceLimitSettings } from './limit-settings.ts';
import type { Setting, SettingTable } from './setting.ts';

/** What the value of a setting is once it is read. */
export type SettingData = number | string | boolean;

/** Settings that belong together: one part of the options of a registrar. */
export interface SettingSection {
  /** What it is called in the help. */
  readonly heading: string;
  /** Which part of the options it sets. */
  readonly part: 'timing' | 'limits';
  /** Which part of that. */
  readonly side: 'asap' | 'enrp' | 'handlespace' | 'decode';
  /** Its settings by the keys of what they set. */
  readonly settings: Readonly<Record<string, Setting>>;
  /** What holds in a profile, by the same keys. */
  readonly of: (profile: RegistrarProfileSettings) => Readonly<Record<string, SettingData>>;
}

function section<Settings extends object>(
  heading: string,
  part: SettingSection['part'],
  side: SettingSection['side'],
  settings: SettingTable<Settings>,
  of: (profile: RegistrarProfileSettings) => Settings,
): SettingSection {
  return {
    heading,
    part,
    side,
    settings,
    of: (profile) => Object.fromEntries(Object.entries(of(profile)) as [string, SettingData][]),
  };
}

/** Every timer, threshold, convention and limit of a registrar. */
export const registrarSettings: readonly SettingSection[] = [
  section<AsapRegistrarTiming>(
    'Times and rules towards elements and users:',
    'timing',
    'asap',
    asapTimingSettings,
    ({ asap }) => asap,
  ),
  section<EnrpTiming>('Times towards peers:', 'timing', 'enrp', enrpTimingSettings, ({ enrp }) => enrp),
  section<AsapRegistrarLimits>(
    'Limits towards elements and users:',
    'limits',
    'asap',
    asapLimitSettings,
    ({ limits }) => ({ ...defaultAsapRegistrarLimits, ...limits.asap }),
  ),
  section<EnrpLimits>('Limits towards peers:', 'limits', 'enrp', enrpLimitSettings, ({ limits }) => ({
    ...defaultEnrpLimits,
    ...limits.enrp,
  })),
  section<HandlespaceLimits>(
    'Limits of the handlespace:',
    'limits',
    'handlespace',
    handlespaceLimitSettings,
    ({ limits }) => ({ ...defaultHandlespaceLimits, ...limits.handlespace }),
  ),
  section<DecodeLimits>(
    'Limits of each message that is received:',
    'limits',
    'decode',
    decodeLimitSettings,
    () => defaultDecodeLimits,
  ),
];

/**
 * What holds in each profile.
 *
 * @param of - The section.
 * @param key - The setting.
 */
export function settingDefaults(
  { of }: SettingSection,
  key: string,
): readonly (readonly [RegistrarProfile, SettingData | undefined])[] {
  return (Object.keys(registrarProfiles) as RegistrarProfile[]).map((name) => [
    name,
    of(registrarProfiles[name])[key],
  ]);
}

/** The part of the options of a registrar that the settings are. */
export type SettingOptions = Pick<RegistrarOptions, 'timing' | 'limits'>;

import type { RegistrarLimits, RegistrarTiming } from '@rserpool/registrar';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { describeRange, numberIn } from '../../options/number.ts';
import {
  registrarSettings,
  type SettingData,
  settingDefaults,
  type SettingOptions,
  type SettingSection,
} from './registrar-settings.ts';
import type { Setting, SettingValue } from './setting.ts';

/**
 * Adds an option for every setting of a registrar, in sections of the help.
 *
 * @param command - The command that runs a registrar.
 */
export function addSettings(command: Command): Command {
  for (const section of registrarSettings) {
    for (const [key, setting] of Object.entries(section.settings)) {
      command.addOption(settingOption(section, key, setting));
    }
  }
  return command;
}

/**
 * The options of a registrar that the settings on the command line are.
 *
 * @param options - What commander has read, by the names that it gives to options.
 */
export function settingsOf(options: object): SettingOptions {
  const given = new Map<string, unknown>(Object.entries(options));
  const parts = { timing: new Map<string, object>(), limits: new Map<string, object>() };
  for (const section of registrarSettings) {
    const values = Object.entries(section.settings).flatMap(([key, setting]) => {
      const value = given.get(settingOption(section, key, setting).attributeName());
      return value === undefined ? [] : [[key, value] as const];
    });
    if (values.length > 0) parts[section.part].set(section.side, Object.fromEntries(values));
  }
  return {
    timing: Object.fromEntries(parts.timing) as RegistrarTiming,
    limits: Object.fromEntries(parts.limits) as RegistrarLimits,
  };
}

function settingOption(section: SettingSection, key: string, setting: Setting): Option {
  const option = new Option(
    `--${setting.option} <${placeholder(setting.value)}>`,
    describeSetting(section, key, setting),
  ).helpGroup(section.heading);
  const { value } = setting;
  // Not commander's choices: the help would list them a second time.
  if (value.kind === 'choice') return option.argParser(oneOf(value.choices));
  if (value.kind === 'number') return option.argParser(numberIn(value));
  const yesOrNo = oneOf(['yes', 'no']);
  return option.argParser((text: string) => yesOrNo(text) === 'yes');
}

function oneOf(choices: readonly string[]): (text: string) => string {
  return (text) => {
    if (choices.includes(text)) return text;
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
  };
}

function placeholder(value: SettingValue): string {
  if (value.kind === 'number') return value.unit === 'per second' ? 'rate' : value.unit;
  return value.kind === 'yesNo' ? 'yes|no' : value.choices.join('|');
}

/** What the help says: meaning, range, default of each profile, RFC, and the reference implementation's name. */
function describeSetting(
  section: SettingSection,
  key: string,
  { help, value, rfc, rsplib }: Setting,
): string {
  const notes = [
    ...(rfc === undefined ? [] : [rfc]),
    ...(value.kind === 'number' ? [describeUnit(value)] : []),
    `default ${describeDefaults(settingDefaults(section, key))}`,
  ];
  return `${help} (${notes.join('; ')})${rsplib === undefined ? '' : ` [${rsplib}]`}`;
}

function describeUnit(value: Extract<SettingValue, { kind: 'number' }>): string {
  return value.unit === 'per second' ? `${describeRange(value)}, in a second` : describeRange(value);
}

/** The value of the default profile, and those of the others where they differ. */
function describeDefaults(defaults: ReturnType<typeof settingDefaults>): string {
  const [first, ...others] = defaults;
  const differing = others.filter(([, value]) => value !== first?.[1]);
  return [dataText(first?.[1]), ...differing.map(([name, value]) => `${name} ${dataText(value)}`)].join(', ');
}

/**
 * A value as it is written on the command line.
 *
 * @param value - The value.
 */
export function dataText(value: SettingData | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === Number.POSITIVE_INFINITY ? 'unlimited' : String(value);
}

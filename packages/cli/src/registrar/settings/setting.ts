import type { NumberRange } from '../../options/number.ts';

/** What a setting may be: a number with its unit, one of some words, or yes and no. */
export type SettingValue =
  | ({ readonly kind: 'number'; readonly unit: string } & NumberRange)
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'yesNo' };

/**
 * A setting of a machine as an operator sees it. Tables of settings have one for each key of what they set, so that the
 * compiler knows when one is missing. Option, help and documentation are made from it.
 */
export interface Setting {
  /** The option, without the dashes: the RFC's name where it has one. */
  readonly option: string;
  /** What it may be. */
  readonly value: SettingValue;
  /** What it is, in a few words. */
  readonly help: string;
  /** Where the RFCs name it. */
  readonly rfc?: string;
  /** What the reference implementation calls it, a program and its option. */
  readonly rsplib?: string;
}

/** One setting for each key of what is set. */
export type SettingTable<Settings> = Readonly<Record<keyof Settings & string, Setting>>;

/**
 * A time in milliseconds.
 *
 * @param least - The least; 1 by default.
 */
export function milliseconds(least: number = 1): SettingValue {
  return { kind: 'number', unit: 'ms', least, largest: 86_400_000 };
}

/**
 * A number of things.
 *
 * @param least - The least; 1 by default.
 * @param largest - The largest, where there is one.
 */
export function count(least: number = 1, largest?: number): SettingValue {
  return { kind: 'number', unit: 'number', least, ...(largest !== undefined && { largest }) };
}

/**
 * A number of bytes.
 *
 * @param least - The least.
 * @param largest - The largest.
 */
export function bytes(least: number, largest: number): SettingValue {
  return { kind: 'number', unit: 'bytes', least, largest };
}

/** How often something may happen in a second. */
export const rate: SettingValue = { kind: 'number', unit: 'per second', least: 1, isUnlimited: true };

/**
 * A fraction.
 *
 * @param largest - The largest; 1 by default.
 */
export function fraction(largest: number = 1): SettingValue {
  return { kind: 'number', unit: 'fraction', least: 0, largest, isFraction: true };
}

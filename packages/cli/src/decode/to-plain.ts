import { bytesToHex, formatIpAddress, formatPoolHandle } from '@rserpool/wire';

/** A value of JSON. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * A decoded message as plain JSON: addresses and pool handles as text, all other bytes as hexadecimal digits.
 *
 * @param value - A message or a part of one.
 * @param key - The name of the field that holds it.
 */
export function toPlain(value: unknown, key = ''): Plain {
  if (value instanceof Uint8Array) return bytesToText(value, key);
  if (Array.isArray(value)) return value.map((item) => toPlain(item, key));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, field]) => field !== undefined);
    return Object.fromEntries(entries.map(([name, field]) => [name, toPlain(field, name)]));
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}

function bytesToText(bytes: Uint8Array, key: string): string {
  if (key === 'address' || key === 'addresses') return formatIpAddress(bytes);
  return key === 'poolHandle' ? formatPoolHandle(bytes) : bytesToHex(bytes);
}

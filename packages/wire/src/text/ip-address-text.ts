import type { IpAddress } from '../parameters/ip-address.ts';
import { RserpoolError } from '../rserpool-error.ts';

/**
 * Reads an IPv4 address in dotted decimal or an IPv6 address in the forms of RFC 4291 section 2.2, without a
 * zone. An IPv4-mapped address stays IPv6 (16 bytes).
 *
 * @param text - For example `192.0.2.1` or `2001:db8::1`.
 * @throws {@link RserpoolError} `ERR_RSERPOOL_INVALID_ARGUMENT` where the text is no address.
 */
export function parseIpAddress(text: string): IpAddress {
  const address = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  if (address === undefined) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `'${text}' is no IP address; write it like 192.0.2.1 or 2001:db8::1, without port, prefix or zone`,
    );
  }
  return address;
}

/**
 * Writes an address: dotted decimal for IPv4, the recommended form of RFC 5952 for IPv6 (lower case, the longest
 * run of zeros as `::`, IPv4-mapped addresses with a dotted decimal end).
 *
 * @param address - 4 or 16 bytes.
 * @throws {@link RserpoolError} `ERR_RSERPOOL_INVALID_ARGUMENT` where the address has another length.
 */
export function formatIpAddress(address: IpAddress): string {
  if (address.length === 4) return formatIpv4(address, 0);
  if (address.length === 16) return formatIpv6(address);
  throw new RserpoolError(
    'ERR_RSERPOOL_INVALID_ARGUMENT',
    `an IP address has 4 or 16 bytes, this one has ${address.length}`,
  );
}

function formatIpv4(bytes: Uint8Array, offset: number): string {
  return `${bytes[offset]}.${bytes[offset + 1]}.${bytes[offset + 2]}.${bytes[offset + 3]}`;
}

function formatIpv6(bytes: Uint8Array): string {
  const groups: number[] = [];
  for (let index = 0; index < 16; index += 2) {
    groups.push(((bytes[index] as number) << 8) | (bytes[index + 1] as number));
  }
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${formatIpv4(bytes, 12)}`;
  }
  // RFC 5952 section 4.2: the first of the longest runs is shortened, and a single zero group never is.
  let runStart = -1;
  let runLength = 1;
  for (let index = 0; index < 8; index++) {
    let end = index;
    while (end < 8 && groups[end] === 0) end++;
    if (end - index > runLength) {
      runStart = index;
      runLength = end - index;
    }
    if (end > index) index = end;
  }
  const words = groups.map((group) => group.toString(16));
  if (runStart < 0) return words.join(':');
  return `${words.slice(0, runStart).join(':')}::${words.slice(runStart + runLength).join(':')}`;
}

function parseIpv4(text: string): IpAddress | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  const address = new Uint8Array(4);
  for (const [index, part] of parts.entries()) {
    // A leading zero is refused: some systems read such a part as octal.
    const isTooLong = part.length < 1 || part.length > 3 || (part.length > 1 && part.startsWith('0'));
    const value = isTooLong ? -1 : parseDigits(part, 10);
    if (value < 0 || value > 255) return undefined;
    address[index] = value;
  }
  return address;
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] as string, halves.length === 1);
  const tail = halves.length === 1 ? [] : parseGroups(halves[1] as string, true);
  if (head === undefined || tail === undefined) return undefined;
  const count = head.length + tail.length;
  if (halves.length === 1 ? count !== 16 : count > 14) return undefined;
  const address = new Uint8Array(16);
  address.set(head, 0);
  address.set(tail, 16 - tail.length);
  return address;
}

/** The bytes of groups between colons; the last group of an address may be an IPv4 address. */
function parseGroups(text: string, isEnd: boolean): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (isEnd && index === groups.length - 1 && group.includes('.')) {
      const ipv4 = parseIpv4(group);
      if (ipv4 === undefined) return undefined;
      bytes.push(...ipv4);
      continue;
    }
    const value = group.length < 1 || group.length > 4 ? -1 : parseDigits(group, 16);
    if (value < 0) return undefined;
    bytes.push(value >> 8, value & 0xff);
  }
  return bytes;
}

function parseDigits(text: string, radix: 10 | 16): number {
  let value = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const letter = code | 0x20;
    let digit = -1;
    if (code >= 0x30 && code <= 0x39) digit = code - 0x30;
    else if (radix === 16 && letter >= 0x61 && letter <= 0x66) digit = letter - 0x61 + 10;
    if (digit < 0) return -1;
    value = value * radix + digit;
  }
  return value;
}

import type {
  IpAddress,
  PolicyParameter,
  PoolElement,
  SctpTransport,
  SelectionPolicy,
  UserTransport,
} from '@rserpool/wire';
import { packPolicy, policyCode, policyWords, unpackPolicy } from './packed-policy.ts';

/*
 * The attributes of an element as words, for the elements that there are many of: a transport with one port and
 * addresses, a known policy, nothing unknown. The layout:
 *
 *   0  bits 0..1 transport type, 2 ASAP transport there, 3..6 user addresses, 7..10 ASAP addresses,
 *      11..15 policy, 16..30 for each address whether it is IPv6
 *   1  user port, ASAP port (16 bits each)
 *   2  Transport Use of both (16 bits each)
 *   3  registration life
 *   4  the values of the policy, then one word for an IPv4 address and four for an IPv6 address
 */

const protocols: readonly UserTransport['protocol'][] = ['sctp', 'tcp', 'udp', 'udp-lite'];
const maximumAddresses = 15;
const headerWords = 4;

/** The most words that attributes take. */
export const maximumPackedWords: number = headerWords + 4 + 4 * maximumAddresses;

/**
 * Packs attributes, all but identifier and home registrar.
 *
 * @param element - The element.
 * @param into - Room for {@link maximumPackedWords}.
 * @returns How many words; 0 where the element has something that the layout has no place for.
 */
export function packAttributes(element: PoolElement, into: Int32Array): number {
  const { userTransport, asapTransport, policy, registrationLife } = element;
  const protocol = protocols.indexOf(userTransport.protocol);
  const code = policyCode(policy);
  if (
    protocol < 0 ||
    code < 0 ||
    element.unknownParameters !== undefined ||
    registrationLife !== (registrationLife | 0)
  )
    return 0;
  if (!isPlain(userTransport) || (asapTransport !== undefined && !isPlain(asapTransport))) return 0;
  let userUse = 0;
  let userCount = 1;
  let words = packPolicy(code, policy as SelectionPolicy, into, headerWords);
  let kinds = 0;
  if (userTransport.protocol === 'sctp') {
    const { addresses } = userTransport;
    userUse = userTransport.transportUse;
    userCount = addresses.length;
    if (userCount > maximumAddresses) return 0;
    for (let index = 0; index < userCount; index += 1) {
      const end = packAddress(addresses[index] as IpAddress, into, words);
      if (end === 0) return 0;
      if (end - words > 1) kinds |= 1 << index;
      words = end;
    }
  } else {
    const end = packAddress((userTransport as { address: IpAddress }).address, into, words);
    if (end === 0) return 0;
    if (end - words > 1) kinds = 1;
    words = end;
  }
  let asapUse = 0;
  let asapCount = 0;
  let asapPort = 0;
  if (asapTransport !== undefined) {
    const { addresses } = asapTransport;
    asapUse = asapTransport.transportUse;
    asapPort = asapTransport.port;
    asapCount = addresses.length;
    if (userCount + asapCount > maximumAddresses) return 0;
    for (let index = 0; index < asapCount; index += 1) {
      const end = packAddress(addresses[index] as IpAddress, into, words);
      if (end === 0) return 0;
      if (end - words > 1) kinds |= 1 << (userCount + index);
      words = end;
    }
  }
  if (!isShort(userUse) || !isShort(asapUse)) return 0;
  const asapThere = asapTransport === undefined ? 0 : 4;
  into[0] = protocol | asapThere | (userCount << 3) | (asapCount << 7) | (code << 11) | (kinds << 16);
  into[1] = (userTransport as SctpTransport).port | (asapPort << 16);
  into[2] = userUse | (asapUse << 16);
  into[3] = registrationLife;
  return words;
}

/** A transport whose port fits and that has nothing unknown. */
function isPlain(transport: UserTransport): boolean {
  return (
    transport.protocol !== 'opaque' && transport.unknownParameters === undefined && isShort(transport.port)
  );
}

function isShort(value: number): boolean {
  return value === (value & 0xffff);
}

/** Packs an address; returns where the next one begins, or 0 where it is none. */
function packAddress(address: IpAddress, into: Int32Array, start: number): number {
  const { length } = address;
  if (length !== 4 && length !== 16) return 0;
  let word = start;
  for (let index = 0; index < length; index += 4) {
    into[word] =
      ((address[index] as number) << 24) |
      ((address[index + 1] as number) << 16) |
      ((address[index + 2] as number) << 8) |
      (address[index + 3] as number);
    word += 1;
  }
  return word;
}

/**
 * Makes a pool element of words.
 *
 * @param identifier - Its identifier.
 * @param homeRegistrar - Its home registrar.
 * @param words - Where the words are.
 * @param start - The index of the first.
 */
export function unpackAttributes(
  identifier: number,
  homeRegistrar: number,
  words: Int32Array,
  start: number,
): PoolElement {
  const header = words[start] as number;
  const ports = words[start + 1] as number;
  const uses = words[start + 2] as number;
  const userCount = (header >> 3) & 0xf;
  const asapCount = (header >> 7) & 0xf;
  const code = (header >> 11) & 0x1f;
  const policy: PolicyParameter = unpackPolicy(code, words, start + headerWords);
  const cursor = { words, word: start + headerWords + policyWords(code), kinds: header >>> 16 };
  const addresses = unpackAddresses(cursor, userCount);
  const protocol = protocols[header & 3] as 'sctp' | 'tcp' | 'udp' | 'udp-lite';
  const port = ports & 0xffff;
  const userTransport: UserTransport =
    protocol === 'sctp'
      ? { protocol, port, transportUse: uses & 0xffff, addresses }
      : { protocol, port, address: addresses[0] as IpAddress };
  const registrationLife = words[start + 3] as number;
  if ((header & 4) === 0) return { identifier, homeRegistrar, registrationLife, userTransport, policy };
  const asapTransport: SctpTransport = {
    protocol: 'sctp',
    port: ports >>> 16,
    transportUse: uses >>> 16,
    addresses: unpackAddresses(cursor, asapCount),
  };
  return { identifier, homeRegistrar, registrationLife, userTransport, policy, asapTransport };
}

interface Cursor {
  readonly words: Int32Array;
  word: number;
  kinds: number;
}

function unpackAddresses(cursor: Cursor, count: number): IpAddress[] {
  const addresses: IpAddress[] = [];
  for (let index = 0; index < count; index += 1) {
    const address = new Uint8Array((cursor.kinds & 1) === 0 ? 4 : 16);
    cursor.kinds >>= 1;
    for (let at = 0; at < address.length; at += 4) {
      const word = cursor.words[cursor.word] as number;
      cursor.word += 1;
      address[at] = word >>> 24;
      address[at + 1] = word >>> 16;
      address[at + 2] = word >>> 8;
      address[at + 3] = word;
    }
    addresses.push(address);
  }
  return addresses;
}

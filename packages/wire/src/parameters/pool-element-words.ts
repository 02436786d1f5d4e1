import { wordOf } from '../codec/words.ts';
import { elementHeader, longestPutElement } from './canonical-pool-element.ts';
import { type IpAddress, ipv4Header, ipv6Header } from './ip-address.ts';
import { makePolicyWords } from './policy-words.ts';
import type { PoolElement } from './pool-element.ts';
import { type SctpTransport, sctpHeader } from './sctp-transport.ts';
import type { PolicyParameter } from './selection-policy.ts';

/*
 * Elements as words for whoever keeps them: numbers, most significant byte first, whatever byte order the machine has.
 *
 * What is made here is what `putPoolElement` writes into a message, and tests hold one against the other. They are
 * apart because each is half as quick through the other: behind a store through a view the engine checks all objects
 * anew, while it knows that a store into an array of numbers changes nothing else; and a message is made of bytes.
 */

/** The most words that {@link makeElementWords} makes. */
export const longestElementWords: number = longestPutElement / 4;

/**
 * Makes the words of a Pool Element parameter (RFC 5354 section 3.10) where it is what nearly all elements are: one or
 * two SCTP transports and a policy that is known, and nothing else.
 *
 * @param words - Where they go, from index 0 on; there is room for {@link longestElementWords}.
 * @param element - The element.
 * @param type - The type of its policy: reading it is slow where policies of many shapes come in turn.
 * @returns How many there are; -1 where the element is different, right or wrong. What is in the room then is undefined.
 */
export function makeElementWords(
  words: Int32Array,
  element: PoolElement,
  type: PolicyParameter['type'],
): number {
  const { identifier, homeRegistrar, registrationLife, userTransport, asapTransport } = element;
  if (identifier >>> 0 !== identifier || homeRegistrar >>> 0 !== homeRegistrar) return -1;
  if ((registrationLife | 0) !== registrationLife || element.unknownParameters !== undefined) return -1;
  if (userTransport.protocol !== 'sctp') return -1;
  let end = makeTransport(words, 4, userTransport);
  if (end >= 0) end = makePolicyWords(words, end, element.policy, type);
  if (end >= 0 && asapTransport !== undefined) end = makeTransport(words, end, asapTransport);
  if (end < 0) return -1;
  words[0] = elementHeader | (end << 2);
  words[1] = identifier;
  words[2] = homeRegistrar;
  words[3] = registrationLife;
  return end;
}

function makeTransport(words: Int32Array, start: number, transport: SctpTransport): number {
  const { port, transportUse, addresses } = transport;
  if (transport.unknownParameters !== undefined) return -1;
  if ((port & 0xffff) !== port || (transportUse & 0xffff) !== transportUse) return -1;
  const count = addresses.length;
  if (!(count >= 1 && count <= 3)) return -1;
  let end = start + 2;
  for (let at = 0; at < count; at++) {
    end = makeAddress(words, end, addresses[at] as IpAddress);
    if (end < 0) return -1;
  }
  words[start] = sctpHeader | ((end - start) << 2);
  words[start + 1] = (port << 16) | transportUse;
  return end;
}

function makeAddress(words: Int32Array, at: number, address: IpAddress): number {
  // Read first: the engine knows what it is then, and need not follow its prototypes.
  const { length } = address;
  if (!(address instanceof Uint8Array)) return -1;
  if (length === 4) {
    words[at] = ipv4Header;
    words[at + 1] = wordOf(address, 0);
    return at + 2;
  }
  if (length !== 16) return -1;
  words[at] = ipv6Header;
  words[at + 1] = wordOf(address, 0);
  words[at + 2] = wordOf(address, 4);
  words[at + 3] = wordOf(address, 8);
  words[at + 4] = wordOf(address, 12);
  return at + 5;
}

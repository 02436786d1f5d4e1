import type { Reader } from '../codec/reader.ts';
import { ParameterType } from './parameter-type.ts';
import { longestPutPolicy, policyAhead, putPolicy } from './policy.ts';
import type { PoolElement } from './pool-element.ts';
import {
  longestPutTransport,
  nextSctpTransportAhead,
  putSctpTransport,
  sctpTransportAhead,
} from './sctp-transport.ts';

/** The type of a Pool Element parameter as the upper half of its first word. */
export const elementHeader = 0x000a_0000;

/** Header, fields, a transport with an IPv4 address, and a policy without data: nothing canonical is shorter. */
const leastBytes = 16 + 16 + 8;

/**
 * Reads the Pool Element parameter that stands next where it is what nearly all elements are: one or two SCTP
 * transports and a policy, each in the form in which they are written, and nothing else.
 *
 * Handle tables are made of thousands of these. Entering and leaving each parameter costs more than reading it, and
 * is not needed where all lengths are known to fit: here they are followed without moving, and the reader is moved
 * once at the end. Whatever is different, right or wrong, is for the general way, which starts anew.
 *
 * @returns `undefined` where something else stands there; nothing has been read then.
 */
export function passPoolElement(reader: Reader): PoolElement | undefined {
  const start = reader.position;
  const left = reader.left();
  if (left < leastBytes || reader.poolElements >= reader.limits.poolElements) return undefined;
  const { words } = reader;
  const header = words.getInt32(start);
  const length = header & 0xffff;
  if (header >>> 16 !== ParameterType.poolElement || length > left || length < leastBytes) return undefined;
  const end = start + length;
  const userTransport = sctpTransportAhead(reader, start + 16, end);
  if (userTransport === undefined) return undefined;
  const policyAt = start + 16 + words.getUint16(start + 18);
  const policy = policyAhead(words, policyAt, end);
  if (policy === undefined) return undefined;
  const identifier = words.getUint32(start + 4);
  const homeRegistrar = words.getUint32(start + 8);
  const registrationLife = words.getInt32(start + 12);
  const parameters = 3 + userTransport.addresses.length;
  const asapAt = policyAt + words.getUint16(policyAt + 2);
  // The two shapes of an element are written out: an object that is given a property later is larger, and slow.
  if (asapAt === end) {
    if (!reader.passAhead(length, parameters, 3)) return undefined;
    reader.poolElements++;
    return { identifier, homeRegistrar, registrationLife, userTransport, policy };
  }
  const asapTransport = nextSctpTransportAhead(reader, asapAt, end, userTransport, start + 16);
  if (asapTransport === undefined || asapAt + words.getUint16(asapAt + 2) !== end) return undefined;
  if (!reader.passAhead(length, parameters + 1 + asapTransport.addresses.length, 3)) return undefined;
  reader.poolElements++;
  return { identifier, homeRegistrar, registrationLife, userTransport, policy, asapTransport };
}

/** The most that {@link putPoolElement} writes. */
export const longestPutElement: number = 16 + 2 * longestPutTransport + longestPutPolicy;

/**
 * Writes a Pool Element parameter where it is what nearly all elements are: the counterpart of
 * {@link passPoolElement}, for the same reason. Never writes more than the element needs.
 *
 * @param start - Where it begins.
 * @returns Where it ends; -1 where the element is different, right or wrong.
 */
export function putPoolElement(view: DataView, start: number, element: PoolElement): number {
  const { identifier, homeRegistrar, registrationLife, userTransport, asapTransport } = element;
  if (identifier >>> 0 !== identifier || homeRegistrar >>> 0 !== homeRegistrar) return -1;
  if ((registrationLife | 0) !== registrationLife || element.unknownParameters !== undefined) return -1;
  if (userTransport.protocol !== 'sctp') return -1;
  let end = putSctpTransport(view, start + 16, userTransport);
  if (end >= 0) end = putPolicy(view, end, element.policy, element.policy.type);
  if (end >= 0 && asapTransport !== undefined) end = putSctpTransport(view, end, asapTransport);
  if (end < 0) return -1;
  view.setInt32(start, elementHeader | (end - start));
  view.setInt32(start + 4, identifier);
  view.setInt32(start + 8, homeRegistrar);
  view.setInt32(start + 12, registrationLife);
  return end;
}

/**
 * Writes Pool Element parameters.
 *
 * @param start - Where the first one begins.
 * @param room - Where the room ends; it is checked.
 * @returns Where the last one ends; -1 where the room or an element wants the general way.
 */
export function putPoolElements(
  view: DataView,
  start: number,
  room: number,
  elements: readonly PoolElement[],
): number {
  let end = start;
  for (let at = 0; at < elements.length; at++) {
    if (room - end < longestPutElement) return -1;
    end = putPoolElement(view, end, elements[at] as PoolElement);
    if (end < 0) return -1;
  }
  return end;
}

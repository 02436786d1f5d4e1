import type { Mutable } from '../codec/mutable.ts';
import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { ParameterType } from './parameter-type.ts';
import { readPolicy, writePolicy } from './policy.ts';
import { longestPutElement, passPoolElement, putPoolElement } from './canonical-pool-element.ts';
import { readSctpTransport, type SctpTransport, writeSctpTransport } from './sctp-transport.ts';
import type { PolicyParameter } from './selection-policy.ts';
import type { ParameterContainer } from './unknown-parameter.ts';
import { readUserTransport, type UserTransport, writeUserTransport } from './user-transport.ts';

/**
 * A Pool Element parameter (RFC 5354 section 3.10): one server of a pool.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Type = 0xa          |       Length = variable       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                         PE Identifier                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                  Home ENRP Server Identifier                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       Registration Life                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                      User Transport param                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                 Member Selection Policy param                 :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                      ASAP Transport param                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export interface PoolElement extends ParameterContainer {
  /** PE Identifier, 32 bits unsigned, unique in the pool. */
  readonly identifier: number;
  /** Home ENRP Server Identifier, 32 bits unsigned; 0 where it is undetermined (in a registration). */
  readonly homeRegistrar: number;
  /**
   * Registration Life, 32 bits signed: seconds by the RFC (the reference implementation means milliseconds);
   * -1 never ends.
   */
  readonly registrationLife: number;
  /** Where the element serves its users. */
  readonly userTransport: UserTransport;
  /** The element's Member Selection Policy. */
  readonly policy: PolicyParameter;
  /** Where the element speaks ASAP; may be absent in a registration (RFC 5352 section 3.1). */
  readonly asapTransport?: SctpTransport;
}

/**
 * Reads the Pool Element parameter that has to stand next. The ASAP transport may be absent everywhere: it is
 * optional in a registration (RFC 5352 section 3.1), and a response may repeat what was registered.
 *
 * @returns `undefined` where the reader has noted a failure.
 */
export function readPoolElement(reader: Reader): PoolElement | undefined {
  const passed = passPoolElement(reader);
  if (passed !== undefined) return passed;
  if (!reader.expect(ParameterType.poolElement) || !reader.need(12)) return undefined;
  if (++reader.poolElements > reader.limits.poolElements) {
    reader.failLimit('poolElements');
    return undefined;
  }
  const identifier = reader.u32();
  const homeRegistrar = reader.u32();
  const registrationLife = reader.s32();
  const userTransport = readUserTransport(reader);
  if (userTransport === undefined) return undefined;
  const policy = readPolicy(reader);
  if (policy === undefined) return undefined;
  const element: Mutable<PoolElement> = {
    identifier,
    homeRegistrar,
    registrationLife,
    userTransport,
    policy,
  };
  if (reader.peek() === ParameterType.sctpTransport) {
    const asapTransport = readSctpTransport(reader);
    if (asapTransport === undefined) return undefined;
    element.asapTransport = asapTransport;
  }
  return reader.close<PoolElement>(element);
}

/**
 * Reads all Pool Element parameters that stand next, possibly none.
 *
 * @returns `undefined` where the reader has noted a failure.
 */
export function readPoolElements(reader: Reader): PoolElement[] | undefined {
  const elements: PoolElement[] = [];
  while (reader.peek() === ParameterType.poolElement) {
    const element = readPoolElement(reader);
    if (element === undefined) return undefined;
    elements.push(element);
  }
  return reader.failure === undefined ? elements : undefined;
}

/** Writes a Pool Element parameter. */
export function writePoolElement(writer: Writer, element: PoolElement, field: string, index: number): void {
  writer.prepareAhead(longestPutElement);
  const end = putPoolElement(writer.view, writer.position, element);
  if (end >= 0) {
    writer.passAhead(end);
    return;
  }
  writer.beginParameter(ParameterType.poolElement, field, index, element.unknownParameters);
  writer.u32(element.identifier, 'identifier');
  writer.u32(element.homeRegistrar, 'homeRegistrar');
  writer.s32(element.registrationLife, 'registrationLife');
  writeUserTransport(writer, element.userTransport, 'userTransport', -1);
  writePolicy(writer, element.policy);
  if (element.asapTransport !== undefined)
    writeSctpTransport(writer, element.asapTransport, 'asapTransport', -1);
  writer.end();
}

/** Writes Pool Element parameters. */
export function writePoolElements(writer: Writer, elements: readonly PoolElement[]): void {
  for (let at = 0; at < elements.length; at++) {
    writePoolElement(writer, elements[at] as PoolElement, 'poolElements', at);
  }
}

import type { PoolElement } from '../parameters/pool-element.ts';
import type { SctpTransport } from '../parameters/sctp-transport.ts';

/** Bytes of a list, for tables. */
export function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values);
}

/** ASCII bytes, for tables. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Pool Handle parameter: type 9, length 4 + 4, "Pool". */
export const poolHandleHex = '0009 0008 506f6f6c';

/** The pool handle of {@link poolHandleHex}. */
export const poolHandle: Uint8Array = ascii('Pool');

/** PE Identifier parameter: type 0xe, length 8, identifier 0x12345678. */
export const identifierHex = '000e 0008 12345678';

/** SCTP Transport parameter: type 4, length 16, port 7777, data plus control, IPv4 10.1.2.3. */
export const sctpHex = '0004 0010 1e61 0001  0001 0008 0a010203';

/** The transport of {@link sctpHex}. */
export const sctp: SctpTransport = {
  protocol: 'sctp',
  port: 7777,
  transportUse: 1,
  addresses: [bytes(10, 1, 2, 3)],
};

/** Pool Element parameter: length 16 + 16 + 8, identifier 0x12345678, home 0x9abcdef0, life -1, SCTP, Round Robin. */
export const elementHex = `000a 0028 12345678 9abcdef0 ffffffff ${sctpHex} 0008 0008 00000001`;

/** The pool element of {@link elementHex}. */
export const element: PoolElement = {
  identifier: 0x12345678,
  homeRegistrar: 0x9abcdef0,
  registrationLife: -1,
  userTransport: sctp,
  policy: { type: 'roundRobin' },
};

/** Server Information parameter: length 8 + 16, identifier 0xcafe0001, port 9901 on 10.1.2.3. */
export const serverHex = '000b 0018 cafe0001  0004 0010 26ad 0000  0001 0008 0a010203';

/** An Operation Error parameter with one cause: Unknown Pool Handle without information. */
export const errorHex = '000c 0008 0009 0004';

/** An unrecognized parameter that is skipped: type bits 10, value 0xaa. */
export const skippedHex = '8123 0005 aa000000';

/** An unrecognized parameter that stops a message: type bits 00. */
export const stoppingHex = '0123 0008 01020304';

import type { Init } from './init.ts';
import type { InitAck } from './init-ack.ts';
import type { InitFault } from './init-fault.ts';
import { InitReading } from './init-reading.ts';

/** What reading an INIT gives. */
export type InitResult =
  | {
      readonly ok: true;
      readonly init: Init;
      /** Parameters to report in the INIT ACK, header included: copies. */
      readonly unrecognized: readonly Uint8Array[];
    }
  | { readonly ok: false; readonly fault: InitFault };

/** What reading an INIT ACK gives. */
export type InitAckResult =
  | {
      readonly ok: true;
      readonly init: InitAck;
      /** Parameters to report in an ERROR chunk with the COOKIE ECHO, header included: copies. */
      readonly unrecognized: readonly Uint8Array[];
    }
  | { readonly ok: false; readonly fault: InitFault };

/**
 * Reads an INIT chunk: everything that has to be right of it is checked (RFC 9260 section 3.3.2).
 *
 * @param bytes - The packet.
 * @param offset - Where the chunk begins.
 * @param length - Its length without padding.
 */
export function decodeInit(bytes: Uint8Array, offset: number, length: number): InitResult {
  const reading = new InitReading(bytes, offset, length);
  const fault = reading.fault;
  return fault === undefined
    ? { ok: true, init: reading.init(), unrecognized: reading.unrecognized }
    : { ok: false, fault };
}

/** Reads an INIT ACK chunk (RFC 9260 section 3.3.3); see {@link decodeInit}. */
export function decodeInitAck(bytes: Uint8Array, offset: number, length: number): InitAckResult {
  const reading = new InitReading(bytes, offset, length);
  const { fault, stateCookie } = reading;
  if (fault !== undefined) return { ok: false, fault };
  if (stateCookie === undefined) {
    return { ok: false, fault: { why: 'missing-cookie', initiateTag: reading.initiateTag } };
  }
  const init = {
    ...reading.init(),
    stateCookie,
    unrecognizedParameters: reading.unrecognizedByPeer,
  };
  return { ok: true, init, unrecognized: reading.unrecognized };
}

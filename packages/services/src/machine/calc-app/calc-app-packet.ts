import { newPacket, packetBytes, packetHeaderLength, readPacket } from '../packet.ts';
import type { CalcAppState } from './calc-app-state.ts';
import { calcAppStateLength, readCalcAppState, writeCalcAppState } from './calc-app-state.ts';

/** The types of packets of the CalcApp protocol, and their numbers on the wire. */
export const CalcAppPacketType = {
  /** The user asks for a job of `jobSize` calculations. */
  request: 1,
  /** The element has begun with the job, or goes on with it after a cookie. */
  accept: 2,
  /** The element has too many jobs: another one is to be asked. */
  reject: 3,
  /** One side gives the job up. */
  abort: 4,
  /** The job is done. */
  complete: 5,
  /** Asks whether the other side still has the job. */
  keepAlive: 6,
  /** It has. */
  keepAliveAck: 7,
} as const;

/**
 * One packet of the CalcApp protocol. The amounts count in requests (the size) and when a job is complete (both); in
 * all others the reference sends zeros.
 */
export interface CalcAppPacket extends CalcAppState {
  /** What it is. */
  readonly type: keyof typeof CalcAppPacketType;
}

const packetLength = packetHeaderLength + calcAppStateLength;

const typesByNumber: ReadonlyMap<number, CalcAppPacket['type']> = new Map([
  [CalcAppPacketType.request, 'request'],
  [CalcAppPacketType.accept, 'accept'],
  [CalcAppPacketType.reject, 'reject'],
  [CalcAppPacketType.abort, 'abort'],
  [CalcAppPacketType.complete, 'complete'],
  [CalcAppPacketType.keepAlive, 'keepAlive'],
  [CalcAppPacketType.keepAliveAck, 'keepAliveAck'],
]);

/**
 * The bytes of a packet.
 *
 * @param packet - The packet.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for amounts that are no numbers from 0 to 2^53 - 1.
 * @example
 * ```ts
 * import { encodeCalcAppPacket } from '@rserpool/services/machine';
 *
 * encodeCalcAppPacket({ type: 'request', jobIdentifier: 1, jobSize: 5e6, completed: 0 });
 * ```
 */
export function encodeCalcAppPacket(packet: CalcAppPacket): Uint8Array {
  const view = newPacket(CalcAppPacketType[packet.type], packetLength);
  writeCalcAppState(view, packetHeaderLength, packet);
  return packetBytes(view);
}

/**
 * The packet in a message, or `undefined` where the bytes are none.
 *
 * @param bytes - One message of the session.
 */
export function decodeCalcAppPacket(bytes: Uint8Array): CalcAppPacket | undefined {
  const packet = readPacket(bytes);
  if (packet === undefined || bytes.length !== packetLength) return undefined;
  const type = typesByNumber.get(packet.type);
  const state = readCalcAppState(packet.view, packetHeaderLength);
  return type === undefined || state === undefined ? undefined : { type, ...state };
}

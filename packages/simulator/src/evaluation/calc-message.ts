import type { SessionMessage } from '@rserpool/session/machine';

/** The payload protocol identifier of the CalcApp service. */
export const calcPayloadProtocolIdentifier: number = 34;

/** What the CalcApp service says, by its packet type. */
export type CalcPacketType =
  | 'request'
  | 'accept'
  | 'reject'
  | 'abort'
  | 'complete'
  | 'keepAlive'
  | 'keepAliveAck';

/** A packet of the CalcApp service; sizes in whole calculations. */
export interface CalcPacket {
  /** What it is. */
  readonly type: CalcPacketType;
  /** The request. */
  readonly jobId: number;
  /** Its size. */
  readonly jobSize: number;
  /** How much of it is done. */
  readonly completed: number;
}

const types: readonly CalcPacketType[] = [
  'request',
  'accept',
  'reject',
  'abort',
  'complete',
  'keepAlive',
  'keepAliveAck',
];

const packetBytes = 24;
const cookieBytes = 20;

/** A message of a session that carries a packet; its bytes are made where somebody wants them. */
export class CalcMessage implements SessionMessage {
  readonly payloadProtocolIdentifier: number = calcPayloadProtocolIdentifier;
  readonly stream: number = 0;
  readonly unordered: boolean = false;
  /** The packet. */
  readonly packet: CalcPacket;

  /**
   * @param packet - What it carries.
   */
  constructor(packet: CalcPacket) {
    this.packet = packet;
  }

  /** The packet as bytes. */
  get data(): Uint8Array {
    const { type, jobId, jobSize, completed } = this.packet;
    const data = new Uint8Array(packetBytes);
    const view = new DataView(data.buffer);
    view.setUint8(0, types.indexOf(type) + 1);
    view.setUint16(2, packetBytes);
    view.setUint32(4, jobId);
    view.setBigUint64(8, BigInt(jobSize));
    view.setBigUint64(16, BigInt(completed));
    return data;
  }
}

/**
 * Reads a message of a session.
 *
 * @param message - What came.
 * @returns The packet, or `undefined` for what is none.
 */
export function readCalcMessage(message: SessionMessage): CalcPacket | undefined {
  if (message instanceof CalcMessage) return message.packet;
  const { data, payloadProtocolIdentifier } = message;
  if (payloadProtocolIdentifier !== calcPayloadProtocolIdentifier || data.length !== packetBytes)
    return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const type = types[view.getUint8(0) - 1];
  if (type === undefined) return undefined;
  return {
    type,
    jobId: view.getUint32(4),
    jobSize: Number(view.getBigUint64(8)),
    completed: Number(view.getBigUint64(16)),
  };
}

/** The state of a request in a cookie; sizes in whole calculations. */
export interface CalcState {
  /** The request. */
  readonly jobId: number;
  /** Its size. */
  readonly jobSize: number;
  /** How much of it is done. */
  readonly completed: number;
}

/**
 * Writes a cookie.
 *
 * @param state - What it is to hold.
 */
export function encodeCalcCookie({ jobId, jobSize, completed }: CalcState): Uint8Array {
  const cookie = new Uint8Array(cookieBytes);
  const view = new DataView(cookie.buffer);
  view.setUint32(0, jobId);
  view.setBigUint64(4, BigInt(jobSize));
  view.setBigUint64(12, BigInt(completed));
  return cookie;
}

/**
 * Reads a cookie.
 *
 * @param cookie - What a user brought.
 * @returns The state, or `undefined` for what is none.
 */
export function decodeCalcCookie(cookie: Uint8Array): CalcState | undefined {
  if (cookie.length !== cookieBytes) return undefined;
  const view = new DataView(cookie.buffer, cookie.byteOffset, cookie.byteLength);
  return {
    jobId: view.getUint32(0),
    jobSize: Number(view.getBigUint64(4)),
    completed: Number(view.getBigUint64(12)),
  };
}

import {
  type CalcAppPacket,
  decodeCalcAppPacket,
  encodeCalcAppPacket,
  ServicePayloadProtocolIdentifier,
} from '@rserpool/services/machine';
import type { SessionMessage } from '@rserpool/session/machine';

/** A message of a session that carries a packet of the CalcApp service; its bytes are made where somebody wants them. */
export class CalcMessage implements SessionMessage {
  readonly payloadProtocolIdentifier: number = ServicePayloadProtocolIdentifier.calcApp;
  readonly stream: number = 0;
  readonly unordered: boolean = false;
  /** The packet. */
  readonly packet: CalcAppPacket;

  /**
   * @param packet - What it carries.
   */
  constructor(packet: CalcAppPacket) {
    this.packet = packet;
  }

  /** The packet as bytes. */
  get data(): Uint8Array {
    return encodeCalcAppPacket(this.packet);
  }
}

/**
 * Reads a message of a session.
 *
 * @param message - What came.
 * @returns The packet, or `undefined` for what is none.
 */
export function readCalcMessage(message: SessionMessage): CalcAppPacket | undefined {
  if (message instanceof CalcMessage) return message.packet;
  const { data, payloadProtocolIdentifier } = message;
  if (payloadProtocolIdentifier !== ServicePayloadProtocolIdentifier.calcApp) return undefined;
  return decodeCalcAppPacket(data);
}

import { newPacket, packetBytes, packetHeaderLength, readPacket } from '../packet.ts';
import { readUint64, writeUint64 } from '../uint64.ts';

/** One packet of the PingPong protocol. */
export type PingPongPacket =
  /** The user's request. */
  | {
      readonly type: 'ping';
      /** The user's number, 0 .. 2^53 - 1; the first one is 1. */
      readonly messageNumber: number;
      /** Anything; it comes back in the reply. At most {@link maximumPingDataBytes}. */
      readonly data: Uint8Array;
    }
  /** The element's reply. */
  | {
      readonly type: 'pong';
      /** The number of the request. */
      readonly messageNumber: number;
      /** The number of the reply in this session, 0 .. 2^53 - 1, over all elements; the first one is 1. */
      readonly replyNumber: number;
      /** What the request brought along. */
      readonly data: Uint8Array;
    };

const PacketType = { ping: 1, pong: 2 } as const;
const pingLength = packetHeaderLength + 8;
const pongLength = pingLength + 8;

/** How much data a ping may have, so that it fits into the pong as well. */
export const maximumPingDataBytes: number = 0xffff - pongLength;

/**
 * The bytes of a packet.
 *
 * @param packet - The packet.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for numbers beyond 2^53 - 1.
 */
export function encodePingPongPacket(packet: PingPongPacket): Uint8Array {
  const length = (packet.type === 'ping' ? pingLength : pongLength) + packet.data.length;
  const view = newPacket(PacketType[packet.type], length);
  writeUint64(view, packetHeaderLength, packet.messageNumber);
  if (packet.type === 'pong') writeUint64(view, pingLength, packet.replyNumber);
  const bytes = packetBytes(view);
  bytes.set(packet.data, length - packet.data.length);
  return bytes;
}

/**
 * The packet in a message, or `undefined` where the bytes are none. Its data are a view of the message.
 *
 * @param bytes - One message of the session.
 */
export function decodePingPongPacket(bytes: Uint8Array): PingPongPacket | undefined {
  const packet = readPacket(bytes);
  if (packet === undefined || bytes.length < pingLength) return undefined;
  const messageNumber = readUint64(packet.view, packetHeaderLength);
  if (messageNumber === undefined) return undefined;
  if (packet.type === PacketType.ping) {
    if (bytes.length - pingLength > maximumPingDataBytes) return undefined;
    return { type: 'ping', messageNumber, data: bytes.subarray(pingLength) };
  }
  if (packet.type !== PacketType.pong || bytes.length < pongLength) return undefined;
  const replyNumber = readUint64(packet.view, pingLength);
  if (replyNumber === undefined) return undefined;
  return { type: 'pong', messageNumber, replyNumber, data: bytes.subarray(pongLength) };
}

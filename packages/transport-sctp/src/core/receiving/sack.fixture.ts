import {
  sackCumulativeTsn,
  sackDuplicate,
  sackDuplicates,
  sackGapBlocks,
  sackGapEnd,
  sackGapStart,
  sackReceiverWindow,
} from '../wire/chunks/sack.ts';
import { commonHeaderLength } from '../wire/packet.ts';
import { PacketWriter } from '../wire/packet-writer.ts';
import type { DataReceiver } from './data-receiver.ts';

/** What is in the SACK of a receiver. */
export function sackOf(
  receiver: DataReceiver,
  packetBytes = 1232,
): { cumulative: number; window: number; gaps: number[][]; duplicates: number[]; bytes: number } {
  const writer = new PacketWriter(packetBytes);
  writer.start(1, 1, 1);
  receiver.putSack(writer);
  const packet = writer.finish();
  const at = commonHeaderLength;
  return {
    cumulative: sackCumulativeTsn(packet, at),
    window: sackReceiverWindow(packet, at),
    gaps: Array.from({ length: sackGapBlocks(packet, at) }, (_, block) => [
      sackGapStart(packet, at, block),
      sackGapEnd(packet, at, block),
    ]),
    duplicates: Array.from({ length: sackDuplicates(packet, at) }, (_, index) =>
      sackDuplicate(packet, at, index),
    ),
    bytes: packet.length,
  };
}

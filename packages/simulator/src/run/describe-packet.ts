import { ChunkType, ChunkWalk } from '@rserpool/transport-sctp/internal';

const names: ReadonlyMap<number, string> = new Map(
  Object.entries(ChunkType).map(([name, type]) => [type, name]),
);

/**
 * What a packet of SCTP is, for traces: its ports, and its chunks with the numbers that say where they belong.
 *
 * @param bytes - The packet.
 */
export function describePacket(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12) return `${bytes.length} bytes`;
  const chunks: string[] = [];
  const walk = new ChunkWalk();
  walk.start(bytes);
  while (walk.next()) {
    const { type, offset, length } = walk;
    const isNumbered = (type === ChunkType.data || type === ChunkType.sack) && length >= 12;
    const number = isNumbered ? ` tsn=${view.getUint32(offset + 4)}` : '';
    chunks.push(`${names.get(type) ?? `type ${type}`}${number} length=${length}`);
  }
  return `port=${view.getUint16(0)} to=${view.getUint16(2)} tag=${view.getUint32(4)}: ${chunks.join(', ')}`;
}

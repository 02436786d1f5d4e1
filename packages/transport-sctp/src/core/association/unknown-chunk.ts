import type { Path } from '../path/path.ts';
import type { PacketInput } from '../sctp-input.ts';
import { putUnrecognizedChunkCause } from '../wire/causes/error-cause.ts';
import { unknownChunkIsReported, unknownChunkStops } from '../wire/chunk-type.ts';
import type { ChunkWalk } from '../wire/chunk-walk.ts';
import type { Association } from './association.ts';
import { putError } from './send-alone.ts';

/**
 * A chunk of an unknown type: its two high bits say what to do (RFC 9260 section 3.2).
 *
 * @returns Whether the rest of the packet is processed.
 */
export function reportUnknownChunk(
  association: Association,
  packet: PacketInput,
  walk: ChunkWalk,
  path: Path,
): boolean {
  const { type, offset, length } = walk;
  association.core.statistics.unknownChunks += 1;
  if (unknownChunkIsReported(type)) {
    association.queueControl({
      path: path.isConfirmed ? path : association.paths.forData,
      bytes: length + 12,
      put: (writer) =>
        putError(writer, (error) => putUnrecognizedChunkCause(error, packet.bytes, offset, length)),
    });
  }
  return !unknownChunkStops(type);
}

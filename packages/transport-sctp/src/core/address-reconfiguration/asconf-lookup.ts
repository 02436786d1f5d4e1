import { bytesEqual } from '@rserpool/wire';
import type { Association } from '../association/association.ts';
import type { PacketInput } from '../sctp-input.ts';
import { ChunkType } from '../wire/chunk-type.ts';
import { ChunkWalk } from '../wire/chunk-walk.ts';
import { readAsconf } from '../wire/chunks/asconf.ts';

/**
 * Whether a packet from an unknown address, with the tag of an association, belongs to it because its ASCONF names an
 * address that is known (RFC 5061 section 5.2 D2, section 5.3.2).
 */
export function hasAsconfOf(association: Association, packet: PacketInput): boolean {
  if (association.authentication === undefined) return false;
  const walk = new ChunkWalk();
  walk.start(packet.bytes);
  while (walk.next()) {
    if (walk.type !== ChunkType.asconf) continue;
    const asconf = readAsconf(packet.bytes, walk.offset, walk.length);
    if (asconf === undefined) return false;
    // D2-ext: one of several that share the packet is enough.
    const { address } = asconf;
    if (address.every((byte) => byte === 0)) return true;
    if (association.paths.all.some((path) => bytesEqual(path.destination, address))) return true;
  }
  return false;
}

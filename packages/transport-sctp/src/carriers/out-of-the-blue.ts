import { ChunkType, tagReflected } from '../core/wire/chunk-type.ts';
import { ChunkWalk } from '../core/wire/chunk-walk.ts';
import { initHeaderLength } from '../core/wire/chunks/init.ts';
import { putShutdownComplete } from '../core/wire/chunks/plain.ts';
import { PacketWriter } from '../core/wire/packet-writer.ts';
import { destinationPortOf, isChecksumRight, sourcePortOf, verificationTagOf } from '../core/wire/packet.ts';
import { read32 } from '../core/wire/words.ts';

/** An answer is a header and one chunk without content. */
const answerBytes = 16;

const walk: ChunkWalk = new ChunkWalk();
const writer: PacketWriter = new PacketWriter(answerBytes);

/**
 * What is answered to a packet for an SCTP port that no endpoint has (RFC 9260 section 8.4): without it, whoever connects
 * to an endpoint that is gone would wait until its timeout. An answer is never longer than what it answers.
 *
 * @param bytes - The packet, at least a common header.
 * @returns The packet to send back, or `undefined` where nothing is to be said.
 */
export function outOfTheBlueReply(bytes: Uint8Array): Uint8Array | undefined {
  if (!isChecksumRight(bytes)) return undefined;
  walk.start(bytes);
  if (!walk.next()) return undefined;
  const { type, offset, length } = walk;
  if (type === ChunkType.init) {
    // Rule 3. An INIT is alone in its packet, which has no tag.
    if (verificationTagOf(bytes) !== 0 || length < initHeaderLength) return undefined;
    return abort(bytes, read32(bytes, offset + 4), 0);
  }
  if (type === ChunkType.shutdownAck) {
    beginReply(bytes, verificationTagOf(bytes));
    putShutdownComplete(writer, true);
    return writer.finish();
  }
  do {
    if (isNotAnswered(walk.type)) return undefined;
  } while (walk.next());
  return abort(bytes, verificationTagOf(bytes), tagReflected);
}

/** Rules 2, 6 and 7: nothing is said about the end of something that does not exist. */
function isNotAnswered(type: number): boolean {
  return (
    type === ChunkType.abort ||
    type === ChunkType.shutdownComplete ||
    type === ChunkType.cookieAck ||
    type === ChunkType.error
  );
}

function abort(bytes: Uint8Array, tag: number, flags: number): Uint8Array {
  beginReply(bytes, tag);
  writer.endChunk(writer.beginChunk(ChunkType.abort, flags));
  return writer.finish();
}

function beginReply(bytes: Uint8Array, tag: number): void {
  writer.start(destinationPortOf(bytes), sourcePortOf(bytes), tag);
}

import { putAbort, sendBack } from '../association/send-alone.ts';
import type { PacketInput } from '../sctp-input.ts';
import { CauseCode } from '../wire/cause-code.ts';
import { readErrorCauses } from '../wire/causes/read-error-causes.ts';
import { ChunkType } from '../wire/chunk-type.ts';
import type { ChunkWalk } from '../wire/chunk-walk.ts';
import { putShutdownComplete } from '../wire/chunks/plain.ts';
import { sourcePortOf, verificationTagOf } from '../wire/packet.ts';
import type { EndpointCore } from './endpoint-core.ts';

/** A packet that belongs to no association and is neither INIT nor COOKIE ECHO (RFC 9260 section 8.4). */
export function handleOutOfTheBlue(core: EndpointCore, packet: PacketInput, walk: ChunkWalk): void {
  core.statistics.outOfTheBluePackets += 1;
  const tag = verificationTagOf(packet.bytes);
  // Section 8.5.1 A: nothing but INIT has the tag 0.
  if (tag === 0) return;
  const answer = answerTo(packet, walk);
  const peerPort = sourcePortOf(packet.bytes);
  if (answer === 'shutdown-complete') {
    sendBack(core, packet, peerPort, tag, (writer) => putShutdownComplete(writer, true));
  } else if (answer === 'abort') {
    sendBack(core, packet, peerPort, tag, (writer) => putAbort(writer, true));
  }
}

/** Rules 2 and 5 to 8; one chunk that wants silence or SHUTDOWN COMPLETE decides for the packet. */
function answerTo(packet: PacketInput, walk: ChunkWalk): 'nothing' | 'shutdown-complete' | 'abort' {
  const { bytes } = packet;
  let answer: 'nothing' | 'shutdown-complete' | 'abort' = 'abort';
  walk.start(bytes);
  while (walk.next()) {
    switch (walk.type) {
      case ChunkType.abort:
        return 'nothing';
      case ChunkType.shutdownAck:
        answer = 'shutdown-complete';
        break;
      case ChunkType.shutdownComplete:
      case ChunkType.cookieAck:
        if (answer === 'abort') answer = 'nothing';
        break;
      case ChunkType.error: {
        const causes = readErrorCauses(bytes, walk.offset, walk.length) ?? [];
        const isStale = causes.some((cause) => cause.code === CauseCode.staleCookie);
        if (isStale && answer === 'abort') answer = 'nothing';
        break;
      }
      default:
    }
  }
  return answer;
}

import { PingPongReplies } from '../machine/ping-pong/ping-pong-replies.ts';
import { decodePingPongPacket, encodePingPongPacket } from '../machine/ping-pong/ping-pong-packet.ts';
import { ServicePayloadProtocolIdentifier } from '../machine/service-protocol.ts';
import { sendWhenWritable } from '../send-when-writable.ts';
import type { Service } from '../service.ts';

/** Options of {@link pingPongService}. */
export interface PingPongServiceOptions {
  /** For tests of failovers: after how many replies the element cuts the session; by default never. */
  readonly failureAfterReplies?: number;
}

/**
 * The ping-pong service: answers each ping with a pong that is numbered, and goes on with the numbers of the element
 * before. The cookie is the reference's. It goes out before the pong, so that no number is used twice; the reference
 * sends it after the pong.
 *
 * @param options - When to fail.
 * @returns What to give to `serve` of a pool element.
 */
export function pingPongService(options: PingPongServiceOptions = {}): Service {
  const { failureAfterReplies = Infinity } = options;
  return async (session) => {
    const replies = PingPongReplies.begin(session.restoredState);
    if (replies === undefined) {
      session.abort();
      return;
    }
    let answered = 0;
    for await (const { data } of session) {
      const packet = decodePingPongPacket(data);
      // What is no ping has no answer, as at the reference's.
      if (packet?.type !== 'ping') continue;
      const pong = encodePingPongPacket(replies.answer(packet));
      if (session.hasControlChannel && !session.hasEnded) session.setCookie(replies.cookie);
      await sendWhenWritable(session, pong, ServicePayloadProtocolIdentifier.pingPong);
      answered += 1;
      if (answered >= failureAfterReplies) session.abort();
    }
  };
}

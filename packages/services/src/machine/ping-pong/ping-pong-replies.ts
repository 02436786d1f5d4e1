import { decodePingPongCookie, encodePingPongCookie } from './ping-pong-cookie.ts';
import type { PingPongPacket } from './ping-pong-packet.ts';

/** The state of one ping-pong session at an element: the number of its next reply. */
export class PingPongReplies {
  #next: number;

  /**
   * @param next - The number of the next reply.
   */
  private constructor(next: number) {
    this.#next = next;
  }

  /**
   * A session begins, or goes on with the numbers of the element before.
   *
   * @param cookie - What the user brings along, or `undefined`.
   * @returns The session, or `undefined` where the cookie is none of this service.
   */
  static begin(cookie: Uint8Array | undefined): PingPongReplies | undefined {
    if (cookie === undefined) return new PingPongReplies(1);
    const next = decodePingPongCookie(cookie);
    return next === undefined ? undefined : new PingPongReplies(next);
  }

  /** The cookie of the present state. */
  get cookie(): Uint8Array {
    return encodePingPongCookie(this.#next);
  }

  /**
   * Answers a request, with the next number.
   *
   * @param ping - The request.
   */
  answer(ping: Extract<PingPongPacket, { type: 'ping' }>): PingPongPacket {
    const replyNumber = this.#next;
    this.#next += 1;
    return { type: 'pong', messageNumber: ping.messageNumber, replyNumber, data: ping.data };
  }
}

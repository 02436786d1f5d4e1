import { errorAgain, errorInterrupted, flagEndOfRecord } from '../native/constants.ts';
import type { NativeSockets } from '../native/native-sockets.ts';
import { MessageHeaders } from './message-headers.ts';
import { controlReceiveInfo, flagNotification } from './sctp-constants.ts';

/** How many messages one call reads at most. A call costs as much as several messages do. */
export const messagesPerCall = 32;
/** As much of a message is read into one place; longer ones come in parts. */
const partBytes = 8192;
/** struct cmsghdr and struct sctp_rcvinfo, rounded up. */
const controlBytes = 48;

/** A message or a part of one. */
export interface Received {
  /** Whether it is a notification and not user data. */
  readonly isNotification: boolean;
  /** Whether the message ends here. */
  readonly isComplete: boolean;
  /** A view, valid until the next call. */
  readonly bytes: Buffer;
  readonly stream: number;
  readonly payloadProtocolIdentifier: number;
  readonly unordered: boolean;
}

/** The system calls that receiving needs. */
export type ReceivingCalls = Pick<NativeSockets, 'address' | 'recvmmsg' | 'errno'>;

/** Receives from SCTP sockets of the kernel; one serves all sockets of an endpoint. */
export class MessageReceiver {
  readonly #native: ReceivingCalls;
  readonly #slots: MessageHeaders;
  /** How many slots the last call has used. */
  #used = 0;

  constructor(native: ReceivingCalls) {
    this.#native = native;
    this.#slots = new MessageHeaders({
      native,
      slots: messagesPerCall,
      slotBytes: partBytes,
      controlBytes,
    });
  }

  /**
   * Reads what is there.
   *
   * @param descriptor - The socket, which does not block.
   * @param most - How many messages at most, 1 .. {@link messagesPerCall}.
   * @returns How many it read; {@link at} tells them until the next call. 0 where nothing is there or the socket is broken.
   */
  receive(descriptor: number, most: number): number {
    for (let slot = 0; slot < this.#used; slot += 1) this.#slots.resetControl(slot);
    this.#used = 0;
    let hasFailed = false;
    for (;;) {
      const count = this.#native.recvmmsg(descriptor, this.#slots.headers, most, 0);
      if (count >= 0) {
        this.#used = count;
        return this.#messagesOf(count);
      }
      const errno = this.#native.errno();
      if (errno === errorInterrupted) continue;
      // This call, unlike recvmsg, tells an error of the socket before what is still there to be read.
      if (errno === errorAgain || hasFailed) return 0;
      hasFailed = true;
    }
  }

  /**
   * One of the messages that the last call read.
   *
   * @param slot - Which one, from 0.
   */
  at(slot: number): Received {
    const slots = this.#slots;
    const flags = slots.flags(slot);
    const isNotification = (flags & flagNotification) !== 0;
    const info = isNotification ? undefined : slots.controlOf(slot, controlReceiveInfo);
    // struct sctp_rcvinfo; the peer's identifier passes through in the network's order.
    return {
      isNotification,
      isComplete: (flags & flagEndOfRecord) !== 0,
      bytes: slots.bytes(slot, slots.length(slot)),
      stream: info === undefined ? 0 : slots.control.readUInt16LE(info),
      payloadProtocolIdentifier: info === undefined ? 0 : slots.control.readUInt32BE(info + 8),
      unordered: info !== undefined && (slots.control.readUInt16LE(info + 4) & 1) !== 0,
    };
  }

  /** A socket whose association is gone gives empty messages for ever; SCTP has no others. */
  #messagesOf(count: number): number {
    for (let slot = 0; slot < count; slot += 1) if (this.#slots.length(slot) === 0) return slot;
    return count;
  }
}

import type { OutboundMessage } from '@rserpool/transport';
import {
  errorAgain,
  errorInProgress,
  errorInterrupted,
  flagMore,
  flagNoSignal,
} from '../native/constants.ts';
import type { NativeSockets } from '../native/native-sockets.ts';
import { controlHeaderLength, MessageHeaders } from './message-headers.ts';
import { controlSendInfo, SendFlag } from './sctp-constants.ts';

/** How many messages go with one call at most. */
const messagesPerCall = 32;
/** Up to this length a message is copied to where the system finds it, which is cheaper than telling where it is. */
const copiedBytes = 2048;
/** struct cmsghdr and struct sctp_sndinfo. */
const controlBytes = controlHeaderLength + 16;

/** Whether the kernel took something, has no room at present, or refuses it. */
export type SendOutcome = 'sent' | 'full' | 'failed';

function flagsOf({ unordered }: OutboundMessage): number {
  return unordered === true ? SendFlag.unordered : 0;
}

/** The system calls that sending needs. */
export type SendingCalls = Pick<NativeSockets, 'address' | 'sendmsg' | 'sendmmsg' | 'errno'>;

/** Sends on SCTP sockets of the kernel; one serves all sockets of an endpoint. */
export class MessageSender {
  readonly #native: SendingCalls;
  readonly #slots: MessageHeaders;

  constructor(native: SendingCalls) {
    this.#native = native;
    this.#slots = new MessageHeaders({
      native,
      slots: messagesPerCall,
      slotBytes: copiedBytes,
      controlBytes,
    });
    for (let slot = 0; slot < messagesPerCall; slot += 1) this.#slots.setControl(slot, controlSendInfo);
  }

  /**
   * Sends messages on a socket of one association. All but the last are announced as being followed by more, so that the
   * kernel puts as many as fit into each packet.
   *
   * @param descriptor - The socket.
   * @param messages - What to send.
   * @param from - The first one of them; at least that one is there.
   * @param context - What is told back where the first one fails; one more for each that follows.
   * @returns How many of the first ones the kernel took, at least one; otherwise what is the matter with the first one.
   */
  sendSome(
    descriptor: number,
    messages: readonly OutboundMessage[],
    from: number,
    context: number,
  ): number | Exclude<SendOutcome, 'sent'> {
    let count = 0;
    while (count < messagesPerCall) {
      const message = messages[from + count];
      if (message === undefined || message.data.length > copiedBytes) break;
      this.#fill(count, 0, message, flagsOf(message), context + count);
      this.#slots.fill(count, message.data);
      count += 1;
    }
    if (count > 1) return this.#sendSlots(descriptor, count);
    const first = messages[from];
    const outcome = first === undefined ? 'failed' : this.send(descriptor, 0, first, flagsOf(first), context);
    return outcome === 'sent' ? 1 : outcome;
  }

  /**
   * Sends one message.
   *
   * @param descriptor - The socket.
   * @param association - The kernel's name of the association; 0 where the socket has only one.
   * @param message - What to send.
   * @param flags - Bits of SendFlag.
   * @param context - Told back where it fails.
   */
  send(
    descriptor: number,
    association: number,
    message: Pick<OutboundMessage, 'data' | 'stream' | 'payloadProtocolIdentifier'>,
    flags: number,
    context: number,
  ): SendOutcome {
    const { data } = message;
    this.#fill(0, association, message, flags, context);
    if (data.length <= copiedBytes) {
      this.#slots.fill(0, data);
      return this.#sendSlot(descriptor, 0);
    }
    this.#slots.setBytes(0, this.#native.address(data), data.length);
    const outcome = this.#sendSlot(descriptor, 0);
    this.#slots.setBytes(0, undefined, 0);
    return outcome;
  }

  #sendSlots(descriptor: number, count: number): number | Exclude<SendOutcome, 'sent'> {
    for (;;) {
      const { headers } = this.#slots;
      const taken = this.#native.sendmmsg(descriptor, headers, count - 1, flagNoSignal | flagMore);
      // What the kernel holds back for more goes with what is sent later, or when it has enough for a packet.
      if (taken > 0 && taken < count - 1) return taken;
      if (taken > 0) return this.#sendSlot(descriptor, count - 1) === 'sent' ? count : count - 1;
      const outcome = this.#outcomeOfError();
      if (outcome !== undefined) return outcome;
    }
  }

  #sendSlot(descriptor: number, slot: number): SendOutcome {
    const header = this.#slots.header(slot);
    for (;;) {
      if (Number(this.#native.sendmsg(descriptor, header, flagNoSignal)) >= 0) return 'sent';
      const outcome = this.#outcomeOfError();
      if (outcome !== undefined) return outcome;
    }
  }

  /** What the last error means; `undefined` where it is to be tried again. */
  #outcomeOfError(): 'full' | 'failed' | undefined {
    const errno = this.#native.errno();
    if (errno === errorInterrupted) return undefined;
    return errno === errorAgain || errno === errorInProgress ? 'full' : 'failed';
  }

  /** struct sctp_sndinfo. */
  #fill(
    slot: number,
    association: number,
    message: Pick<OutboundMessage, 'stream' | 'payloadProtocolIdentifier'>,
    flags: number,
    context: number,
  ): void {
    const { control } = this.#slots;
    const at = this.#slots.informationAt(slot);
    control.writeUInt16LE(message.stream ?? 0, at);
    control.writeUInt16LE(flags, at + 2);
    // The kernel passes it through as it is, so it has to be in the network's order.
    control.writeUInt32BE(message.payloadProtocolIdentifier, at + 4);
    control.writeUInt32LE(context >>> 0, at + 8);
    control.writeInt32LE(association, at + 12);
  }
}

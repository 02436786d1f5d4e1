import type { OutboundMessage } from '@rserpool/transport';
import {
  errorAgain,
  errorInProgress,
  errorInterrupted,
  flagEndOfRecord,
  flagNoSignal,
  protocolSctp,
} from '../native/constants.ts';
import type { NativeSockets } from '../native/native-sockets.ts';
import { socketAddressStorageLength } from '../native/socket-address.ts';
import { controlReceiveInfo, controlSendInfo, flagNotification } from './sctp-constants.ts';

/** msghdr and iovec on 64-bit Linux. */
const messageHeaderLength = 56;
const vectorLength = 16;
/** cmsghdr, and what a control buffer has to hold. */
const controlHeaderLength = 16;
const sendInfoLength = 16;
const controlSpace = 256;
/** As much is read with one call; longer messages come in parts. */
const receiveBytes = 65_536;

/** What one call of recvmsg gave. */
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

/** Sends and receives on SCTP sockets of the kernel; one serves all sockets of an endpoint. */
export class MessageIo {
  readonly #native: NativeSockets;
  readonly #data: Buffer = Buffer.alloc(receiveBytes);
  readonly #name: Buffer = Buffer.alloc(socketAddressStorageLength);
  readonly #receiveControl: Buffer = Buffer.alloc(controlSpace);
  readonly #receiveHeader: Buffer = Buffer.alloc(messageHeaderLength);
  readonly #receiveVector: Buffer = Buffer.alloc(vectorLength);
  readonly #sendControl: Buffer = Buffer.alloc(controlHeaderLength + sendInfoLength);
  readonly #sendHeader: Buffer = Buffer.alloc(messageHeaderLength);
  readonly #sendVector: Buffer = Buffer.alloc(vectorLength);

  constructor(native: NativeSockets) {
    this.#native = native;
    const address = (bytes: Uint8Array): bigint => native.address(bytes);
    this.#receiveVector.writeBigUInt64LE(address(this.#data), 0);
    this.#receiveVector.writeBigUInt64LE(BigInt(receiveBytes), 8);
    this.#receiveHeader.writeBigUInt64LE(address(this.#name), 0);
    this.#receiveHeader.writeBigUInt64LE(address(this.#receiveVector), 16);
    this.#receiveHeader.writeBigUInt64LE(1n, 24);
    this.#receiveHeader.writeBigUInt64LE(address(this.#receiveControl), 32);
    this.#sendHeader.writeBigUInt64LE(address(this.#sendVector), 16);
    this.#sendHeader.writeBigUInt64LE(1n, 24);
    this.#sendHeader.writeBigUInt64LE(address(this.#sendControl), 32);
    this.#sendHeader.writeBigUInt64LE(BigInt(this.#sendControl.length), 40);
    this.#sendControl.writeBigUInt64LE(BigInt(this.#sendControl.length), 0);
    this.#sendControl.writeInt32LE(protocolSctp, 8);
    this.#sendControl.writeInt32LE(controlSendInfo, 12);
  }

  /**
   * Reads what comes next; `undefined` where nothing is there.
   *
   * @param descriptor - The socket.
   */
  receive(descriptor: number): Received | undefined {
    const header = this.#receiveHeader;
    for (;;) {
      header.writeUInt32LE(socketAddressStorageLength, 8);
      header.writeBigUInt64LE(BigInt(controlSpace), 40);
      header.writeInt32LE(0, 48);
      const length = Number(this.#native.recvmsg(descriptor, header, 0));
      if (length > 0) return this.#received(length);
      if (length === 0 || this.#native.errno() !== errorInterrupted) return undefined;
    }
  }

  /**
   * Sends a message.
   *
   * @param descriptor - The socket.
   * @param association - The kernel's name of the association; 0 where the socket has only one.
   * @param message - What to send.
   * @param flags - Bits of SendFlag.
   * @param context - Told back where it fails.
   * @returns Whether the kernel took it, has no room at present, or refuses it.
   */
  send(
    descriptor: number,
    association: number,
    message: OutboundMessage,
    flags: number,
    context: number,
  ): 'sent' | 'full' | 'failed' {
    const control = this.#sendControl;
    control.writeUInt16LE(message.stream ?? 0, controlHeaderLength);
    control.writeUInt16LE(flags, controlHeaderLength + 2);
    // The kernel passes it through as it is, so it has to be in the network's order.
    control.writeUInt32BE(message.payloadProtocolIdentifier, controlHeaderLength + 4);
    control.writeUInt32LE(context, controlHeaderLength + 8);
    control.writeInt32LE(association, controlHeaderLength + 12);
    const { data } = message;
    this.#sendVector.writeBigUInt64LE(data.length === 0 ? 0n : this.#native.address(data), 0);
    this.#sendVector.writeBigUInt64LE(BigInt(data.length), 8);
    for (;;) {
      if (Number(this.#native.sendmsg(descriptor, this.#sendHeader, flagNoSignal)) >= 0) return 'sent';
      const errno = this.#native.errno();
      if (errno === errorAgain || errno === errorInProgress) return 'full';
      if (errno !== errorInterrupted) return 'failed';
    }
  }

  #received(length: number): Received {
    const flags = this.#receiveHeader.readInt32LE(48);
    const control = this.#receiveControl;
    const bytes = this.#data.subarray(0, length);
    const isNotification = (flags & flagNotification) !== 0;
    const isComplete = (flags & flagEndOfRecord) !== 0;
    const hasInfo =
      !isNotification &&
      Number(this.#receiveHeader.readBigUInt64LE(40)) > controlHeaderLength &&
      control.readInt32LE(8) === protocolSctp &&
      control.readInt32LE(12) === controlReceiveInfo;
    return {
      isNotification,
      isComplete,
      bytes,
      stream: hasInfo ? control.readUInt16LE(controlHeaderLength) : 0,
      payloadProtocolIdentifier: hasInfo ? control.readUInt32BE(controlHeaderLength + 8) : 0,
      unordered: hasInfo && (control.readUInt16LE(controlHeaderLength + 4) & 1) !== 0,
    };
  }
}

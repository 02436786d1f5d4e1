import type { NativePoll } from '../carriers/native/native-sockets.ts';
import type { ReceivingCalls } from '../carriers/kernel/message-receiver.ts';
import type { SendingCalls } from '../carriers/kernel/message-sender.ts';

/** EAGAIN, and what a broken association gives. */
export const [noRoom, reset] = [11, 104];

/** Something that the kernel has for a socket. */
export interface KernelMessage {
  readonly data: Uint8Array;
  readonly payloadProtocolIdentifier?: number;
  readonly stream?: number;
  readonly unordered?: boolean;
  readonly isNotification?: boolean;
}

/** What the kernel was given. */
export interface GivenMessage {
  /** Which call it came with, from 0. */
  readonly call: number;
  /** Whether the call said that more follows. */
  readonly hasMore: boolean;
  readonly data: readonly number[];
  readonly context: number;
  readonly stream: number;
  readonly payloadProtocolIdentifier: number;
  readonly flags: number;
}

interface Place {
  readonly at: bigint;
  readonly bytes: Uint8Array;
}

/** The calls of the kernel that pass messages, in memory: it reads and writes the structures where their addresses say. */
export class KernelCalls implements ReceivingCalls, SendingCalls {
  /** What is there to be read. */
  readonly inbound: KernelMessage[] = [];
  /** What was sent. */
  readonly given: GivenMessage[] = [];
  /** How many messages it still takes. */
  room = Number.POSITIVE_INFINITY;
  /** What the next call tells before anything else, and what sending fails with at the end of {@link room}. */
  receiveErrors: number[] = [];
  sendError = noRoom;
  receiveCalls = 0;
  isClosed = false;
  /** What is watched, and who is called for it. */
  watched: { readable: boolean; writable: boolean } | undefined;
  onReady: () => void = () => undefined;
  readonly #places: Place[] = [];
  #next = 4096n;
  #sendCalls = 0;
  #errno = 0;

  address(bytes: Uint8Array): bigint {
    const at = this.#next;
    this.#places.push({ at, bytes });
    this.#next += BigInt(bytes.length) + 4096n;
    return at;
  }

  errno(): number {
    return this.#errno;
  }

  sendmsg(_descriptor: number, header: Uint8Array, flags: number): number {
    return this.#take(Buffer.from(header.buffer, header.byteOffset), 1, flags) === 1 ? 0 : -1;
  }

  sendmmsg(_descriptor: number, headers: Uint8Array, count: number, flags: number): number {
    return this.#take(Buffer.from(headers.buffer, headers.byteOffset), count, flags);
  }

  recvmmsg(_descriptor: number, headers: Uint8Array, most: number): number {
    this.receiveCalls += 1;
    const error = this.receiveErrors.shift() ?? (this.inbound.length === 0 ? noRoom : 0);
    if (error !== 0) return this.#fail(error);
    const all = Buffer.from(headers.buffer, headers.byteOffset);
    let count = 0;
    for (; count < most && this.inbound.length > 0; count += 1) this.#put(all.subarray(64 * count));
    return count;
  }

  poll(_descriptor: number, callback: () => void): NativePoll {
    this.onReady = callback;
    this.watched = { readable: true, writable: false };
    return {
      start: (events) => {
        this.watched = events;
      },
      stop: () => {
        this.watched = undefined;
      },
      close: () => {
        this.watched = undefined;
      },
    };
  }

  close(): number {
    this.isClosed = true;
    return 0;
  }

  /** The data of what was sent, and how many calls that took. */
  get sentData(): { readonly data: (readonly number[])[]; readonly calls: number } {
    return {
      data: this.given.map(({ data }) => data),
      calls: new Set(this.given.map(({ call }) => call)).size,
    };
  }

  #fail(errno: number): number {
    this.#errno = errno;
    return -1;
  }

  #take(headers: Buffer, count: number, flags: number): number {
    const call = this.#sendCalls++;
    let taken = 0;
    for (; taken < count && this.room > 0; taken += 1) {
      const header = headers.subarray(64 * taken);
      const vector = this.#at(header.readBigUInt64LE(16), 16);
      const info = this.#at(header.readBigUInt64LE(32) + 16n, 16);
      const data = this.#at(vector.readBigUInt64LE(0), Number(vector.readBigUInt64LE(8)));
      this.given.push({
        call,
        hasMore: (flags & 0x8000) !== 0,
        data: [...data],
        stream: info.readUInt16LE(0),
        flags: info.readUInt16LE(2),
        payloadProtocolIdentifier: info.readUInt32BE(4),
        context: info.readUInt32LE(8),
      });
      this.room -= 1;
    }
    return taken === 0 ? this.#fail(this.sendError) : taken;
  }

  /** Puts what comes next into a slot, or as much of it as fits. */
  #put(header: Buffer): void {
    const [message] = this.inbound.splice(0, 1);
    if (message === undefined) return;
    const vector = this.#at(header.readBigUInt64LE(16), 16);
    const room = Number(vector.readBigUInt64LE(8));
    this.#at(vector.readBigUInt64LE(0), room).set(message.data.subarray(0, room));
    const isCut = message.data.length > room;
    if (isCut) this.inbound.unshift({ ...message, data: message.data.subarray(room) });
    const isNotification = message.isNotification === true;
    const controlRoom = Number(header.readBigUInt64LE(40));
    if (!isNotification && controlRoom >= 48) {
      const control = this.#at(header.readBigUInt64LE(32), 48);
      control.writeBigUInt64LE(44n, 0);
      control.writeInt32LE(132, 8);
      control.writeInt32LE(3, 12);
      control.writeUInt16LE(message.stream ?? 0, 16);
      control.writeUInt16LE(message.unordered === true ? 1 : 0, 20);
      control.writeUInt32BE(message.payloadProtocolIdentifier ?? 0, 24);
    }
    header.writeBigUInt64LE(isNotification || controlRoom < 48 ? 0n : 48n, 40);
    header.writeInt32LE((isNotification ? 0x8000 : 0) | (isCut ? 0 : 0x80), 48);
    header.writeUInt32LE(Math.min(room, message.data.length), 56);
  }

  #at(address: bigint, length: number): Buffer {
    const place = this.#places.find(({ at, bytes }) => address >= at && address <= at + BigInt(bytes.length));
    if (place === undefined) throw new Error(`nothing is at ${address}`);
    const { buffer, byteOffset } = place.bytes;
    return Buffer.from(buffer, byteOffset + Number(address - place.at), length);
  }
}

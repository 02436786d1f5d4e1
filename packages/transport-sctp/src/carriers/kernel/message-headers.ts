import { protocolSctp } from '../native/constants.ts';
import type { NativeSockets } from '../native/native-sockets.ts';

/** Where the fields of struct mmsghdr are on 64-bit Linux; it begins with a struct msghdr. */
const vectorAt = 16;
const vectorCountAt = 24;
const controlAt = 32;
const controlLengthAt = 40;
const flagsAt = 48;
const lengthAt = 56;
const headerLength = 64;
/** struct iovec: where the bytes are, and how many. */
const vectorLength = 16;
/** struct cmsghdr: its length, level and type, behind which the information is. */
const controlLevelAt = 8;
const controlTypeAt = 12;
/** Where ancillary data begins behind its header. */
export const controlHeaderLength = 16;

/** What belongs to {@link MessageHeaders}. */
export interface MessageHeadersOptions {
  /** The system calls. */
  readonly native: Pick<NativeSockets, 'address'>;
  /** How many messages one call can pass. */
  readonly slots: number;
  /** How many bytes each has room for. */
  readonly slotBytes: number;
  /** How much room each has for ancillary data, in bytes, a multiple of 8. */
  readonly controlBytes: number;
}

/**
 * The structures that recvmmsg and sendmmsg want for several messages at once, made only once: each slot has its header,
 * its bytes and its ancillary data at fixed places.
 */
export class MessageHeaders {
  /** The headers of all slots, to be given to the system. */
  readonly headers: Buffer;
  readonly #each: readonly Buffer[];
  readonly #options: MessageHeadersOptions;
  readonly #data: Buffer;
  readonly #dataAddress: bigint;
  readonly #control: Buffer;
  readonly #vectors: Buffer;

  constructor(options: MessageHeadersOptions) {
    const { native, slots, slotBytes, controlBytes } = options;
    this.#options = options;
    // Off the engine's heap, because the system is given their places.
    this.headers = Buffer.alloc(slots * headerLength);
    this.#each = Array.from({ length: slots }, (_, slot) => this.headers.subarray(slot * headerLength));
    this.#vectors = Buffer.alloc(slots * vectorLength);
    this.#control = Buffer.alloc(slots * controlBytes);
    this.#data = Buffer.alloc(slots * slotBytes);
    this.#dataAddress = native.address(this.#data);
    const vectorAddress = native.address(this.#vectors);
    const controlAddress = native.address(this.#control);
    for (let slot = 0; slot < slots; slot += 1) {
      const header = slot * headerLength;
      this.headers.writeBigUInt64LE(vectorAddress + BigInt(slot * vectorLength), header + vectorAt);
      this.headers.writeBigUInt64LE(1n, header + vectorCountAt);
      this.headers.writeBigUInt64LE(controlAddress + BigInt(slot * controlBytes), header + controlAt);
      this.headers.writeBigUInt64LE(BigInt(controlBytes), header + controlLengthAt);
      this.setBytes(slot, undefined, slotBytes);
    }
  }

  /** How many bytes a slot has room for. */
  get slotBytes(): number {
    return this.#options.slotBytes;
  }

  /** The header of one slot, to be given to the system. */
  header(slot: number): Buffer {
    return this.#each[slot] ?? this.headers;
  }

  /** The room of a slot for the bytes of a message. */
  bytes(slot: number, length: number): Buffer {
    const at = slot * this.#options.slotBytes;
    return this.#data.subarray(at, at + length);
  }

  /** Copies a message into a slot. */
  fill(slot: number, bytes: Uint8Array): void {
    this.#data.set(bytes, slot * this.#options.slotBytes);
    this.#vectors.writeUInt32LE(bytes.length, slot * vectorLength + 8);
  }

  /** Says where the bytes of a slot are, and how many: elsewhere at an address, or in the slot itself. */
  setBytes(slot: number, address: bigint | undefined, length: number): void {
    const own = this.#dataAddress + BigInt(slot * this.#options.slotBytes);
    this.#vectors.writeBigUInt64LE(address ?? own, slot * vectorLength);
    this.#vectors.writeBigUInt64LE(BigInt(length), slot * vectorLength + 8);
  }

  /** Gives a slot all its room for ancillary data again, which the system has cut to what it wrote. */
  resetControl(slot: number): void {
    this.headers.writeUInt32LE(this.#options.controlBytes, slot * headerLength + controlLengthAt);
  }

  /** Writes the header of the one piece of ancillary data that a slot has, and tells its information. */
  setControl(slot: number, type: number): void {
    const at = slot * this.#options.controlBytes;
    this.#control.writeBigUInt64LE(BigInt(this.#options.controlBytes), at);
    this.#control.writeInt32LE(protocolSctp, at + controlLevelAt);
    this.#control.writeInt32LE(type, at + controlTypeAt);
  }

  /** Where the information of the ancillary data of a slot is in {@link control}; `undefined` where there is none of that type. */
  controlOf(slot: number, type: number): number | undefined {
    const at = slot * this.#options.controlBytes;
    const length = this.headers.readUInt32LE(slot * headerLength + controlLengthAt);
    const isThere =
      length > controlHeaderLength &&
      this.#control.readInt32LE(at + controlLevelAt) === protocolSctp &&
      this.#control.readInt32LE(at + controlTypeAt) === type;
    return isThere ? at + controlHeaderLength : undefined;
  }

  /** The ancillary data of all slots. */
  get control(): Buffer {
    return this.#control;
  }

  /** Where the information of a slot is in {@link control}, to be written. */
  informationAt(slot: number): number {
    return slot * this.#options.controlBytes + controlHeaderLength;
  }

  /** The flags that the system set for a slot. */
  flags(slot: number): number {
    return this.headers.readInt32LE(slot * headerLength + flagsAt);
  }

  /** How many bytes the system read into a slot. */
  length(slot: number): number {
    return this.headers.readUInt32LE(slot * headerLength + lengthAt);
  }
}

import { DataFlag, dataHeaderLength, putDataChunk } from '../wire/chunks/data.ts';
import { commonHeaderLength } from '../wire/packet.ts';
import { PacketWriter } from '../wire/packet-writer.ts';
import type { DataOutcome, DataReceiver } from './data-receiver.ts';

export interface Chunk {
  readonly tsn: number;
  readonly stream?: number;
  readonly ssn?: number;
  readonly ppid?: number;
  /** Letters of the flags: B, E, U and I; a whole ordered message by default. */
  readonly flags?: string;
  readonly data?: Uint8Array | string;
}

/** The flags of letters. */
export function flagsOf(letters: string): number {
  const bits: Record<string, number> = {
    B: DataFlag.beginning,
    E: DataFlag.ending,
    U: DataFlag.unordered,
    I: DataFlag.immediate,
  };
  return [...letters].reduce((flags, letter) => flags | (bits[letter] ?? 0), 0);
}

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
}

export function textOf(bytes: Uint8Array): string {
  return String.fromCodePoint(...bytes);
}

/** A packet with a chunk. */
export function packetWith(chunk: Chunk): Uint8Array {
  const bytes = dataOf(chunk);
  const writer = new PacketWriter(1232);
  writer.start(1, 1, 1);
  const flags = flagsOf(chunk.flags ?? 'BE');
  const { tsn, stream = 0, ssn = 0, ppid = 0 } = chunk;
  putDataChunk(writer, flags, tsn, stream, ssn, ppid, bytes, 0, bytes.length);
  return writer.finish();
}

/** Gives a chunk in a packet of its own to a receiver, without the end of the packet. */
export function receive(receiver: DataReceiver, chunk: Chunk): DataOutcome {
  const length = dataHeaderLength + dataOf(chunk).length;
  return receiver.handleData(packetWith(chunk), commonHeaderLength, length);
}

function dataOf({ data = 'x' }: Chunk): Uint8Array {
  return typeof data === 'string' ? bytesOf(data) : data;
}

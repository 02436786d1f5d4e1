import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkType, tagReflected } from '../core/wire/chunk-type.ts';
import { ChunkWalk } from '../core/wire/chunk-walk.ts';
import { putInit } from '../core/wire/chunks/init.ts';
import { PacketWriter } from '../core/wire/packet-writer.ts';
import { isChecksumRight, readPacketHeader } from '../core/wire/packet.ts';
import { outOfTheBlueReply } from './out-of-the-blue.ts';

const packet = (tag: number, ...types: readonly number[]): Uint8Array => {
  const writer = new PacketWriter(1232);
  writer.start(5000, 3863, tag);
  for (const type of types) writer.endChunk(writer.beginChunk(type, 0));
  return writer.finish();
};

const init = (tag: number): Uint8Array => {
  const writer = new PacketWriter(1232);
  writer.start(5000, 3863, tag);
  putInit(writer, {
    initiateTag: 0xabcdef01,
    receiverWindow: 65_536,
    outboundStreams: 1,
    inboundStreams: 1,
    initialTsn: 1,
    addresses: [],
  });
  return writer.finish();
};

/** What is answered: the tag, the type and the flags of the one chunk. */
const answer = (bytes: Uint8Array): unknown => {
  const reply = outOfTheBlueReply(bytes);
  if (reply === undefined) return undefined;
  expect(isChecksumRight(reply)).toBe(true);
  const header = readPacketHeader(reply);
  expect([header?.sourcePort, header?.destinationPort]).toEqual([3863, 5000]);
  const walk = new ChunkWalk();
  walk.start(reply);
  walk.next();
  return [header?.verificationTag, walk.type, walk.flags];
};

describe('RFC 9260 section 8.4: packets for a port that no endpoint has', () => {
  it('refuses an INIT with the tag that it brought', () => {
    expect(answer(init(0))).toEqual([0xabcdef01, ChunkType.abort, 0]);
  });

  it('does not answer an INIT with a verification tag', () => {
    expect(answer(init(7))).toBe(undefined);
  });

  it('completes a shutdown', () => {
    expect(answer(packet(7, ChunkType.shutdownAck))).toEqual([7, ChunkType.shutdownComplete, tagReflected]);
  });

  it('aborts everything else with the tag reflected', () => {
    for (const type of [ChunkType.data, ChunkType.sack, ChunkType.heartbeat, ChunkType.cookieEcho, 63]) {
      expect(answer(packet(7, type))).toEqual([7, ChunkType.abort, tagReflected]);
    }
  });

  it('says nothing about the end of something that does not exist', () => {
    const { abort, shutdownComplete, cookieAck, error } = ChunkType;
    for (const type of [abort, shutdownComplete, cookieAck, error]) {
      expect(answer(packet(7, type))).toBe(undefined);
      expect(answer(packet(7, ChunkType.data, type))).toBe(undefined);
    }
  });

  it('drops what is damaged or empty', () => {
    const damaged = packet(7, ChunkType.data);
    damaged[13] = 0xff;
    expect(answer(damaged)).toBe(undefined);
    expect(answer(packet(7))).toBe(undefined);
  });

  it('never throws, and never answers with more than it got', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 200 }), (bytes) => {
        const reply = outOfTheBlueReply(bytes);
        expect(reply === undefined || reply.length <= bytes.length).toBe(true);
      }),
    );
  });
});

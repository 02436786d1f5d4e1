import { createHmac } from 'node:crypto';
import { parseIpAddress, seededRandom } from '@rserpool/wire';
import { describe, expect, test } from 'vitest';
import { SctpEndpointMachine } from '../endpoint/sctp-endpoint-machine.ts';
import type { PacketInput } from '../sctp-input.ts';
import type { PacketOutput } from '../sctp-output.ts';
import { hmacSha256 } from '../testing/simulated-endpoint.fixture.ts';
import { CauseCode } from '../wire/cause-code.ts';
import { readErrorCauses } from '../wire/causes/read-error-causes.ts';
import { ChunkType } from '../wire/chunk-type.ts';
import { ChunkWalk } from '../wire/chunk-walk.ts';
import {
  authenticatedBytes,
  authHmac,
  authHmacIdentifier,
  beginAuth,
  signAuth,
} from '../wire/chunks/auth.ts';
import { decodeInitAck } from '../wire/chunks/decode-init.ts';
import { type AuthenticationParameters, putInit } from '../wire/chunks/init.ts';
import { putCookieEcho } from '../wire/chunks/plain.ts';
import { PacketWriter } from '../wire/packet-writer.ts';
import { decodeAuthentication, encodeAuthentication } from './authentication.ts';
import { associationKey, keyVector } from './key-vector.ts';

const hmacSha1 = (key: Uint8Array, data: Uint8Array) =>
  new Uint8Array(createHmac('sha1', key).update(data).digest());

describe('RFC 4895 section 6.1: the association shared key', () => {
  test('a vector is RANDOM, CHUNKS and HMAC-ALGO with their headers and without padding', () => {
    const vector = keyVector({ random: new Uint8Array(32).fill(5), chunks: [0xc1], hmacAlgorithms: [3, 1] });
    expect([...vector.subarray(0, 4)]).toEqual([0x80, 2, 0, 36]);
    expect([...vector.subarray(36)]).toEqual([0x80, 3, 0, 5, 0xc1, 0x80, 4, 0, 8, 0, 3, 0, 1]);
    const without = keyVector({ random: new Uint8Array(0), hmacAlgorithms: [1] });
    expect([...without]).toEqual([0x80, 2, 0, 4, 0x80, 4, 0, 6, 0, 1]);
  });

  test.each([
    [
      [1, 2],
      [1, 3],
      [1, 2, 1, 3],
    ],
    [[9], [1, 0], [9, 1, 0]],
    [[1, 0], [9], [9, 1, 0]],
    [[0, 0, 7], [7], [7, 0, 0, 7]],
    [[7], [0, 0, 7], [7, 0, 0, 7]],
    [[0, 8], [7], [7, 0, 8]],
    [
      [4, 4],
      [4, 4],
      [4, 4, 4, 4],
    ],
  ])('of %j and %j is %j: the smaller number first, of equal ones the shorter', (own, peer, key) => {
    expect([...associationKey(new Uint8Array(own), new Uint8Array(peer))]).toEqual(key);
  });

  test('survives the cookie', () => {
    const authentication = {
      key: new Uint8Array([1, 2, 3]),
      hmacIdentifier: 3,
      required: [0, 0xc1],
      isForAll: true,
      canReconfigure: true,
    };
    expect(decodeAuthentication(encodeAuthentication(authentication))).toEqual(authentication);
    expect(decodeAuthentication(encodeAuthentication(undefined))).toBeUndefined();
  });
});

const source = parseIpAddress('10.0.0.2');
const destination = parseIpAddress('10.0.0.1');
const port = 5000;

/** A peer that wants chunks to be authenticated, talking to an endpoint. */
class Peer {
  readonly machine = new SctpEndpointMachine({
    port,
    addresses: [destination],
    listen: true,
    allocate: () => 1,
    random: seededRandom(3),
    hmac: hmacSha256,
    hmacSha1,
    encapsulationPort: () => 9899,
  });
  readonly parameters: AuthenticationParameters;
  key = new Uint8Array(0);
  tag = 0;

  constructor(parameters: AuthenticationParameters) {
    this.parameters = parameters;
  }

  /** Gives the endpoint a packet; what it answers. */
  give(tag: number, put: (writer: PacketWriter) => void): PacketOutput[] {
    const writer = new PacketWriter(1232);
    writer.start(7000, port, tag);
    put(writer);
    const input: PacketInput = {
      type: 'packet',
      bytes: writer.finish(),
      source,
      destination,
      encapsulationPort: 0,
    };
    this.machine.handle(input, 0);
    return this.packets();
  }

  /** The packets that the endpoint sends. */
  packets(): PacketOutput[] {
    const packets: PacketOutput[] = [];
    for (let output = this.machine.poll(); output !== undefined; output = this.machine.poll()) {
      if (output.type === 'packet') packets.push(output);
    }
    return packets;
  }

  init(): PacketOutput[] {
    return this.give(0, (writer) =>
      putInit(writer, {
        initiateTag: 77,
        receiverWindow: 65_536,
        outboundStreams: 1,
        inboundStreams: 1,
        initialTsn: 1,
        addresses: [],
        authentication: this.parameters,
        supportedExtensions: [ChunkType.asconf, ChunkType.asconfAck, ChunkType.auth],
      }),
    );
  }

  /** Sets the association up. */
  connect(): void {
    const [answer] = this.init();
    const bytes = answer?.bytes ?? new Uint8Array(0);
    const walk = new ChunkWalk();
    walk.start(bytes);
    walk.next();
    const result = decodeInitAck(bytes, walk.offset, walk.length);
    if (!result.ok || result.init.authentication === undefined) throw new Error('no INIT ACK with AUTH');
    this.tag = result.init.initiateTag;
    this.key = associationKey(keyVector(this.parameters), keyVector(result.init.authentication)).slice();
    this.give(this.tag, (writer) => putCookieEcho(writer, result.init.stateCookie));
  }
}

function typesOf(bytes: Uint8Array): number[] {
  const walk = new ChunkWalk();
  walk.start(bytes);
  const types: number[] = [];
  while (walk.next()) types.push(walk.type);
  return types;
}

const random = new Uint8Array(32).fill(0xab);

describe('RFC 4895 sections 6.2 and 6.3: authenticated chunks', () => {
  test.each([
    [[3, 1], hmacSha256, 3, 32],
    [[1], hmacSha1, 1, 20],
    [[2, 1, 3], hmacSha1, 1, 20],
  ] as const)(
    'what the peer wants to be authenticated is, with the first HMAC of %j',
    (list, hmac, identifier, length) => {
      const peer = new Peer({ random, chunks: [ChunkType.data], hmacAlgorithms: list });
      peer.connect();
      const data = new Uint8Array(3000).fill(1);
      peer.machine.handle(
        { type: 'send', association: 1, data, payloadProtocolIdentifier: 1, stream: 0, unordered: false },
        0,
      );
      const packets = peer.packets();
      expect(packets.length).toBeGreaterThan(1);
      for (const { bytes } of packets) {
        expect(typesOf(bytes)).toEqual([ChunkType.auth, ChunkType.data]);
        expect(bytes.length).toBeLessThanOrEqual(1232);
        expect(authHmacIdentifier(bytes, 12)).toBe(identifier);
        const expected = hmac(peer.key, authenticatedBytes(bytes, 12, 8 + length));
        expect(authHmac(bytes, 12, 8 + length)).toEqual(expected);
      }
    },
  );

  test('what the peer does not want to be authenticated is not', () => {
    const peer = new Peer({ random, chunks: [ChunkType.asconf], hmacAlgorithms: [3, 1] });
    peer.connect();
    peer.machine.handle(
      {
        type: 'send',
        association: 1,
        data: new Uint8Array(3),
        payloadProtocolIdentifier: 1,
        stream: 0,
        unordered: false,
      },
      0,
    );
    expect(peer.packets().map(({ bytes }) => typesOf(bytes))).toEqual([[ChunkType.data]]);
  });

  test('an AUTH chunk with an unknown HMAC is answered with Unsupported HMAC Identifier', () => {
    const peer = new Peer({ random, chunks: [ChunkType.asconf], hmacAlgorithms: [3, 1] });
    peer.connect();
    const [answer] = peer.give(peer.tag, (writer) => {
      beginAuth(writer, 0, 2, 20);
      writer.endChunk(writer.beginChunk(ChunkType.cookieAck, 0));
    });
    const bytes = answer?.bytes ?? new Uint8Array(0);
    expect(typesOf(bytes)).toEqual([ChunkType.error]);
    expect(readErrorCauses(bytes, 12, bytes.length - 12)?.[0]?.code).toBe(
      CauseCode.unsupportedHmacIdentifier,
    );
  });

  test('what is behind a wrong AUTH chunk is dropped, what is behind a right one is read', () => {
    const peer = new Peer({ random, chunks: [ChunkType.asconf], hmacAlgorithms: [3, 1] });
    peer.connect();
    const heartbeat = (key: Uint8Array, keyIdentifier = 0) =>
      peer.give(peer.tag, (writer) => {
        const auth = beginAuth(writer, keyIdentifier, 3, 32);
        const chunk = writer.beginChunk(ChunkType.heartbeat, 0);
        writer.put32(0x0001_0004);
        writer.endChunk(chunk);
        signAuth(writer, auth, (data) => hmacSha256(key, data));
      });
    expect(heartbeat(new Uint8Array([1]))).toEqual([]);
    expect(heartbeat(peer.key, 1)).toEqual([]);
    expect(peer.machine.statistics.authenticationFailures).toBe(1);
    expect(heartbeat(peer.key).map(({ bytes }) => typesOf(bytes))).toEqual([[ChunkType.heartbeatAck]]);
  });

  test('a RANDOM of another length ends the attempt (section 6.1)', () => {
    const peer = new Peer({ random: new Uint8Array(31), hmacAlgorithms: [3, 1] });
    const [answer] = peer.init();
    const bytes = answer?.bytes ?? new Uint8Array(0);
    expect(typesOf(bytes)).toEqual([ChunkType.abort]);
    expect(readErrorCauses(bytes, 12, bytes.length - 12)?.[0]?.code).toBe(CauseCode.protocolViolation);
  });
});

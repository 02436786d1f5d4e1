// Fuzzes the readers of SCTP chunks: mutations of well-formed chunks, and random bytes.
// use: node fuzz-parse.mjs [--seconds 20] [--seed 1]
//
// What holds for every input: reading does not throw and does not change the input; what is read is written in a
// canonical form that reads as the same and is written as the same bytes.
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { bytesEqual, bytesToHex, hexToBytes, seededRandom } from '@rserpool/wire';
import {
  ChunkType,
  ChunkWalk,
  decodeInit,
  decodeInitAck,
  isChecksumRight,
  isChunkLengthRight,
  PacketWriter,
  putAsconf,
  putAsconfAck,
  putErrorCause,
  putForwardTsn,
  putHeartbeat,
  putInit,
  putInitAck,
  readAsconf,
  readAsconfAck,
  readErrorCauses,
  readForwardTsn,
  readHeartbeatInformation,
} from '../dist/internal.js';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed);
if (!(seconds > 0) || !Number.isSafeInteger(seed)) {
  console.error('--seconds and --seed have to be numbers');
  process.exit(2);
}

const random = seededRandom(seed);
const below = (limit) => random() % limit;

/**
 * Chunks by type: reader, writer, and one to begin with (without the header).
 *
 * @type {[number, { read: Function, write: Function, seed: string }][]}
 */
const chunkCodecs = [
  [
    ChunkType.init,
    {
      read: (bytes, offset, length) => initOf(decodeInit(bytes, offset, length)),
      write: putInit,
      seed: '01020304000005dc0001ffffffffffff00050008c00002010006001420010db800000000000000000000000100090008000003e8000c00080005000680080007c1800f00c000000480020009010203040500000080030005c10000008004000800030001c006000800000007',
    },
  ],
  [
    ChunkType.initAck,
    {
      read: (bytes, offset, length) => initOf(decodeInitAck(bytes, offset, length)),
      write: putInitAck,
      seed: '01020304000005dc0001ffffffffffff00070007aabbcc0000080009ffff00050100000000080008c123000400050008c0000201',
    },
  ],
  [ChunkType.heartbeat, { read: readHeartbeatInformation, write: putHeartbeat, seed: '000100080a0b0c0d' }],
  [
    ChunkType.error,
    {
      read: readErrorCauses,
      write(writer, causes) {
        const chunk = writer.beginChunk(ChunkType.error, 0);
        for (const { code, value } of causes) putErrorCause(writer, code, value);
        writer.endChunk(chunk);
      },
      seed: '000100080001000000040004000d00066e6f0000',
    },
  ],
  [ChunkType.forwardTsn, { read: readForwardTsn, write: putForwardTsn, seed: '000000070001ffff' }],
  [
    ChunkType.asconf,
    {
      read: readAsconf,
      write: putAsconf,
      seed: '00000001000500080a000001c00100100102347400050008c0000201c00200100102347600050008c0000201',
    },
  ],
  [
    ChunkType.asconfAck,
    {
      read: readAsconfAck,
      write: putAsconfAck,
      seed: '00000009c005000801023474c003001c0102347600a00014c00200100102347600050008c0000201',
    },
  ],
];
const codecs = new Map(chunkCodecs);

/** What is compared of an INIT: not the reports, which are about what is not in the canonical form. */
function initOf(result) {
  return result.ok ? result.init : undefined;
}

const types = [...codecs.keys()];
const seedOf = (type) => hexToBytes(codecs.get(type)?.seed ?? '');
const edges = [0, 1, 3, 4, 5, 7, 8, 9, 12, 16, 20, 0xff, 0x7fff, 0x8000, 0xbfff, 0xc000, 0xfffc, 0xffff];

const mutations = [
  function changeBit(bytes) {
    bytes[below(bytes.length)] ^= 1 << below(8);
    return bytes;
  },
  function setWord(bytes) {
    const at = below(bytes.length >> 1) * 2;
    const word = edges[below(edges.length)];
    bytes[at] = word >> 8;
    bytes[at + 1] = word & 0xff;
    return bytes;
  },
  function cut(bytes) {
    return bytes.slice(0, 1 + below(bytes.length));
  },
  function repeatPart(bytes) {
    if (bytes.length > 4096) return bytes;
    const from = below(bytes.length) & ~3;
    const to = Math.min(bytes.length, from + 4 * (1 + below(8)));
    return Uint8Array.of(...bytes.subarray(0, to), ...bytes.subarray(from));
  },
  function insertParameter(bytes) {
    const at = Math.min(bytes.length, below(16) * 4);
    const type = below(2) === 0 ? below(0x10) : random() & 0xffff;
    const parameter = new Uint8Array((4 + below(9) + 3) & ~3);
    parameter.set([type >> 8, type & 0xff, 0, 4 + below(9)]);
    return Uint8Array.of(...bytes.subarray(0, at), ...parameter, ...bytes.subarray(at));
  },
  function splice(bytes) {
    if (bytes.length > 4096) return bytes;
    const other = seedOf(types[below(types.length)]);
    return Uint8Array.of(...bytes, ...other.subarray(below(other.length) & ~3));
  },
];

/** A packet with one chunk of this content; its length fits most of the time. */
function packetOf(type, content) {
  const packet = new Uint8Array(16 + content.length);
  packet.set([0x13, 0x88, 0x13, 0x89]);
  const length = below(8) === 0 ? edges[below(edges.length)] : 4 + content.length;
  packet.set([type, below(256), length >> 8, length & 0xff], 12);
  packet.set(content, 16);
  return packet;
}

function nextInput() {
  if (below(16) === 0) return Uint8Array.from({ length: below(200) }, () => below(256));
  const type = types[below(types.length)];
  let content = seedOf(type);
  for (let count = below(4); count > 0 && content.length > 1; count--) {
    content = mutations[below(mutations.length)](content);
  }
  return packetOf(type, content);
}

function canonical(codec, value) {
  const writer = new PacketWriter(1232);
  writer.start(5000, 5001, 1);
  codec.write(writer, value);
  return writer.finish();
}

/** Reads the chunks of a packet; the first one that is read is checked. */
function check(packet) {
  isChecksumRight(packet);
  const walk = new ChunkWalk();
  walk.start(packet);
  while (walk.next()) {
    if (walk.offset + walk.length > packet.length) throw new Error('a chunk reaches beyond its packet');
    const codec = codecs.get(walk.type);
    if (codec === undefined || !isChunkLengthRight(walk.type, walk.length)) continue;
    const value = codec.read(packet, walk.offset, walk.length);
    if (value === undefined) continue;
    const written = canonical(codec, value);
    const again = new ChunkWalk();
    again.start(written);
    if (!again.next()) throw new Error('what was written is no chunk');
    const value2 = codec.read(written, again.offset, again.length);
    if (!isDeepStrictEqual(plain(value2), plain(value))) throw new Error('the canonical form differs');
    if (!bytesEqual(canonical(codec, value2), written)) throw new Error('the canonical form is not stable');
  }
}

/** Without what cannot be sent or is the form of what was received, and hexadecimal text for bytes. */
function plain(value) {
  if (value instanceof Uint8Array) return bytesToHex(value);
  if (Array.isArray(value)) return value.filter((item) => item.type !== 'unrecognized').map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'parameter');
  return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
}

let inputs = 0;
const end = Date.now() + seconds * 1000;
while (Date.now() < end) {
  for (let batch = 0; batch < 500; batch++) {
    const input = nextInput();
    const before = input.slice();
    inputs++;
    try {
      check(input);
      if (!bytesEqual(input, before)) throw new Error('reading changed its input');
    } catch (error) {
      console.error(error.stack);
      console.error(`input: ${bytesToHex(before)}`);
      console.log(`fuzz: ${inputs} inputs, 1 failure, seed ${seed}`);
      process.exit(1);
    }
  }
}
console.log(`fuzz: ${inputs} inputs, 0 failures, seed ${seed}`);

// Fuzzes the decoders: mutations of captured messages, and random bytes.
// use: node fuzz-decode.mjs [--seconds 20] [--seed 1]
//
// What holds for every input: decoding does not throw; what decodes is encoded in a canonical form that decodes to
// the same message and is encoded to the same bytes; and decoding reads each byte a bounded number of times.
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import {
  bytesEqual,
  bytesToHex,
  decodeAsapMessage,
  decodeEnrpMessage,
  encodeAsapMessage,
  encodeEnrpMessage,
  hexToBytes,
  seededRandom,
} from '../dist/index.js';

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
const corpus = readFileSync(new URL('../src/testdata/messages.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => hexToBytes(JSON.parse(line).hex));
// What decodes and is new joins the corpus, up to this many.
const maximumCorpus = 2000;
const shapes = new Set();

const protocols = [
  { name: 'asap', decode: decodeAsapMessage, encode: encodeAsapMessage },
  { name: 'enrp', decode: decodeEnrpMessage, encode: encodeEnrpMessage },
];

/** Numbers that lie at the edges of fields. */
const edges = [
  0, 1, 3, 4, 5, 7, 8, 12, 0x10, 0x14, 0x7f, 0x80, 0xff, 0x803f, 0x4000, 0x8000, 0xc000, 0xfffc, 0xffff,
];

const mutations = [
  function changeBit(bytes) {
    bytes[below(bytes.length)] ^= 1 << below(8);
    return bytes;
  },
  function changeByte(bytes) {
    bytes[below(bytes.length)] = below(256);
    return bytes;
  },
  function setWord(bytes) {
    if (bytes.length < 2) return bytes;
    const at = below(bytes.length >> 1) * 2;
    const word = edges[below(edges.length)];
    bytes[at] = word >> 8;
    bytes[at + 1] = word & 0xff;
    return bytes;
  },
  function addToWord(bytes) {
    if (bytes.length < 2) return bytes;
    const at = below(bytes.length >> 1) * 2;
    const word = ((bytes[at] << 8) | bytes[at + 1]) + below(17) - 8;
    bytes[at] = (word >> 8) & 0xff;
    bytes[at + 1] = word & 0xff;
    return bytes;
  },
  function cut(bytes) {
    return bytes.slice(0, 1 + below(bytes.length));
  },
  function removePart(bytes) {
    const from = below(bytes.length);
    const to = from + below(Math.min(24, bytes.length - from) + 1);
    return Uint8Array.of(bytes[0], ...bytes.subarray(1, from), ...bytes.subarray(to));
  },
  function repeatPart(bytes) {
    if (bytes.length > 4096) return bytes;
    const from = below(bytes.length) & ~3;
    const to = Math.min(bytes.length, from + 4 * (1 + below(16)));
    return Uint8Array.of(...bytes.subarray(0, to), ...bytes.subarray(from));
  },
  function splice(bytes) {
    if (bytes.length > 4096) return bytes;
    const other = corpus[below(corpus.length)];
    const from = below(other.length) & ~3;
    const at = below(bytes.length + 1) & ~3;
    return Uint8Array.of(
      ...bytes.subarray(0, at),
      ...other.subarray(from, from + 400),
      ...bytes.subarray(at),
    );
  },
  function insertParameter(bytes) {
    const at = Math.min(bytes.length, (1 + below(16)) * 4);
    const type = below(2) === 0 ? below(0x12) : random() & 0xffff;
    const length = 4 + below(9);
    const parameter = new Uint8Array((length + 3) & ~3);
    parameter.set([type >> 8, type & 0xff, 0, length]);
    return Uint8Array.of(...bytes.subarray(0, at), ...parameter, ...bytes.subarray(at));
  },
];

function randomBytes() {
  const bytes = new Uint8Array(below(120));
  for (let index = 0; index < bytes.length; index++) bytes[index] = below(4) === 0 ? below(256) : below(18);
  return bytes;
}

function nextInput() {
  let bytes = below(16) === 0 ? randomBytes() : corpus[below(corpus.length)].slice();
  for (let count = 1 + below(4); count > 0 && bytes.length > 0; count--) {
    bytes = mutations[below(mutations.length)](bytes);
  }
  // Most of the time the message length is made to fit, or nothing behind the framing would be reached.
  if (bytes.length >= 4 && bytes.length <= 0xffff && below(8) !== 0) {
    const length = bytes.length - (below(4) === 0 ? below(4) : 0);
    bytes[2] = length >> 8;
    bytes[3] = length & 0xff;
    if (below(4) === 0) bytes[0] = 1 + below(14);
  }
  return bytes;
}

/** Decodes over a view that counts how often a byte is read: the bound on the work, without a clock. */
function checkSteps(protocol, input) {
  let reads = 0;
  const counting = new Proxy(input, {
    get(target, key) {
      if (typeof key === 'string' && key.charCodeAt(0) <= 0x39) reads++;
      // A part of the input is made of the input itself: methods of arrays do not work on a proxy.
      if (key === 'subarray') return target.subarray.bind(target);
      return Reflect.get(target, key);
    },
  });
  protocol.decode(counting);
  const allowed = 16 + 4 * input.length;
  if (reads > allowed) throw new Error(`${reads} reads of ${input.length} bytes, ${allowed} are allowed`);
}

function checkSound(protocol, input) {
  const untouched = input.slice();
  const result = protocol.decode(input);
  if (!bytesEqual(input, untouched)) throw new Error('decoding changed its input');
  if (!result.ok) {
    const { error } = result;
    if ((error.cause === undefined) !== (error.action === 'discard'))
      throw new Error('action and cause disagree');
    if (!(error.offset >= 0 && error.offset <= input.length)) throw new Error(`offset ${error.offset}`);
    return `${error.code} ${error.type}`;
  }
  const canonical = protocol.encode(result.message);
  if (canonical.length > input.length + 3) throw new Error('the canonical form is longer than the input');
  const again = protocol.decode(canonical);
  if (!again.ok) throw new Error(`the canonical form is refused: ${again.error.reason}`);
  if (!isDeepStrictEqual(plain(again.message), plain(result.message)))
    throw new Error('the canonical form differs');
  if (!bytesEqual(protocol.encode(again.message), canonical))
    throw new Error('the canonical form is not stable');
  return result.message.type;
}

/** The same with hexadecimal text for bytes: comparing views is slow. */
function plain(value) {
  if (value instanceof Uint8Array) return bytesToHex(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

let inputs = 0;
const end = Date.now() + seconds * 1000;
while (Date.now() < end) {
  for (let batch = 0; batch < 200; batch++) {
    const input = nextInput();
    inputs++;
    for (const protocol of protocols) {
      try {
        const shape = `${protocol.name} ${checkSound(protocol, input)}`;
        if (inputs % 32 === 0) checkSteps(protocol, input);
        if (!shapes.has(shape) && corpus.length < maximumCorpus && input.length < 8192) {
          shapes.add(shape);
          corpus.push(input);
        }
      } catch (error) {
        console.error(`${protocol.name}: ${error.stack}`);
        console.error(`input: ${bytesToHex(input)}`);
        console.log(`fuzz: ${inputs} inputs, 1 failure, seed ${seed}`);
        process.exit(1);
      }
    }
  }
}
console.log(`fuzz: ${inputs} inputs, 0 failures, seed ${seed}`);

import { encodeBare } from '../codec/encode-message.ts';
import { Reader } from '../codec/reader.ts';
import { lastWordOf, wordOf } from '../codec/words.ts';
import { type DecodeLimits, defaultDecodeLimits } from '../decode-limits.ts';
import { RserpoolError } from '../rserpool-error.ts';
import { type PoolElement, readPoolElement, writePoolElement } from './pool-element.ts';

/*
 * Elements that are kept as bytes: written once when they come, copied into every message that names them, and read
 * only where somebody asks for the object.
 */

/**
 * Encodes a Pool Element parameter (RFC 5354 section 3.10) in its canonical form, with its padding.
 *
 * @param element - What to encode.
 * @returns Its words, as numbers.
 * @throws {@link RserpoolError} as {@link encodePoolElementParameter} does.
 */
export function encodePoolElementWords(element: PoolElement): Int32Array {
  const encoded = encodeBare(write, element);
  const words = new Int32Array(((encoded.length + 15) >> 4) << 2);
  const whole = encoded.length >> 2;
  for (let word = 0; word < whole; word++) words[word] = wordOf(encoded, word << 2);
  if (whole << 2 < encoded.length) words[whole] = lastWordOf(encoded, whole << 2);
  return words;
}

const write: Parameters<typeof encodeBare<PoolElement>>[0] = (writer, element) =>
  writePoolElement(writer, element, 'poolElement', -1);

// What has been written by this package may be as large as it is: limits are for what comes from the network.
let limits: DecodeLimits | undefined;
let idle: Reader | undefined;

/**
 * Reads what {@link encodePoolElementWords} has encoded.
 *
 * @param bytes - Exactly one Pool Element parameter with its padding. Addresses and other byte fields of the result
 *   are views of it: it has to stay as it is, or be a copy.
 * @returns The element: equal to the one that was written, but that empty lists of unrecognized parameters are absent.
 * @throws {@link RserpoolError} `ERR_RSERPOOL_INVALID_MESSAGE` where the bytes are no such parameter.
 */
export function readPoolElementAt(bytes: Uint8Array): PoolElement {
  limits ??= unlimited();
  const reader = idle ?? new Reader(bytes, limits);
  idle = undefined;
  reader.reset(bytes, limits);
  reader.beginMessage(0, bytes.length, 0);
  const element = readPoolElement(reader);
  reader.release();
  idle = reader;
  if (element === undefined || reader.left() !== 0) {
    throw new RserpoolError('ERR_RSERPOOL_INVALID_MESSAGE', 'the bytes are not one Pool Element parameter');
  }
  return element;
}

function unlimited(): DecodeLimits {
  const all = Object.keys(defaultDecodeLimits).map((name) => [name, 0x3fff_ffff]);
  return { ...defaultDecodeLimits, ...(Object.fromEntries(all) as Partial<DecodeLimits>), reports: 0 };
}

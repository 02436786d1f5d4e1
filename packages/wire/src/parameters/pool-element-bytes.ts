import { encodeBare, encodingError } from '../codec/encode-message.ts';
import { Reader } from '../codec/reader.ts';
import { type DecodeLimits, defaultDecodeLimits } from '../decode-limits.ts';
import { RserpoolError } from '../rserpool-error.ts';
import { putPoolElement } from './canonical-pool-element.ts';
import { type PoolElement, readPoolElement, writePoolElement } from './pool-element.ts';
import type { PolicyParameter } from './selection-policy.ts';

/*
 * Elements that are kept as bytes: written once when they come, copied into every message that names them, and read
 * only where somebody asks for the object.
 */

/**
 * Writes a Pool Element parameter (RFC 5354 section 3.10) in its canonical form, with its padding, into memory of the
 * caller.
 *
 * @param element - What to write.
 * @param bytes - Where to write it.
 * @param view - A view of the very same bytes: of `bytes.buffer`, from `bytes.byteOffset` on.
 * @param offset - Where the parameter begins, a multiple of 4; from there on there have to be
 *   {@link encodedPoolElementLength} bytes of room.
 * @param type - The type of its policy, where the caller has it at hand.
 * @returns Its length with the padding: {@link encodedPoolElementLength}. Behind it nothing is changed.
 * @throws {@link RserpoolError} as {@link encodePoolElementParameter} does; what is in the room then is undefined.
 */
export function writePoolElementAt(
  element: PoolElement,
  bytes: Uint8Array,
  view: DataView,
  offset: number,
  type?: PolicyParameter['type'],
): number {
  try {
    const end = putPoolElement(view, offset, element, type);
    return end < 0 ? copyPoolElement(element, bytes, offset) : end - offset;
  } catch (cause) {
    throw encodingError(cause);
  }
}

/** The general way, for elements that are different, and for saying what is wrong. */
function copyPoolElement(element: PoolElement, bytes: Uint8Array, offset: number): number {
  const encoded = encodeBare(write, element);
  const length = (encoded.length + 3) & ~3;
  bytes.set(encoded, offset);
  bytes.fill(0, offset + encoded.length, offset + length);
  return length;
}

const write: Parameters<typeof encodeBare<PoolElement>>[0] = (writer, element) =>
  writePoolElement(writer, element, 'poolElement', -1);

// What has been written by this package may be as large as it is: limits are for what comes from the network.
let limits: DecodeLimits | undefined;
let idle: Reader | undefined;

/**
 * Reads what {@link writePoolElementAt} has written.
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

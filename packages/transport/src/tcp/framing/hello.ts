import type { IpAddress } from '@rserpool/wire';

/** `RSerPool` in ASCII: the first bytes of a HELLO's body. */
const magic: readonly number[] = [0x52, 0x53, 0x65, 0x72, 0x50, 0x6f, 0x6f, 0x6c];

/** The version of the framing that is spoken here. */
export const framingVersion = 1;

/** The longest body of a HELLO in bytes, so that little can be sent before anything was checked. */
export const maximumHelloLength = 1024;

/** How many addresses a HELLO may carry. */
export const maximumHelloAddresses = 32;

const fixedLength = 18;

/** What an endpoint says about itself when a connection is set up. */
export interface Hello {
  /** The version of the framing. */
  readonly version: number;
  /** The port that it listens on, which stands for its SCTP port; 0 where it does not listen. */
  readonly port: number;
  /** How often it wants a sign of life, in milliseconds. */
  readonly heartbeatIntervalMs: number;
  /** Its addresses, the preferred one first. Claims, until they are verified. */
  readonly addresses: readonly IpAddress[];
}

/**
 * The body of a HELLO frame.
 *
 * @param hello - What to say; only the first 32 addresses go in.
 */
export function encodeHello(hello: Hello): Uint8Array {
  const addresses = hello.addresses.slice(0, maximumHelloAddresses);
  const length = addresses.reduce((sum, address) => sum + 1 + address.length, fixedLength);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint16(8, hello.version);
  view.setUint16(10, hello.port);
  view.setUint32(12, hello.heartbeatIntervalMs);
  view.setUint16(16, addresses.length);
  let at = fixedLength;
  for (const address of addresses) {
    view.setUint8(at, address.length);
    bytes.set(address, at + 1);
    at += 1 + address.length;
  }
  return bytes;
}

/**
 * Reads the body of a HELLO frame.
 *
 * @param bytes - The body.
 * @returns `undefined` where it is none, or of another version.
 */
export function decodeHello(bytes: Uint8Array): Hello | undefined {
  if (bytes.length < fixedLength || magic.some((byte, index) => bytes[index] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint16(8);
  const count = view.getUint16(16);
  if (version !== framingVersion || count > maximumHelloAddresses) return undefined;
  const addresses: IpAddress[] = [];
  let at = fixedLength;
  for (let index = 0; index < count; index += 1) {
    const length = bytes[at];
    if ((length !== 4 && length !== 16) || at + 1 + length > bytes.length) return undefined;
    addresses.push(bytes.slice(at + 1, at + 1 + length));
    at += 1 + length;
  }
  // What follows the addresses is left to later versions.
  return { version, port: view.getUint16(10), heartbeatIntervalMs: view.getUint32(12), addresses };
}

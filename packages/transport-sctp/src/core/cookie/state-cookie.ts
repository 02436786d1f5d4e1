import type { IpAddress } from '@rserpool/wire';

/**
 * What a state cookie holds (RFC 9260 section 5.1.3): everything that is needed to make the association out of nothing
 * when it comes back.
 */
export interface StateCookie {
  /** When it was made, in milliseconds on the machine's clock. */
  readonly createdAt: number;
  /** How long it is valid, in milliseconds. */
  readonly lifeMs: number;
  /** The tag that packets to this side will carry. */
  readonly localTag: number;
  /** The tag that packets to the peer carry. */
  readonly peerTag: number;
  /** The Local-Tie-Tag (section 5.2.2), 0 where there was no association. */
  readonly localTieTag: number;
  /** The Peer's-Tie-Tag, 0 where there was no association. */
  readonly peerTieTag: number;
  /** The TSN of this side's first DATA chunk. */
  readonly localInitialTsn: number;
  /** The TSN of the peer's first DATA chunk. */
  readonly peerInitialTsn: number;
  /** The window that the peer offered, in bytes. */
  readonly peerWindowBytes: number;
  /** How many streams this side sends on. */
  readonly outboundStreams: number;
  /** How many streams the peer sends on. */
  readonly inboundStreams: number;
  /** This side's SCTP port. */
  readonly localPort: number;
  /** The peer's SCTP port. */
  readonly peerPort: number;
  /** The UDP port that the INIT came from (RFC 6951); 0 where it came without encapsulation. */
  readonly encapsulationPort: number;
  /** The local address that the INIT came to. */
  readonly localAddress: IpAddress;
  /** The address that the INIT came from: where the INIT ACK went, hence the confirmed one (section 5.4). */
  readonly peerAddress: IpAddress;
  /** All usable addresses of the peer, in its order. */
  readonly peerAddresses: readonly IpAddress[];
  /** What extensions have agreed on, in their own format; empty where there are none. */
  readonly extensions: Uint8Array;
}

const fixedBytes = 58;

/** A cookie's content as bytes; {@link CookieSigner} puts the signature behind it. */
export function encodeStateCookie(cookie: StateCookie): Uint8Array {
  const addresses = [cookie.localAddress, cookie.peerAddress, ...cookie.peerAddresses];
  let length = fixedBytes + cookie.extensions.length;
  for (const address of addresses) length += 1 + address.length;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setFloat64(0, cookie.createdAt);
  view.setFloat64(8, cookie.lifeMs);
  view.setUint32(16, cookie.localTag);
  view.setUint32(20, cookie.peerTag);
  view.setUint32(24, cookie.localTieTag);
  view.setUint32(28, cookie.peerTieTag);
  view.setUint32(32, cookie.localInitialTsn);
  view.setUint32(36, cookie.peerInitialTsn);
  view.setUint32(40, cookie.peerWindowBytes);
  view.setUint16(44, cookie.outboundStreams);
  view.setUint16(46, cookie.inboundStreams);
  view.setUint16(48, cookie.localPort);
  view.setUint16(50, cookie.peerPort);
  view.setUint16(52, cookie.encapsulationPort);
  view.setUint16(54, cookie.extensions.length);
  view.setUint16(56, addresses.length);
  let at = fixedBytes;
  bytes.set(cookie.extensions, at);
  at += cookie.extensions.length;
  for (const address of addresses) {
    bytes[at] = address.length;
    bytes.set(address, at + 1);
    at += 1 + address.length;
  }
  return bytes;
}

/** Reads a cookie's content, which {@link CookieSigner} has found to be its own. */
export function decodeStateCookie(bytes: Uint8Array): StateCookie | undefined {
  if (bytes.length < fixedBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const extensionsEnd = fixedBytes + view.getUint16(54);
  const [localAddress, peerAddress, ...peerAddresses] = readAddresses(
    bytes,
    extensionsEnd,
    view.getUint16(56),
  );
  if (localAddress === undefined || peerAddress === undefined) return undefined;
  return {
    createdAt: view.getFloat64(0),
    lifeMs: view.getFloat64(8),
    localTag: view.getUint32(16),
    peerTag: view.getUint32(20),
    localTieTag: view.getUint32(24),
    peerTieTag: view.getUint32(28),
    localInitialTsn: view.getUint32(32),
    peerInitialTsn: view.getUint32(36),
    peerWindowBytes: view.getUint32(40),
    outboundStreams: view.getUint16(44),
    inboundStreams: view.getUint16(46),
    localPort: view.getUint16(48),
    peerPort: view.getUint16(50),
    encapsulationPort: view.getUint16(52),
    localAddress,
    peerAddress,
    peerAddresses,
    extensions: bytes.slice(fixedBytes, extensionsEnd),
  };
}

function readAddresses(bytes: Uint8Array, from: number, count: number): IpAddress[] {
  const addresses: IpAddress[] = [];
  let at = from;
  for (let index = 0; index < count; index++) {
    const length = bytes[at] ?? 0;
    addresses.push(bytes.slice(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return addresses;
}

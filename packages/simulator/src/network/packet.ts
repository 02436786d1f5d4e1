import type { IpAddress } from '@rserpool/wire';

/** A packet of SCTP on its way. */
export interface Packet {
  /** Its bytes, the checksum included. */
  readonly bytes: Uint8Array;
  /** The address that it comes from. */
  readonly source: IpAddress;
  /** The address that it goes to. */
  readonly destination: IpAddress;
}

/**
 * The port that a packet goes to: it stands behind the source port (RFC 9260 section 3.1).
 *
 * @param packet - The packet.
 */
export function destinationPortOf({ bytes }: Packet): number {
  return ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
}

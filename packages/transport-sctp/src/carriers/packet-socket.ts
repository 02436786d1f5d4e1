import type { IpAddress } from '@rserpool/wire';

/** Takes an SCTP packet from the network; the bytes are the receiver's from now on, and hold at least the common header. */
export type PacketReceiver = (bytes: Uint8Array, source: IpAddress, encapsulationPort: number) => void;

/** A socket of the system at one local address, which carries SCTP packets. */
export interface PacketSocket {
  /** The local address. */
  readonly address: IpAddress;
  /** Is given each packet. */
  onPacket: PacketReceiver | undefined;
  /**
   * Sends a packet; what the system does not take is lost.
   *
   * @param bytes - The packet.
   * @param destination - Where to.
   * @param encapsulationPort - The UDP port there; without meaning where there is no encapsulation.
   */
  send(bytes: Uint8Array, destination: IpAddress, encapsulationPort: number): void;
  /** Frees it. */
  close(): Promise<void>;
}

/** The length of the common header (RFC 9260 section 3.1): what is shorter is no SCTP packet. */
export const shortestPacket = 12;

/**
 * How large the system's buffers of a socket shall be, in bytes. The system may grant less (Linux:
 * `net.core.rmem_max`); the receive window of one association should fit.
 */
export const socketBufferBytes = 2_097_152;

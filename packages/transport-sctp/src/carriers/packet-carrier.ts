import type { IpAddress } from '@rserpool/wire';

/**
 * Carries SCTP packets of one endpoint: UDP encapsulation or raw IP. (The kernel's SCTP is no carrier of packets: it
 * has its own endpoint.)
 */
export interface PacketCarrier {
  /** The concrete local addresses, in the order that was asked for. */
  readonly localAddresses: readonly IpAddress[];
  /** The SCTP port. */
  readonly port: number;
  /** Is given each packet; set before packets can arrive. */
  onPacket:
    | ((bytes: Uint8Array, source: IpAddress, destination: IpAddress, encapsulationPort: number) => void)
    | undefined;
  /** Is told that an address cannot be reached, where the system tells (ICMP). */
  onUnreachable: ((address: IpAddress) => void) | undefined;
  /** Sends a packet; a failure is a loss, as in any network. */
  send(bytes: Uint8Array, source: IpAddress, destination: IpAddress, encapsulationPort: number): void;
  /** Frees the sockets; never rejects. */
  close(): Promise<void>;
}

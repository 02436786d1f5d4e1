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
  onPacket: PacketHandler | undefined;
  /** Sends a packet; a failure is a loss, as in any network. */
  send(bytes: Uint8Array, source: IpAddress, destination: IpAddress, encapsulationPort: number): void;
  /**
   * Asks the host of a remote endpoint whether anybody is there who could take packets, where that can be known.
   *
   * @param destination - The address.
   * @param encapsulationPort - The UDP port, 0 without encapsulation.
   * @param onRefused - Told at most once, when the host said that nobody is there; never inside this call.
   * @returns Ends the question.
   */
  probe(destination: IpAddress, encapsulationPort: number, onRefused: () => void): () => void;
  /**
   * Changes the local addresses: opens what is new and frees what is gone.
   *
   * @param addresses - All addresses from now on.
   * @throws RserpoolError as binding does; then nothing has changed.
   */
  setLocalAddresses(addresses: readonly IpAddress[]): Promise<void>;
  /** Frees the sockets; never rejects. */
  close(): Promise<void>;
}

/** Takes a packet that came in; the bytes are the receiver's from now on. */
export type PacketHandler = (
  bytes: Uint8Array,
  source: IpAddress,
  destination: IpAddress,
  encapsulationPort: number,
) => void;

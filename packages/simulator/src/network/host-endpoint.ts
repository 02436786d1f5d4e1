import type { DialingEndpoint } from '@rserpool/transport/internal';
import type { RemoteEndpoint } from '@rserpool/wire';
import type { Packet } from './packet.ts';
import type { SimulatedAssociation } from './simulated-association.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedLink } from './simulated-link.ts';

/** What can be seen of an association from outside. */
export interface HostAssociation {
  /** The host of the other end. */
  readonly peer: SimulatedHost | undefined;
  /** Whether both ends are up. */
  readonly isWhole: boolean;
}

/** An endpoint of a simulated host, on whatever carries its associations. */
export interface HostEndpoint extends DialingEndpoint {
  /** Its port. */
  readonly port: number;
  /** Whether associations are accepted. */
  readonly isListening: boolean;
  /** The associations that are up. */
  readonly associations: Iterable<HostAssociation>;
  /**
   * Whether an association with an endpoint is up at this end.
   *
   * @param host - The host of the other endpoint.
   * @param port - Its port.
   */
  isAssociatedWith(host: SimulatedHost, port: number): boolean;
  /**
   * Somebody asks for an association, where messages are carried whole.
   *
   * @param link - The association.
   * @param remote - Who asks.
   */
  accept(link: SimulatedLink, remote: RemoteEndpoint): SimulatedAssociation | undefined;
  /**
   * A packet has arrived, where SCTP is carried.
   *
   * @param packet - The packet.
   */
  receive(packet: Packet): void;
  /** Gives attempts up, and closes the associations gracefully. */
  close(): void;
  /**
   * The process died.
   *
   * @param isSilent - Whether nothing tells its peers.
   */
  die(isSilent: boolean): void;
}

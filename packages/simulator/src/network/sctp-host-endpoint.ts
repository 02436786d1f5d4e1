import type { Association, HeartbeatOptions } from '@rserpool/transport';
import { dialAt, type DialOutcome, type DialSettings } from '@rserpool/transport/internal';
import { type CarriedEndpoint, createCarriedEndpoint } from '@rserpool/transport-sctp/testing';
import type { RandomSource, RemoteEndpoint } from '@rserpool/wire';
import type { HostAssociation, HostEndpoint } from './host-endpoint.ts';
import type { Packet } from './packet.ts';
import { sendPacket } from './packet-path.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedNetwork } from './simulated-network.ts';

/**
 * An endpoint of a simulated host on the SCTP of production, from the shell down to the packets. SCTP is inside of the
 * process, as it is over UDP: it stops and dies with it.
 */
export class SctpHostEndpoint implements HostEndpoint {
  readonly host: SimulatedHost;
  readonly port: number;
  readonly isListening: boolean;
  readonly #network: SimulatedNetwork;
  readonly #carried: CarriedEndpoint;
  #isDead = false;

  /**
   * @param network - Where it is.
   * @param host - The host.
   * @param port - Its port.
   * @param heartbeat - How silent peers are noticed.
   * @param isListening - Whether associations are accepted.
   * @param random - For tags and keys.
   */
  constructor(
    network: SimulatedNetwork,
    host: SimulatedHost,
    port: number,
    heartbeat: HeartbeatOptions,
    isListening: boolean,
    random: RandomSource,
  ) {
    this.#network = network;
    this.host = host;
    this.port = port;
    this.isListening = isListening;
    this.#carried = createCarriedEndpoint({
      addresses: host.addresses,
      port,
      listen: isListening,
      heartbeat,
      clock: host.clock,
      random,
      send: (bytes, source, destination) => {
        if (!this.#isDead) sendPacket(network, host, { bytes, source, destination });
      },
    });
  }

  get onAssociation(): ((association: Association) => void) | undefined {
    return this.#carried.endpoint.onAssociation;
  }

  set onAssociation(owner: ((association: Association) => void) | undefined) {
    this.#carried.endpoint.onAssociation = owner;
  }

  /** The associations that are up. */
  get associations(): HostAssociation[] {
    return this.#carried.associations.map(({ remote }) => {
      const peer = this.#network.hostAt(remote.addresses);
      const isWhole = peer?.endpointAt(remote.port)?.isAssociatedWith(this.host, this.port) ?? false;
      return { peer, isWhole };
    });
  }

  /** Whether an association with that endpoint is up at this end. */
  isAssociatedWith(host: SimulatedHost, port: number): boolean {
    return this.#carried.associations.some(
      ({ remote }) => remote.port === port && this.#network.hostAt(remote.addresses) === host,
    );
  }

  dial(remote: RemoteEndpoint, settings: DialSettings, done: (outcome: DialOutcome) => void): () => void {
    return dialAt(this.#carried.endpoint, remote, settings, (outcome) => {
      if (!this.#isDead) done(outcome);
    });
  }

  /** No messages are carried whole here. */
  accept(): undefined {
    return undefined;
  }

  receive({ bytes, source, destination }: Packet): void {
    this.#network.delivered += 1;
    this.#carried.receive(bytes, source, destination);
  }

  close(): void {
    void this.#carried.endpoint.close().then(() => this.host.unbind(this));
  }

  die(isSilent: boolean): void {
    this.onAssociation = undefined;
    for (const association of this.#carried.associations) {
      association.handlers = {};
      if (!isSilent) association.abort();
    }
    if (isSilent) this.#isDead = true;
    // What it says at last goes out when the code that runs now has ended.
    else queueMicrotask(() => queueMicrotask(() => void (this.#isDead = true)));
  }
}

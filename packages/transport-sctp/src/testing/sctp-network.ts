import { bytesToHex, type IpAddress, parseIpAddress, type RandomSource } from '@rserpool/wire';
import type { Clock, Transport } from '@rserpool/transport';
import type { PacketCarrier, PacketHandler } from '../carriers/packet-carrier.ts';
import { defaultSctpParameters } from '../core/endpoint/default-parameters.ts';
import { openEndpoint } from '../shell/open-endpoint.ts';
import { sctpSupport } from '../shell/sctp-support.ts';
import { transportSettings } from '../shell/transport-settings.ts';

/** Options of {@link createSctpNetwork}. */
export interface SctpNetworkOptions {
  /** The time in which packets travel, usually a virtual clock. */
  readonly clock: Clock;
  /** Decides what is lost, and makes the tags and keys of all endpoints: one seed, one run. */
  readonly random: RandomSource;
  /** How long a packet travels, in milliseconds, 0 or more; 1 by default. */
  readonly delayMs?: number;
  /** The share of the packets that are lost, 0 to 1; 0 by default. */
  readonly loss?: number;
}

/** A network in memory that carries SCTP packets, so that the protocol itself runs in virtual time. */
export interface SctpNetwork {
  /**
   * The transport of a host.
   *
   * @param addresses - Its addresses, the preferred one first; several make its endpoints multi-homed.
   */
  transport(addresses: readonly string[]): Transport;
  /**
   * Cuts an address off: what comes from it or goes to it vanishes. A host all of whose addresses are cut seems dead.
   *
   * @param address - The address.
   */
  cut(address: string): void;
  /**
   * Ends {@link cut}.
   *
   * @param address - The address.
   */
  mend(address: string): void;
}

/** Ports that are drawn begin here (RFC 6335 section 6). */
const firstDynamicPort = 49_152;

/** Packets between endpoints, by the addresses that they go to. */
class PacketNetwork {
  readonly cut: Set<string> = new Set();
  readonly options: SctpNetworkOptions;
  readonly #takers: Map<string, PacketHandler> = new Map();
  #lastPort = firstDynamicPort;

  constructor(options: SctpNetworkOptions) {
    this.options = options;
  }

  drawPort(): number {
    this.#lastPort += 1;
    return this.#lastPort;
  }

  listen(addresses: readonly IpAddress[], port: number, taker: PacketHandler): void {
    for (const address of addresses) this.#takers.set(placeOf(address, port), taker);
  }

  leave(addresses: readonly IpAddress[], port: number): void {
    for (const address of addresses) this.#takers.delete(placeOf(address, port));
  }

  send(bytes: Uint8Array, source: IpAddress, destination: IpAddress): void {
    const { clock, random, delayMs = 1, loss = 0 } = this.options;
    if (random() / 2 ** 32 < loss) return;
    clock.setTimer(clock.now() + delayMs, () => {
      if (this.cut.has(bytesToHex(source)) || this.cut.has(bytesToHex(destination))) return;
      // RFC 9260 section 3.1: the destination port stands behind the source port.
      const port = ((bytes[2] as number) << 8) | (bytes[3] as number);
      this.#takers.get(placeOf(destination, port))?.(bytes, source, destination, 0);
    });
  }
}

function placeOf(address: IpAddress, port: number): string {
  return `${bytesToHex(address)} ${port}`;
}

function openCarrier(
  network: PacketNetwork,
  addresses: readonly IpAddress[],
  askedPort: number,
): PacketCarrier {
  const port = askedPort === 0 ? network.drawPort() : askedPort;
  let localAddresses = addresses;
  const carrier: PacketCarrier = {
    get localAddresses() {
      return localAddresses;
    },
    port,
    onPacket: undefined,
    send: (bytes, source, destination) => network.send(bytes, source, destination),
    // Nobody tells in this network: an attempt at a port that nobody has ends with its timeout.
    probe: () => () => undefined,
    setLocalAddresses(changed) {
      network.leave(localAddresses, port);
      localAddresses = changed;
      network.listen(localAddresses, port, take);
      return Promise.resolve();
    },
    close() {
      network.leave(localAddresses, port);
      return Promise.resolve();
    },
  };
  const take: PacketHandler = (...packet) => carrier.onPacket?.(...packet);
  network.listen(localAddresses, port, take);
  return carrier;
}

/**
 * Makes a network in memory on which SCTP runs as it does over UDP, packet by packet, with delay, loss and cut paths, in
 * virtual time and repeatable. For tests of what stands on SCTP.
 *
 * @param options - Time, chance, delay and loss.
 *
 * @example
 * ```ts
 * import { createVirtualClock } from '@rserpool/transport';
 * import { createSctpNetwork } from '@rserpool/transport-sctp/testing';
 * import { seededRandom } from '@rserpool/wire';
 *
 * const clock = createVirtualClock();
 * const network = createSctpNetwork({ clock, random: seededRandom(1), loss: 0.05 });
 * const server = await network.transport(['10.0.0.1', '10.1.0.1']).bind({ port: 3863 });
 * network.cut('10.0.0.1');
 * console.log(server.port); // 3863
 * ```
 */
export function createSctpNetwork(options: SctpNetworkOptions): SctpNetwork {
  const network = new PacketNetwork(options);
  const settings = {
    ...transportSettings({ clock: options.clock, groups: false }),
    random: options.random,
  };
  return {
    transport: (texts) => {
      const addresses = texts.map(parseIpAddress);
      return {
        name: 'sctp-memory',
        supports: sctpSupport(defaultSctpParameters.maximumMessageBytes),
        bind: (bindOptions = {}) =>
          openEndpoint(
            settings,
            { addresses, ...bindOptions },
            () => 0,
            (concrete, port) => Promise.resolve(openCarrier(network, concrete, port)),
          ),
      };
    },
    cut: (address) => {
      network.cut.add(bytesToHex(parseIpAddress(address)));
    },
    mend: (address) => {
      network.cut.delete(bytesToHex(parseIpAddress(address)));
    },
  };
}

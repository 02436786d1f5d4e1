import type { IpAddress, RandomSource } from '@rserpool/wire';
import type { Association, Clock, HeartbeatOptions } from '@rserpool/transport';
import type { PacketCarrier } from '../carriers/packet-carrier.ts';
import { endpointOn } from '../shell/endpoint-on.ts';
import type { SctpEndpoint } from '../shell/sctp-endpoint.ts';

/** Options of {@link createCarriedEndpoint}. */
export interface CarriedEndpointOptions {
  /** Its addresses, the preferred one first; several make it multi-homed. */
  readonly addresses: readonly IpAddress[];
  /** Its SCTP port, 1 .. 65535. */
  readonly port: number;
  /** Whether associations are accepted; `true` by default. */
  readonly listen?: boolean;
  /** How silent peers are noticed; the contract's default where left out. */
  readonly heartbeat?: HeartbeatOptions;
  /** Its time, usually a virtual clock. */
  readonly clock: Clock;
  /** Makes its tags and keys: one seed, one run. */
  readonly random: RandomSource;
  /**
   * Carries a packet away.
   *
   * @param bytes - The packet, the caller's from now on.
   * @param source - One of the addresses.
   * @param destination - Where it goes.
   */
  readonly send: (bytes: Uint8Array, source: IpAddress, destination: IpAddress) => void;
}

/** An endpoint whose packets somebody else carries. */
export interface CarriedEndpoint {
  /** The endpoint. */
  readonly endpoint: SctpEndpoint;
  /** Its associations that are up. */
  readonly associations: readonly Association[];
  /**
   * Takes a packet in.
   *
   * @param bytes - The packet; the endpoint's from now on.
   * @param source - Where it came from.
   * @param destination - The address that it came to.
   */
  receive(bytes: Uint8Array, source: IpAddress, destination: IpAddress): void;
}

/**
 * Makes an endpoint of SCTP whose packets the caller carries, for networks that are simulated: delays, losses, cuts and
 * lies are the caller's. It is open at once, without a promise.
 *
 * @param options - Addresses, time, chance, and where packets go.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`.
 */
export function createCarriedEndpoint(options: CarriedEndpointOptions): CarriedEndpoint {
  const { port, listen, heartbeat, clock, random, send } = options;
  let localAddresses = options.addresses;
  const carrier: PacketCarrier = {
    get localAddresses() {
      return localAddresses;
    },
    port,
    onPacket: undefined,
    send: (bytes, source, destination) => send(bytes, source, destination),
    // Nobody tells that a port has no owner: an attempt there ends with its timeout.
    probe: () => () => undefined,
    setLocalAddresses(changed) {
      localAddresses = changed;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  const endpoint = endpointOn(
    carrier,
    { parameters: {}, clock, random, closeTimeoutMs: 5000 },
    {
      addresses: localAddresses,
      port,
      ...(listen !== undefined && { listen }),
      ...(heartbeat !== undefined && { heartbeat }),
    },
    () => 0,
  );
  return {
    endpoint,
    get associations() {
      return endpoint.associations;
    },
    receive: (bytes, source, destination) => carrier.onPacket?.(bytes, source, destination, 0),
  };
}

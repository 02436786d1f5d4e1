import type { IpAddress } from '@rserpool/wire';
import type { BindOptions } from '@rserpool/transport';
import { bindSettings, throwIfAborted } from '@rserpool/transport/internal';
import { filteredCarrier } from '../carriers/filtered-carrier.ts';
import type { PacketCarrier } from '../carriers/packet-carrier.ts';
import type { CoreEndpoint } from './core-endpoint.ts';
import { endpointOn } from './endpoint-on.ts';
import { concreteAddresses } from './local-addresses.ts';
import type { TransportSettings } from './transport-settings.ts';

/** Opens the carrier of an endpoint at its concrete addresses. */
export type OpenCarrier = (addresses: readonly IpAddress[], port: number) => Promise<PacketCarrier>;

/**
 * Binds an endpoint whose protocol is this package's own core.
 *
 * @param settings - Of the transport.
 * @param options - Of the caller.
 * @param encapsulationPort - The UDP port of a remote endpoint, 0 without encapsulation.
 * @param open - Opens the carrier.
 * @throws RserpoolError as {@link Transport.bind} says.
 */
export async function openEndpoint(
  settings: TransportSettings,
  options: BindOptions,
  encapsulationPort: (address: IpAddress, port: number) => number,
  open: OpenCarrier,
): Promise<CoreEndpoint> {
  const bound = bindSettings(options);
  throwIfAborted('binding', options.signal);
  const { pathFilter } = settings;
  const opened = await open(concreteAddresses(options.addresses, bound.listen), bound.port);
  const carrier = pathFilter === undefined ? opened : filteredCarrier(opened, pathFilter);
  try {
    throwIfAborted('binding', options.signal);
  } catch (error) {
    await carrier.close();
    throw error;
  }
  return endpointOn(carrier, settings, options, encapsulationPort);
}

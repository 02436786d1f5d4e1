import type { AssociationId, IpAddress } from '@rserpool/wire';
import type { BindOptions } from '@rserpool/transport';
import { bindSettings, throwIfAborted } from '@rserpool/transport/internal';
import { filteredCarrier } from '../carriers/filtered-carrier.ts';
import type { PacketCarrier } from '../carriers/packet-carrier.ts';
import { defaultSctpParameters } from '../core/endpoint/default-parameters.ts';
import { SctpEndpointMachine } from '../core/endpoint/sctp-endpoint-machine.ts';
import { associationParameters } from './association-parameters.ts';
import { hmacSha1, hmacSha256 } from './hmac.ts';
import { concreteAddresses } from './local-addresses.ts';
import { CoreEndpoint } from './core-endpoint.ts';
import { sctpSupport } from './sctp-support.ts';
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
  let next: AssociationId = 0;
  const allocate = (): AssociationId => {
    next += 1;
    return next;
  };
  const parameters = {
    ...settings.parameters,
    ...associationParameters(bound.heartbeat, settings.parameters),
    ...(options.receiveHighWaterMarkBytes === undefined
      ? {}
      : { receiveWindowBytes: Math.max(minimumWindowBytes, options.receiveHighWaterMarkBytes) }),
  };
  const machine = new SctpEndpointMachine({
    port: carrier.port,
    addresses: carrier.localAddresses,
    listen: bound.listen,
    allocate,
    random: settings.random,
    hmac: hmacSha256,
    hmacSha1,
    encapsulationPort,
    maximumAssociations: bound.maximumAssociations,
    maximumAssociationsPerAddress: bound.maximumAssociationsPerAddress,
    parameters,
  });
  const { maximumMessageBytes } = { ...defaultSctpParameters, ...settings.parameters };
  return new CoreEndpoint({
    carrier,
    machine,
    allocate,
    encapsulationPort,
    settings: bound,
    parameters: settings.parameters,
    supports: sctpSupport(maximumMessageBytes),
    clock: settings.clock,
    closeTimeoutMs: settings.closeTimeoutMs,
  });
}

/** RFC 9260 section 3.3.2: a window that is offered in INIT is at least as large. */
const minimumWindowBytes = 1500;

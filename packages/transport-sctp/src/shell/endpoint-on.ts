import type { AssociationId, IpAddress } from '@rserpool/wire';
import type { BindOptions } from '@rserpool/transport';
import { bindSettings } from '@rserpool/transport/internal';
import type { PacketCarrier } from '../carriers/packet-carrier.ts';
import { defaultSctpParameters } from '../core/endpoint/default-parameters.ts';
import { SctpEndpointMachine } from '../core/endpoint/sctp-endpoint-machine.ts';
import { associationParameters } from './association-parameters.ts';
import { CoreEndpoint } from './core-endpoint.ts';
import { hmacSha1, hmacSha256 } from './hmac.ts';
import { sctpSupport } from './sctp-support.ts';
import type { TransportSettings } from './transport-settings.ts';

/** RFC 9260 section 3.3.2: a window that is offered in INIT is at least as large. */
const minimumWindowBytes = 1500;

/** What of a transport's settings an endpoint needs. */
export type EndpointSettings = Pick<TransportSettings, 'parameters' | 'clock' | 'random' | 'closeTimeoutMs'>;

/**
 * Makes an endpoint on a carrier that is open already.
 *
 * @param carrier - Carries its packets.
 * @param settings - Of the transport.
 * @param options - Of the caller; addresses and port are the carrier's.
 * @param encapsulationPort - The UDP port of a remote endpoint, 0 without encapsulation.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`.
 */
export function endpointOn(
  carrier: PacketCarrier,
  settings: EndpointSettings,
  options: BindOptions,
  encapsulationPort: (address: IpAddress, port: number) => number,
): CoreEndpoint {
  const bound = bindSettings(options);
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

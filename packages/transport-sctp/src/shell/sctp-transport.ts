import type { BindOptions, Transport } from '@rserpool/transport';
import { secureRandom } from '@rserpool/transport';
import { openUdpCarrier } from '../carriers/udp/udp-carrier.ts';
import { openEndpoint } from './open-endpoint.ts';
import type { SctpEndpoint } from './sctp-endpoint.ts';
import { defaultSctpParameters } from '../core/endpoint/default-parameters.ts';
import { sctpSupport } from './sctp-support.ts';
import type { SctpCarrier, SctpTransportOptions } from './sctp-transport-options.ts';
import { type TransportSettings, transportSettings } from './transport-settings.ts';

/** A {@link Transport} that is SCTP. */
export interface SctpTransport extends Transport {
  /** What carries it; where the caller asked for `auto`, what was found. */
  readonly carrier: SctpCarrier;
  bind(options?: BindOptions): Promise<SctpEndpoint>;
}

function udpTransport(settings: TransportSettings): SctpTransport {
  const { encapsulation, groups } = settings;
  const random = secureRandom();
  return {
    name: 'sctp-udp',
    carrier: 'udp',
    supports: sctpSupport(
      settings.parameters.maximumMessageBytes ?? defaultSctpParameters.maximumMessageBytes,
    ),
    ...(groups === undefined ? {} : { groups }),
    bind: (options = {}) =>
      openEndpoint(settings, options, encapsulation.remote, (addresses, port) =>
        openUdpCarrier({ addresses, port, localPort: encapsulation.local, random }),
      ),
  };
}

/**
 * SCTP (RFC 9260): associations between endpoints that each have one or several addresses, with message boundaries,
 * streams, payload protocol identifiers and heartbeats. The protocol is this package's own, or the kernel's.
 *
 * Without {@link BindOptions.addresses}, an endpoint is at the loopback addresses: 127.0.0.1, and ::1 where the host has it.
 *
 * @param options - What carries it, ports, parameters.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`, and `ERR_RSERPOOL_CARRIER_UNAVAILABLE` where the host lacks what
 *   the carrier needs: the message says what to do.
 *
 * @example
 * ```ts
 * import { createSctpTransport } from '@rserpool/transport-sctp';
 *
 * const transport = createSctpTransport({ encapsulationPort: 'sctp-port' });
 * await using server = await transport.bind({ port: 3863 });
 * server.onAssociation = (association) => {
 *   association.handlers = { message: (message) => association.send(message) };
 * };
 * ```
 */
export function createSctpTransport(options: SctpTransportOptions = {}): SctpTransport {
  const settings = transportSettings(options);
  return udpTransport(settings);
}

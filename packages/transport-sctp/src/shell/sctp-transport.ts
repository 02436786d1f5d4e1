import { type IpAddress, RserpoolError } from '@rserpool/wire';
import { type BindOptions, secureRandom, type Transport } from '@rserpool/transport';
import { bindSettings, throwIfAborted } from '@rserpool/transport/internal';
import { KernelEndpoint } from '../carriers/kernel/kernel-endpoint.ts';
import { probeKernel } from '../carriers/kernel/kernel-socket.ts';
import { nativeSockets } from '../carriers/native/native-sockets.ts';
import { rawSockets } from '../carriers/raw/raw-sockets.ts';
import { openSocketCarrier, type SocketKind } from '../carriers/socket-carrier.ts';
import { udpSockets } from '../carriers/udp/udp-sockets.ts';
import { concreteAddresses } from './local-addresses.ts';
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
  /** Why the kernel's SCTP was not taken, where the caller asked for `auto`; its message says what could be done. */
  readonly whyNotKernel?: RserpoolError;
  bind(options?: BindOptions): Promise<SctpEndpoint>;
}

/** UDP ports and sockets of a transport over the core. */
interface CoreWay {
  readonly carrier: SctpCarrier;
  readonly kind: SocketKind;
  readonly encapsulationPort: (address: IpAddress, port: number) => number;
}

function coreTransport(settings: TransportSettings, way: CoreWay): SctpTransport {
  const { groups, parameters } = settings;
  const { carrier, kind, encapsulationPort } = way;
  const random = secureRandom();
  const { maximumMessageBytes = defaultSctpParameters.maximumMessageBytes } = parameters;
  return {
    name: `sctp-${carrier}`,
    carrier,
    supports: sctpSupport(maximumMessageBytes),
    ...(groups === undefined ? {} : { groups }),
    bind: (options = {}) =>
      openEndpoint(settings, options, encapsulationPort, (addresses, port) =>
        openSocketCarrier({ kind, addresses, port, random }),
      ),
  };
}

function udpTransport(settings: TransportSettings): SctpTransport {
  const { local, remote } = settings.encapsulation;
  return coreTransport(settings, { carrier: 'udp', kind: udpSockets(local), encapsulationPort: remote });
}

function rawTransport(settings: TransportSettings): SctpTransport {
  const kind = rawSockets(nativeSockets());
  return coreTransport(settings, { carrier: 'raw', kind, encapsulationPort: () => 0 });
}

function kernelTransport(settings: TransportSettings): SctpTransport {
  const native = nativeSockets();
  const sendBufferBytes = probeKernel(native);
  const { maximumMessageBytes = defaultSctpParameters.maximumMessageBytes } = settings.parameters;
  // The kernel takes no message that does not fit into its buffer as a whole.
  const supports = sctpSupport(Math.min(maximumMessageBytes, sendBufferBytes));
  const { groups, parameters, clock, closeTimeoutMs } = settings;
  return {
    name: 'sctp-kernel',
    carrier: 'kernel',
    supports,
    ...(groups === undefined ? {} : { groups }),
    async bind(options = {}): Promise<SctpEndpoint> {
      const bound = bindSettings(options);
      throwIfAborted('binding', options.signal);
      return new KernelEndpoint({
        native,
        addresses: concreteAddresses(options.addresses, bound.listen),
        settings: bound,
        supports,
        parameters,
        sendBufferBytes,
        clock,
        closeTimeoutMs,
      });
    },
  };
}

/**
 * SCTP (RFC 9260): associations between endpoints that each have one or several addresses, with message boundaries,
 * streams, payload protocol identifiers and heartbeats. The protocol is this package's own, or the kernel's.
 *
 * Without `BindOptions.addresses`, an endpoint that listens is at the loopback addresses: 127.0.0.1, and ::1 where the host
 * has it; one that does not is at all addresses of the host.
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
  switch (settings.carrier) {
    case 'udp':
      return udpTransport(settings);
    case 'kernel':
      return kernelTransport(settings);
    case 'raw':
      return rawTransport(settings);
    case 'auto':
      try {
        return kernelTransport(settings);
      } catch (error) {
        if (!RserpoolError.is(error, 'ERR_RSERPOOL_CARRIER_UNAVAILABLE')) throw error;
        return { ...udpTransport(settings), whyNotKernel: error };
      }
  }
}

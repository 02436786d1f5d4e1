import { type IpAddress, parseIpAddress, RserpoolError } from '@rserpool/wire';
import { realClock } from '../clock/real-clock.ts';
import type { Clock } from '../contract/clock.ts';
import type { BindOptions, Endpoint } from '../contract/endpoint.ts';
import type { GroupNetwork } from '../contract/group.ts';
import type { Transport } from '../contract/transport.ts';
import { bindSettings, checkInteger } from '../core/bind-settings.ts';
import { throwIfAborted } from '../core/transport-errors.ts';
import { AsapProtocol } from './asap-protocol.ts';
import { DataProtocol } from './data-protocol.ts';
import { FramedProtocol } from './framing/framed-protocol.ts';
import { hostAddresses, isUnspecified } from '../core/system-addresses.ts';
import { TcpEndpoint } from './tcp-endpoint.ts';
import type { TcpMapping } from './tcp-mapping.ts';
import type { TlsOptions } from './tls/tls-options.ts';
import { tlsSettings } from './tls/tls-settings.ts';

/** Options that all TCP transports have. */
export interface TcpTransportOptions {
  /** Time and timers; {@link realClock} by default. */
  readonly clock?: Clock;
  /**
   * How long a peer may take to end a connection after a graceful close, in milliseconds; 5000 by default, and up to ten
   * times as long while it goes on taking what was sent. Short frees sockets early, long lets a slow peer take it all.
   */
  readonly closeTimeoutMs?: number;
  /** Groups to offer beside the associations, such as {@link createUdpGroups}; none by default. */
  readonly groups?: GroupNetwork;
  /**
   * Protects all connections with TLS (RFC 5352 section 9.2): a peer that cannot authenticate itself, or speaks no TLS,
   * gets no association. None by default: the network is trusted then. Groups are not protected, nor is there any
   * mechanism for that (RFC 5352 section 9.2).
   */
  readonly tls?: TlsOptions;
  /** How long a TLS handshake may take, in milliseconds; 5000 by default. */
  readonly tlsHandshakeTimeoutMs?: number;
}

/** Options of {@link createAsapTcpTransport}. */
export interface AsapTcpTransportOptions extends TcpTransportOptions {
  /**
   * How long a message that was begun may take to become whole, in milliseconds; 10000 by default. Short gets rid of
   * peers that block a connection, long tolerates a slow network.
   */
  readonly partialMessageTimeoutMs?: number;
}

/** Options of {@link createFramedTcpTransport}. */
export interface FramedTcpTransportOptions extends TcpTransportOptions {
  /** How long a peer may take to say HELLO after it connected, in milliseconds; 5000 by default. */
  readonly handshakeTimeoutMs?: number;
  /**
   * The longest message in bytes, 1024 .. 2^30; 1 MiB by default. A peer that announces a longer one is dropped; more
   * lets a peer take more memory.
   */
  readonly maximumMessageBytes?: number;
}

const loopback: IpAddress = parseIpAddress('127.0.0.1');

const concreteAddresses = (bound: readonly IpAddress[]): IpAddress[] =>
  bound.flatMap((address) => (isUnspecified(address) ? hostAddresses(address.length) : [address]));

function createTransport(mapping: TcpMapping, groups: GroupNetwork | undefined): Transport {
  return {
    name: mapping.name,
    supports: mapping.supports,
    ...(groups === undefined ? {} : { groups }),
    async bind(options: BindOptions = {}): Promise<Endpoint> {
      const settings = bindSettings(options);
      const { signal } = options;
      throwIfAborted('binding', signal);
      if (!settings.listen && settings.port !== 0) {
        throw new RserpoolError(
          'ERR_RSERPOOL_INVALID_ARGUMENT',
          `an endpoint over TCP that does not listen has no port; leave out port ${settings.port}, or listen`,
        );
      }
      const boundAddresses = options.addresses ?? [];
      const listenAddresses = boundAddresses.length === 0 ? [loopback] : boundAddresses;
      const endpoint = new TcpEndpoint({
        mapping,
        settings,
        boundAddresses,
        localAddresses:
          boundAddresses.length === 0 && !settings.listen
            ? hostAddresses()
            : concreteAddresses(listenAddresses),
      });
      if (settings.listen) await endpoint.listen(listenAddresses);
      try {
        throwIfAborted('binding', signal);
      } catch (error) {
        await endpoint.close();
        throw error;
      }
      return endpoint;
    },
  };
}

type CommonSettings = Pick<TcpMapping, 'clock' | 'closeTimeoutMs' | 'tls' | 'tlsHandshakeTimeoutMs'>;

const commonSettings = (options: TcpTransportOptions): CommonSettings => ({
  clock: options.clock ?? realClock,
  closeTimeoutMs: checkInteger('closeTimeoutMs', options.closeTimeoutMs ?? 5000, 1, 0x7fffffff),
  tls: tlsSettings(options.tls),
  tlsHandshakeTimeoutMs: checkInteger(
    'tlsHandshakeTimeoutMs',
    options.tlsHandshakeTimeoutMs ?? 5000,
    1,
    0x7fffffff,
  ),
});

/**
 * ASAP over TCP as RFC 5352 section 3.3 has it between a pool user and a registrar: messages back to back, each with
 * payload protocol identifier 11 and no other. A peer's `port` is the ephemeral one where the peer connected. The peer's
 * silence is noticed by the system's keep-alive at best.
 *
 * @param options - Timeouts, groups and TLS.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for timeouts, keys or certificates that cannot be used.
 */
export function createAsapTcpTransport(options: AsapTcpTransportOptions = {}): Transport {
  const common = commonSettings(options);
  const partialMessageTimeoutMs = checkInteger(
    'partialMessageTimeoutMs',
    options.partialMessageTimeoutMs ?? 10_000,
    1,
    0x7fffffff,
  );
  return createTransport(
    {
      name: 'asap-tcp',
      supports: {
        controlChannel: false,
        messageBoundaries: true,
        streams: false,
        emptyMessages: false,
        unordered: false,
        multiHoming: false,
        heartbeats: false,
        reuse: true,
        maximumMessageBytes: 65_536,
      },
      ...common,
      protocol: ({ owner }) => new AsapProtocol(owner, common.clock, partialMessageTimeoutMs),
    },
    options.groups,
  );
}

/**
 * Frames over TCP that stand in for SCTP associations: an extension of this project, for a scope in which all are
 * configured for it (see FRAMES.md). Peers are known by the port that they listen on, and reachable at it.
 *
 * @param options - Timeouts, limits, groups and TLS.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for timeouts, limits, keys or certificates that cannot be used.
 *
 * @example
 * ```ts
 * import { createFramedTcpTransport } from '@rserpool/transport';
 *
 * const transport = createFramedTcpTransport();
 * await using server = await transport.bind({ port: 3863 });
 * server.onAssociation = (association) => {
 *   association.handlers = { message: (message) => association.send(message) };
 * };
 * ```
 */
export function createFramedTcpTransport(options: FramedTcpTransportOptions = {}): Transport {
  const maximumMessageBytes = checkInteger(
    'maximumMessageBytes',
    options.maximumMessageBytes ?? 1_048_576,
    1024,
    2 ** 30,
  );
  const handshakeTimeoutMs = checkInteger(
    'handshakeTimeoutMs',
    options.handshakeTimeoutMs ?? 5000,
    1,
    0x7fffffff,
  );
  return createTransport(
    {
      name: 'framed-tcp',
      supports: {
        controlChannel: true,
        messageBoundaries: true,
        streams: true,
        emptyMessages: true,
        unordered: true,
        multiHoming: false,
        heartbeats: true,
        reuse: true,
        maximumMessageBytes,
      },
      ...commonSettings(options),
      protocol: (context) => new FramedProtocol({ ...context, handshakeTimeoutMs, maximumMessageBytes }),
    },
    options.groups,
  );
}

/**
 * Plain TCP for a pool whose elements serve TCP themselves (a TCP Transport parameter: data only). The messages are
 * pieces of the byte stream, there is no control channel, and each `connect` opens a connection of its own. A peer that
 * ends its direction counts as `closed-by-peer`.
 *
 * @param options - Timeouts, groups and TLS.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for timeouts, keys or certificates that cannot be used.
 */
export function createTcpDataTransport(options: TcpTransportOptions = {}): Transport {
  return createTransport(
    {
      name: 'tcp-data',
      supports: {
        controlChannel: false,
        messageBoundaries: false,
        streams: false,
        emptyMessages: false,
        unordered: false,
        multiHoming: false,
        heartbeats: false,
        reuse: false,
        maximumMessageBytes: 0x7fffffff,
      },
      ...commonSettings(options),
      protocol: ({ owner }) => new DataProtocol(owner),
    },
    options.groups,
  );
}

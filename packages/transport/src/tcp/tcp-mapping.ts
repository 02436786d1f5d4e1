import type { IpAddress } from '@rserpool/wire';
import type { AssociationSupport } from '../contract/association.ts';
import type { Clock } from '../contract/clock.ts';
import type { HeartbeatOptions } from '../contract/endpoint.ts';
import type { StreamOwner, StreamProtocol } from './stream-protocol.ts';
import type { TlsSettings } from './tls/tls-settings.ts';

/** What a protocol has to know of its association. */
export interface MappingContext {
  /** The association. */
  readonly owner: StreamOwner;
  /** Time and timers. */
  readonly clock: Clock;
  /** What is asked of the peer. */
  readonly heartbeat: HeartbeatOptions;
  /** The endpoint's addresses. */
  readonly localAddresses: readonly IpAddress[];
  /** The endpoint's port; 0 where it does not listen. */
  readonly localPort: number;
}

/** One of the ways in which associations are mapped to TCP. */
export interface TcpMapping {
  /** The transport's name. */
  readonly name: string;
  /** What its associations can do. */
  readonly supports: AssociationSupport;
  /** Time and timers. */
  readonly clock: Clock;
  /** How long a peer may take to end a connection, in milliseconds. */
  readonly closeTimeoutMs: number;
  /** How connections are protected; `undefined` where they are not. */
  readonly tls: TlsSettings | undefined;
  /** How long a TLS handshake may take, in milliseconds. */
  readonly tlsHandshakeTimeoutMs: number;
  /** Makes the protocol of one association. */
  readonly protocol: (context: MappingContext) => StreamProtocol;
}

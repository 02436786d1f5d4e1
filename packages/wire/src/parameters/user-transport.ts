import type { DccpTransport } from './dccp-transport.ts';
import type { OpaqueTransport } from './opaque-transport.ts';
import type { SctpTransport } from './sctp-transport.ts';
import type { TcpTransport } from './tcp-transport.ts';
import type { UdpLiteTransport } from './udp-lite-transport.ts';
import type { UdpTransport } from './udp-transport.ts';

/** Where a pool element serves its users (RFC 5354 section 3.10, User Transport). */
export type UserTransport =
  | SctpTransport
  | TcpTransport
  | UdpTransport
  | UdpLiteTransport
  | DccpTransport
  | OpaqueTransport;

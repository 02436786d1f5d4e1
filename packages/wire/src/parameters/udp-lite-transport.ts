import type { IpAddress } from './ip-address.ts';
import type { ParameterContainer } from './unknown-parameter.ts';

/** A UDP-Lite Transport parameter (RFC 5354 section 3.7): one port on one address, for data only. */
export interface UdpLiteTransport extends ParameterContainer {
  /** Tells the transports apart. */
  readonly protocol: 'udp-lite';
  /** UDP-Lite port, 0 .. 65535. */
  readonly port: number;
  /** The address. */
  readonly address: IpAddress;
}

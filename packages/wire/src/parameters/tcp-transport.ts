import type { IpAddress } from './ip-address.ts';
import type { ParameterContainer } from './unknown-parameter.ts';

/** A TCP Transport parameter (RFC 5354 section 3.5): one port on one address, for data only. */
export interface TcpTransport extends ParameterContainer {
  /** Tells the transports apart. */
  readonly protocol: 'tcp';
  /** TCP port, 0 .. 65535. */
  readonly port: number;
  /** The address. */
  readonly address: IpAddress;
}

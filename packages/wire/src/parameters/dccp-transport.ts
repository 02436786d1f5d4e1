import type { IpAddress } from './ip-address.ts';
import type { ParameterContainer } from './unknown-parameter.ts';

/** A DCCP Transport parameter (RFC 5354 section 3.3): one port and service on one address, for data only. */
export interface DccpTransport extends ParameterContainer {
  /** Tells the transports apart. */
  readonly protocol: 'dccp';
  /** DCCP port, 0 .. 65535. */
  readonly port: number;
  /** DCCP service code, 32 bits unsigned. */
  readonly serviceCode: number;
  /** The address. */
  readonly address: IpAddress;
}

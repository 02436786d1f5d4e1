import type { IpAddress } from './ip-address.ts';
import type { ParameterContainer } from './unknown-parameter.ts';

/** The values of the Transport Use field of an SCTP transport (RFC 5354 section 3.4). */
export const TransportUse: {
  /** DATA ONLY: the transport carries the application's data. */
  readonly dataOnly: 0;
  /** DATA plus CONTROL: it carries the control channel as well (cookies, business cards). */
  readonly dataPlusControl: 1;
} = { dataOnly: 0, dataPlusControl: 1 };

/** An SCTP Transport parameter (RFC 5354 section 3.4): one port on one or more addresses. */
export interface SctpTransport extends ParameterContainer {
  /** Tells the transports apart. */
  readonly protocol: 'sctp';
  /** SCTP port, 0 .. 65535. */
  readonly port: number;
  /** How the transport is used: one of {@link TransportUse}; other numbers are passed as they are. */
  readonly transportUse: number;
  /** The addresses, IPv4 and IPv6 mixed; at least one. */
  readonly addresses: readonly IpAddress[];
}

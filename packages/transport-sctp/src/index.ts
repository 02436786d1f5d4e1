/**
 * SCTP (RFC 9260) as a transport of RSerPool: over UDP, by the Linux kernel, or over raw IP.
 *
 * @packageDocumentation
 */
export type { PathFilter } from './carriers/filtered-carrier.ts';
export type {
  EncapsulationPort,
  EncapsulationPortMap,
  UdpPortRule,
} from './carriers/udp/encapsulation-port.ts';
export type { AssociationParameters, SctpParameters } from './core/sctp-input.ts';
export type { SctpStatistics } from './core/endpoint/sctp-statistics.ts';
export type { SctpEndpoint } from './shell/sctp-endpoint.ts';
export type { SctpCarrier, SctpTransportOptions } from './shell/sctp-transport-options.ts';
export { createSctpTransport, type SctpTransport } from './shell/sctp-transport.ts';

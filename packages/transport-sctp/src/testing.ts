export { createSctpNetwork, type SctpNetwork, type SctpNetworkOptions } from './testing/sctp-network.ts';

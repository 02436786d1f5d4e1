export {
  createCarriedEndpoint,
  type CarriedEndpoint,
  type CarriedEndpointOptions,
} from './testing/carried-endpoint.ts';
export { createSctpNetwork, type SctpNetwork, type SctpNetworkOptions } from './testing/sctp-network.ts';

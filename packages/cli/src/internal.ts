export { endpointForms, remoteEndpoints } from './options/remote-endpoint.ts';
export { addTransport, type TransportCommandOptions, transportOf } from './options/transport.ts';

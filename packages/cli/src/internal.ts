export { endpointForms, remoteEndpoints } from './options/remote-endpoint.ts';
export { addPreSharedKeys } from './options/security.ts';
export { addTransport, type TransportCommandOptions, transportOf } from './options/transport.ts';

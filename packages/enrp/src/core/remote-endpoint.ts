import { bytesEqual, bytesToHex, type RemoteEndpoint, type SctpTransport } from '@rserpool/wire';

/**
 * The endpoint that a transport parameter names. The addresses are copied: decoded ones are views of a message
 * that the caller may reuse.
 */
export function endpointOfTransport(transport: SctpTransport): RemoteEndpoint {
  return { addresses: transport.addresses.map((address) => address.slice()), port: transport.port };
}

/** Whether two endpoints are the same: one port, and at least one address in common (they may be multi-homed). */
export function isSameEndpoint(left: RemoteEndpoint, right: RemoteEndpoint): boolean {
  return (
    left.port === right.port &&
    left.addresses.some((address) => right.addresses.some((other) => bytesEqual(address, other)))
  );
}

/** A text that names an endpoint in a timer's name. */
export function endpointKey(endpoint: RemoteEndpoint): string {
  const [first] = endpoint.addresses;
  return `${first === undefined ? '' : bytesToHex(first)}/${endpoint.port}`;
}

import type { AsapServerAnnounce, RemoteEndpoint } from '@rserpool/wire';
import { asapPort } from '@rserpool/wire';

/**
 * Where an announcement says that the registrar is (RFC 5352 section 3.6): one endpoint for each transport
 * parameter that can be used, or the datagram's source where there is no parameter at all.
 *
 * @param announce - The announcement.
 * @param source - Where the datagram came from.
 * @param transport - Which transport parameters can be used.
 * @param port - Which port a source without parameters means.
 */
export function announcedEndpoints(
  announce: AsapServerAnnounce,
  source: RemoteEndpoint,
  transport: 'sctp' | 'tcp',
  port: 'registered' | 'source',
): RemoteEndpoint[] {
  if (announce.transports.length === 0) {
    return [{ addresses: source.addresses, port: port === 'source' ? source.port : asapPort }];
  }
  const endpoints: RemoteEndpoint[] = [];
  for (const announced of announce.transports) {
    if (announced.protocol !== transport || announced.port === 0) continue;
    const addresses = announced.protocol === 'sctp' ? announced.addresses : [announced.address];
    if (addresses.length > 0) endpoints.push({ addresses, port: announced.port });
  }
  return endpoints;
}

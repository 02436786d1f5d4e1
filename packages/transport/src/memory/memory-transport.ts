import { bytesToHex, formatIpAddress, type IpAddress, RserpoolError } from '@rserpool/wire';
import type { BindOptions, Endpoint } from '../contract/endpoint.ts';
import type { Transport } from '../contract/transport.ts';
import { bindSettings } from '../core/bind-settings.ts';
import { throwIfAborted } from '../core/transport-errors.ts';
import { MemoryEndpoint, memorySupport } from './memory-endpoint.ts';
import { memoryGroups } from './memory-groups.ts';
import type { HostNode } from './memory-host.ts';
import type { MemoryRouting } from './memory-network.ts';

const isUnspecified = (address: IpAddress): boolean => address.every((byte) => byte === 0);

const localAddresses = (host: HostNode, wanted: readonly IpAddress[] | undefined): readonly IpAddress[] => {
  if (wanted === undefined || wanted.length === 0 || wanted.some((address) => isUnspecified(address))) {
    return host.addresses;
  }
  const own = new Set(host.addresses.map((address) => bytesToHex(address)));
  for (const address of wanted) {
    if (own.has(bytesToHex(address))) continue;
    throw new RserpoolError(
      'ERR_RSERPOOL_BIND_FAILED',
      `host ${host.name} does not have the address ${formatIpAddress(address)}`,
    );
  }
  return wanted;
};

/**
 * The transport of one host.
 *
 * @param host - The host.
 * @param routing - The network.
 */
export function memoryTransport(host: HostNode, routing: MemoryRouting): Transport {
  return {
    name: 'memory',
    supports: memorySupport,
    groups: memoryGroups(host, routing),
    async bind(options: BindOptions = {}): Promise<Endpoint> {
      const settings = bindSettings(options);
      throwIfAborted('binding', options.signal);
      if (host.state === 'killed') {
        throw new RserpoolError('ERR_RSERPOOL_BIND_FAILED', `host ${host.name} was killed; restart it first`);
      }
      const addresses = localAddresses(host, options.addresses);
      const port = settings.port === 0 ? host.life.freePort(addresses) : settings.port;
      if (port === undefined || !host.life.isFree(addresses, port)) {
        throw new RserpoolError(
          'ERR_RSERPOOL_ADDRESS_IN_USE',
          `port ${settings.port} of host ${host.name} is taken; choose another, or 0 for any`,
        );
      }
      const endpoint = new MemoryEndpoint(host, routing, addresses, port, settings);
      host.life.bind(endpoint);
      return endpoint;
    },
  };
}

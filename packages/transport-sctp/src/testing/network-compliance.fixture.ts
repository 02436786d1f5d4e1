import type { RemoteEndpoint } from '@rserpool/wire';
import type { Association, Endpoint, Transport } from '@rserpool/transport';
import type { TransportFixture } from '@rserpool/transport/testing';
import type { SctpTransportOptions } from '../shell/sctp-transport-options.ts';
import { createSctpTransport } from '../shell/sctp-transport.ts';
import type { NetworkPair } from './network-pair.fixture.ts';

/** Fast enough for tests: a lost packet is missed after a fifth of a second. */
const quick: SctpTransportOptions = {
  parameters: { rtoInitialMs: 200, rtoMinMs: 200, rtoMaxMs: 1000, sackDelayMs: 20 },
  closeTimeoutMs: 200,
};
const patient = { intervalMs: 200, maximumMissed: 50 };

/**
 * The compliance fixture between two hosts of a network pair: with links that can be cut, and a peer that falls silent or
 * loses its memory.
 *
 * @param network - The two hosts.
 * @param family - Of their addresses.
 * @param options - Of the transport.
 */
export function networkFixture(
  network: NetworkPair,
  family: 'ipv4' | 'mixed',
  options: SctpTransportOptions,
): TransportFixture {
  network.heal();
  const hosts = network[family];
  const here = createSctpTransport(options);
  const quickHere = createSctpTransport({ ...options, ...quick });
  const endpoints: Endpoint[] = [];
  const accepted: Association[] = [];
  const onOtherHost = (transport: Transport): Transport => ({
    ...transport,
    bind: (bindOptions) => network.there(() => transport.bind(bindOptions)),
  });
  const bindThere = async (): Promise<{ readonly endpoint: Endpoint; readonly remote: RemoteEndpoint }> => {
    const endpoint = await onOtherHost(quickHere).bind({ addresses: hosts.there, heartbeat: patient });
    endpoints.push(endpoint);
    return { endpoint, remote: { addresses: hosts.there, port: endpoint.port } };
  };
  const setAll = (isOpen: boolean): void => {
    for (const address of hosts.there) network.setPath(address, isOpen);
  };
  return {
    client: here,
    server: onOtherHost(here),
    clientOptions: { addresses: hosts.here },
    serverOptions: { addresses: hosts.there },
    silentRemote: { addresses: [network.silent], port: 9 },
    hangingPeer: async () => {
      const { remote } = await bindThere();
      return { remote, fail: () => setAll(false) };
    },
    multiHomed: async () => {
      const { endpoint, remote } = await bindThere();
      const client = await quickHere.bind({ addresses: hosts.here, heartbeat: patient });
      endpoints.push(client);
      return {
        client,
        server: endpoint,
        remote,
        setPath: (address, isOpen) => network.setPath(address, isOpen),
      };
    },
    restartingPeer: async (client) => {
      const { endpoint, remote } = await bindThere();
      endpoint.onAssociation = (association) => accepted.push(association);
      /** What it says about its end gets lost, and then it knows nothing of the association. */
      const restart = async (): Promise<void> => {
        setAll(false);
        for (const association of accepted) association.abort();
        await new Promise<void>((resolve) => {
          setImmediate(resolve);
        });
        setAll(true);
        const association = await endpoint.connect({ addresses: hosts.here, port: client.port });
        association.handlers = { message: (message) => association.send(message) };
      };
      return { remote, fail: () => void restart() };
    },
    dispose: async () => {
      await Promise.all(endpoints.map((endpoint) => endpoint.close()));
      network.heal();
    },
  };
}

// etcd as a registry: a key a member, a range read for a lookup, a key with a lease for a registration.
import { Etcd3 } from 'etcd3';
import { measureClient, membersPerService, serviceOf, services, valueBytes } from './load.mjs';
import { freePort, startServer } from './server-process.mjs';

const value = Buffer.alloc(valueBytes, 'x');
const prefix = (service) => `service/${String(service).padStart(8, '0')}/`;

export async function benchEtcd(timeMs) {
  const [port, peerPort] = [await freePort(), await freePort()];
  const server = await startServer(
    'etcd',
    async (directory) => [
      `--data-dir=${directory}`,
      `--listen-client-urls=http://127.0.0.1:${port}`,
      `--advertise-client-urls=http://127.0.0.1:${port}`,
      `--listen-peer-urls=http://127.0.0.1:${peerPort}`,
      '--log-level=error',
    ],
    port,
  );
  const client = new Etcd3({ hosts: `http://127.0.0.1:${port}` });
  try {
    for (let service = 0; service < services; service++) {
      const members = Array.from({ length: membersPerService }, (_, member) => member);
      await Promise.all(
        members.map(async (member) => client.put(`${prefix(service)}${member}`).value(value)),
      );
    }
    const lookup = async (worker, turn) => {
      const { kvs } = await client
        .getAll()
        .prefix(prefix(serviceOf(worker, turn)))
        .exec();
      if (kvs.length !== membersPerService) throw new Error(`etcd found ${kvs.length} members`);
    };
    const register = async (worker, turn) => {
      const { ID } = await client.leaseClient.leaseGrant({ TTL: 30 });
      await client.kv.put({ key: Buffer.from(`lease/${worker}/${turn % 1000}`), value, lease: ID });
    };
    return await measureClient('etcd', { lookup, register }, timeMs);
  } finally {
    client.close();
    await server.end();
  }
}

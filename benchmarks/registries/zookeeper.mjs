// ZooKeeper as a registry: a node a service with a child a member, an ephemeral node for a registration.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import zookeeper from 'node-zookeeper-client';
import { measureClient, membersPerService, serviceOf, services, valueBytes } from './load.mjs';
import { freePort, startServer } from './server-process.mjs';

const value = Buffer.alloc(valueBytes, 'x');
const pathOf = (service) => `/service/${String(service).padStart(8, '0')}`;

export async function benchZookeeper(timeMs) {
  const port = await freePort();
  const server = await startServer(
    'java',
    async (directory) => {
      const configuration = join(directory, 'zoo.cfg');
      const settings = [
        `dataDir=${directory}`,
        `clientPort=${port}`,
        'clientPortAddress=127.0.0.1',
        'tickTime=2000',
      ];
      await writeFile(configuration, `${settings.join('\n')}\nadmin.enableServer=false\n`);
      const classes = '/usr/share/java/*:/etc/zookeeper/conf';
      return ['-cp', classes, 'org.apache.zookeeper.server.ZooKeeperServerMain', configuration];
    },
    port,
  );
  const client = zookeeper.createClient(`127.0.0.1:${port}`);
  const call = promisify((run, done) => run(done));
  const create = (path, data, mode = zookeeper.CreateMode.PERSISTENT) =>
    call((done) => client.create(path, data, zookeeper.ACL.OPEN_ACL_UNSAFE, mode, done));
  try {
    await new Promise((resolve) => {
      client.once('connected', resolve);
      client.connect();
    });
    await create('/service', Buffer.alloc(0));
    await create('/ephemeral', Buffer.alloc(0));
    for (let service = 0; service < services; service++) {
      await create(pathOf(service), Buffer.alloc(0));
      const members = Array.from({ length: membersPerService }, (_, member) => member);
      await Promise.all(members.map(async (member) => create(`${pathOf(service)}/${member}`, value)));
    }
    const lookup = async (worker, turn) => {
      const path = pathOf(serviceOf(worker, turn));
      const members = await call((done) => client.getChildren(path, done));
      if (members.length !== membersPerService) throw new Error(`ZooKeeper found ${members.length} members`);
      await Promise.all(
        members.map(async (member) => call((done) => client.getData(`${path}/${member}`, done))),
      );
    };
    let last = 0;
    const register = async () => create(`/ephemeral/${last++}`, value, zookeeper.CreateMode.EPHEMERAL);
    return await measureClient('zookeeper', { lookup, register }, timeMs);
  } finally {
    client.close();
    await server.end();
  }
}

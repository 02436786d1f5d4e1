// What an association costs that does nothing: node --expose-gc idle.mjs COUNT prints the bytes of one at the endpoint
// that accepted it. The endpoints that open them live in a process of their own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createSctpTransport } from '@rserpool/transport-sctp';

const loopback = Uint8Array.of(127, 0, 0, 1);
const ports = { server: 20_990, client: 20_991, sctp: 5001 };
const [count, role] = process.argv.slice(2);

async function open() {
  const transport = createSctpTransport({
    encapsulationPort: { local: ports.client, remote: {}, others: ports.server },
  });
  for (let i = 0; i < Number(count); i += 1) {
    const endpoint = await transport.bind({ addresses: [loopback], listen: false });
    await endpoint.connect({ addresses: [loopback], port: ports.sctp });
  }
  process.send('open');
}

function usedBytes() {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function opened(endpoint, number) {
  const associations = [];
  const all = new Promise((resolve) => {
    endpoint.onAssociation = (association) => {
      association.handlers = { message: () => undefined };
      associations.push(association);
      if (associations.length === number) resolve();
    };
  });
  const client = fork(import.meta.filename, [String(number), 'open'], { execArgv: [] });
  await Promise.all([once(client, 'message'), all]);
  return { client, associations };
}

async function accept() {
  const transport = createSctpTransport({
    encapsulationPort: { local: ports.server, remote: {}, others: ports.client },
  });
  const endpoint = await transport.bind({
    addresses: [loopback],
    port: ports.sctp,
    maximumAssociationsPerAddress: 10_000,
  });
  const before = usedBytes();
  const { client, associations } = await opened(endpoint, Number(count));
  const bytes = (usedBytes() - before) / associations.length;
  console.log(
    JSON.stringify({ associations: associations.length, bytesPerIdleAssociation: Math.round(bytes) }),
  );
  client.kill();
  process.exit(0);
}

await (role === 'open' ? open() : accept());

// A bidirectional stream of grpc-js over two servers; opened anew where it fails, as an application would.
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import { startServer } from '../child.mjs';

export async function startGrpc(channelOptions = {}) {
  const servers = await Promise.all([startServer('grpc.mjs'), startServer('grpc.mjs')]);
  const definition = grpc.loadPackageDefinition(
    loader.loadSync(fileURLToPath(new URL('../echo.proto', import.meta.url))),
  );
  const address = `ipv4:${servers.map(({ info }) => `127.0.0.1:${info.port}`).join(',')}`;
  const client = new definition.rserpool.benchmark.EchoService(address, grpc.credentials.createInsecure(), {
    'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
    ...channelOptions,
  });
  let waiting;
  let stream;
  const open = () => {
    const mine = client.Session();
    mine.on('data', (answer) => waiting?.resolve(answer));
    mine.on('end', () => undefined);
    mine.on('error', (error) => {
      if (mine !== stream) return;
      stream = undefined;
      waiting?.reject(error);
    });
    return mine;
  };
  return {
    request: (sequence) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        stream ??= open();
        stream.write({ sequence });
      }),
    hit: (pid, signal) => servers.find((server) => server.pid === pid).signal(signal),
    end: async () => {
      client.close();
      await Promise.all(servers.map((server) => server.end()));
    },
  };
}

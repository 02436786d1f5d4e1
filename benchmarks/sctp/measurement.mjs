// One measurement: a server process, a client process, and where packets are to be lost a relay between them.
import { runClient, startServer } from './child.mjs';

let nextPort = 21_000;

/** Ports that no earlier measurement used: what is still under way there must not come here. */
function freshPorts() {
  nextPort += 8;
  return {
    server: nextPort,
    client: nextPort + 1,
    relayToClient: nextPort + 2,
    relayToServer: nextPort + 3,
    sctp: nextPort + 4,
  };
}

/**
 * @param {{command: string, args: string[]}} implementation
 * @param {{workload: string, bytes: number, ms: number, loss?: number, relay?: string}} run - `loss` is a share, 0 to 1.
 */
export async function measure(implementation, { workload, bytes, ms, loss = 0, relay }) {
  const ports = freshPorts();
  const { command, args } = implementation;
  const isLossy = loss > 0;
  const toServer = isLossy ? ports.relayToClient : ports.server;
  const toClient = isLossy ? ports.relayToServer : ports.client;
  const servers = [];
  try {
    servers.push(
      await startServer(command, [...args, 'serve', ports.server, toClient, ports.sctp].map(String)),
    );
    if (isLossy) {
      const settings = [ports.relayToClient, ports.relayToServer, ports.server, Math.round(1000 * loss), 1];
      servers.push(await startServer(relay, settings.map(String)));
    }
    const client = [...args, workload, ports.client, toServer, ports.sctp, bytes, ms];
    return await runClient(command, client.map(String), 20 * ms + 30_000);
  } finally {
    for (const server of servers) await server.stop();
  }
}

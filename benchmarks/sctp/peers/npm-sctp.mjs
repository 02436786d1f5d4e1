// The package `sctp` of npm over UDP. It cannot listen there, so both sides connect, one of them passively.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import sctp from 'sctp';

function open({ local, remote, port }, passive) {
  return new Promise((resolve) => {
    const udp = createSocket('udp4');
    udp.bind(local, '127.0.0.1', () => {
      const socket = sctp.connect({
        passive,
        localPort: port,
        port,
        udpTransport: udp,
        udpPeer: { host: '127.0.0.1', port: remote },
      });
      const link = {
        onMessage: undefined,
        ready: () => once(socket, 'drain'),
        send: (bytes) => socket.write(bytes),
      };
      socket.on('data', (bytes) => link.onMessage(bytes));
      if (passive) resolve(link);
      else socket.once('connect', () => resolve(link));
    });
  });
}

export async function serve(ports, onLink) {
  onLink(await open(ports, true));
}

export function connect(ports) {
  return open(ports, false);
}

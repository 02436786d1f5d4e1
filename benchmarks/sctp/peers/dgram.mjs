// Plain datagrams: what SCTP over UDP stands on. Only its round trip is comparable: it has no flow control.
import { createSocket } from 'node:dgram';

function open(port) {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.bind(port, '127.0.0.1', () => resolve(socket));
  });
}

export async function serve({ local }, onLink) {
  const socket = await open(local);
  let remote;
  const link = { send: (bytes) => socket.send(bytes, remote.port, remote.address), onMessage: undefined };
  onLink(link);
  socket.on('message', (bytes, from) => {
    remote = from;
    link.onMessage(bytes);
  });
}

export async function connect({ local, remote }) {
  const socket = await open(local);
  const link = { send: (bytes) => socket.send(bytes, remote, '127.0.0.1'), onMessage: undefined };
  socket.on('message', (bytes) => link.onMessage(bytes));
  return link;
}

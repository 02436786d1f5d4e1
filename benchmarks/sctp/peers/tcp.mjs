// Node's TCP with a length before each message.
import { once } from 'node:events';
import { connect as connectSocket, createServer } from 'node:net';

function linkOf(socket) {
  const link = {
    onMessage: undefined,
    ready: () => once(socket, 'drain'),
    send(bytes) {
      const framed = Buffer.allocUnsafe(4 + bytes.length);
      framed.writeUInt32BE(bytes.length, 0);
      framed.set(bytes, 4);
      return socket.write(framed);
    },
  };
  let rest = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => {
    const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    let at = 0;
    while (all.length - at >= 4) {
      const end = at + 4 + all.readUInt32BE(at);
      if (end > all.length) break;
      link.onMessage(all.subarray(at + 4, end));
      at = end;
    }
    rest = all.subarray(at);
  });
  return link;
}

export function serve({ port }, onLink) {
  return new Promise((resolve) => {
    createServer({ noDelay: true }, (socket) => onLink(linkOf(socket))).listen(port, '127.0.0.1', resolve);
  });
}

export function connect({ port }) {
  return new Promise((resolve) => {
    const socket = connectSocket({ port, host: '127.0.0.1', noDelay: true }, () => resolve(linkOf(socket)));
  });
}

// The SCTP of werift over UDP.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createUdpTransport, SCTP } from 'werift-sctp';

const protocolIdentifier = 11;

async function open({ local, remote, port }, role) {
  const udp = createSocket('udp4');
  udp.bind(local, '127.0.0.1');
  await once(udp, 'listening');
  const association = SCTP[role](createUdpTransport(udp, { port: remote, address: '127.0.0.1' }), port);
  // It is written for awaited sends: without, its queue costs more with each message that waits.
  const link = { onMessage: undefined, send: (bytes) => association.send(0, protocolIdentifier, bytes) };
  association.onReceive.subscribe((_stream, _protocol, bytes) => link.onMessage(bytes));
  const connected = association.stateChanged.connected.asPromise();
  await association.start(port);
  if (role === 'client') await connected;
  return link;
}

export async function serve(ports, onLink) {
  onLink(await open(ports, 'server'));
}

export function connect(ports) {
  return open(ports, 'client');
}

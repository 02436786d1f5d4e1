// A peer on this project's transport. It understands the words of usrsctp.c and tells the same events.
// use: node transport-sctp.mjs CARRIER LOCAL-UDP-PORT REMOTE-UDP-PORT SCTP-PORT ADDRESS[,ADDRESS...]
import { createInterface } from 'node:readline';
import { createSctpTransport } from '@rserpool/transport-sctp';
import { formatIpAddress, parseIpAddress } from '@rserpool/wire';
import { digest, pattern } from './pattern.mjs';

const [carrier, local, remote, port, addressList] = process.argv.slice(2);
const parseAll = (list) => list.split(',').map(parseIpAddress);
const tell = (event, about = {}) => console.log(JSON.stringify({ event, ...about }));

const transport = createSctpTransport({
  carrier,
  encapsulationPort: { local: Number(local), remote: {}, others: Number(remote) },
  // Failures are to be noticed within the time of a test.
  parameters: {
    rtoInitialMs: 500,
    rtoMinMs: 200,
    rtoMaxMs: 2000,
    heartbeatIntervalMs: 500,
    pathMaxRetrans: 2,
  },
});
const endpoint = await transport.bind({
  addresses: parseAll(addressList),
  port: Number(port),
  maximumSendBufferBytes: 1 << 28,
  heartbeat: { intervalMs: 2000, maximumMissed: 5 },
});
let current;

function adopt(association) {
  current = association;
  tell('up', { inbound: association.inbound, addresses: association.remote.addresses.map(formatIpAddress) });
  association.handlers = {
    message: ({ data, stream, payloadProtocolIdentifier, unordered }) =>
      tell('message', {
        length: data.length,
        digest: digest(data),
        stream,
        ppid: payloadProtocolIdentifier,
        unordered,
      }),
    lost: (reason) => tell('lost', { reason }),
    restarted: () => tell('restarted'),
    sendFailed: () => tell('sendFailed'),
    pathChanged: ({ address, state }) => tell('path', { address: formatIpAddress(address), state }),
  };
}

const words = {
  listen() {
    endpoint.onAssociation = adopt;
    tell('listening');
  },
  async connect(remotePort, list) {
    try {
      adopt(await endpoint.connect({ addresses: parseAll(list), port: Number(remotePort) }));
    } catch (error) {
      tell('refused', { code: error.code });
    }
  },
  send(count, length, stream, ppid, isOrdered) {
    for (let number = 0; number < Number(count); number += 1) {
      current.send({
        data: pattern(number, Number(length)),
        payloadProtocolIdentifier: Number(ppid),
        stream: Number(stream),
        unordered: isOrdered === '0',
      });
    }
    tell('sent');
  },
  async shutdown() {
    await current.close();
    tell('closed');
  },
  remote() {
    tell('remote', { addresses: current.remote.addresses.map(formatIpAddress).join(',') });
  },
  async addresses(list) {
    await endpoint.setLocalAddresses(parseAll(list));
    tell('addresses');
  },
  abort() {
    current.abort();
    tell('aborted');
  },
  quit() {
    process.exit(0);
  },
};

tell('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const [word, ...rest] = line.split(' ');
  // Not awaited: what comes next may be what ends it.
  words[word](...rest);
}
process.exit(0);

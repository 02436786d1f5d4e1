import { connect, type Socket } from 'node:net';
import { formatIpAddress, parseIpAddress } from '@rserpool/wire';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../clock/virtual-clock.ts';
import { Collector } from '../compliance/collector.ts';
import type { Association } from '../contract/association.ts';
import type { BindOptions, Endpoint } from '../contract/endpoint.ts';
import { helloFrame, listenRaw } from '../testing/raw-peer.fixture.ts';
import { encodeControlFrame, encodeFrameHeader, FrameType } from './framing/frame.ts';
import { createFramedTcpTransport, type FramedTcpTransportOptions } from './tcp-transport.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const bind = async (
  options: BindOptions = {},
  transport: FramedTcpTransportOptions = {},
): Promise<Endpoint> => {
  const endpoint = await createFramedTcpTransport(transport).bind(options);
  cleanups.push(() => endpoint.close());
  return endpoint;
};

const nextAccepted = (endpoint: Endpoint): Promise<Association> =>
  new Promise((resolve) => {
    endpoint.onAssociation = resolve;
  });

/** A plain socket to an endpoint, which is read. */
const dial = (endpoint: Endpoint, localAddress = '127.0.0.1'): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: endpoint.port, localAddress });
    cleanups.push(() => socket.destroy());
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.on('error', () => undefined);
      socket.resume();
      resolve(socket);
    });
  });

/** Connects to an endpoint that takes no more: the connection is reset, before or after this side sees it. */
const resetAtOnce = (endpoint: Endpoint): Promise<void> => {
  const socket = connect({ host: '127.0.0.1', port: endpoint.port });
  socket.on('error', () => undefined);
  socket.resume();
  return closed(socket);
};

const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.once('close', () => resolve());
  });

/** All that a socket receives up to its end. */
const allBytes = (socket: Socket): Promise<Buffer> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.once('close', () => resolve(Buffer.concat(chunks)));
  });

const data = (body: Uint8Array, payloadProtocolIdentifier = 11): Uint8Array =>
  encodeFrameHeader(
    { length: body.length, type: FrameType.data, flags: 0, stream: 0, payloadProtocolIdentifier },
    body,
  );

describe('who the peer is', () => {
  it('is the announced port at the address that the connection comes from', async () => {
    const endpoint = await bind();
    const next = nextAccepted(endpoint);
    const socket = await dial(endpoint);
    socket.write(helloFrame(4711, ['127.0.0.1']));
    const { remote } = await next;
    expect(remote.port).toBe(4711);
    expect(remote.addresses.map((address) => formatIpAddress(address))).toEqual(['127.0.0.1']);
  });

  it('is never a foreign address, whatever is announced', async () => {
    const endpoint = await bind();
    const next = nextAccepted(endpoint);
    const socket = await dial(endpoint);
    socket.write(helloFrame(4711, ['192.0.2.1', '2001:db8::1', '::1', '127.0.0.2']));
    const { remote } = await next;
    // The other loopback addresses are this very host.
    expect(remote.addresses.map((address) => formatIpAddress(address))).toEqual([
      '127.0.0.1',
      '::1',
      '127.0.0.2',
    ]);
  });

  it('is the ephemeral port for one that does not listen', async () => {
    const endpoint = await bind();
    const client = await bind({ listen: false });
    const next = nextAccepted(endpoint);
    await client.connect({ addresses: endpoint.localAddresses, port: endpoint.port });
    const { remote } = await next;
    expect(client.port).toBe(0);
    expect(remote.port).toBeGreaterThan(0);
  });

  it('has of the addresses that the caller knew those that it announces itself', async () => {
    const peer = await listenRaw((socket, port) =>
      socket.write(helloFrame(port, ['127.0.0.1', '192.0.2.1', '192.0.2.3'])),
    );
    cleanups.push(() => peer.close());
    const client = await bind();
    const known = ['127.0.0.1', '192.0.2.1', '192.0.2.2'].map((address) => parseIpAddress(address));
    const association = await client.connect({ addresses: known, port: peer.remote.port });
    expect(association.remote.addresses.map((address) => formatIpAddress(address))).toEqual([
      '127.0.0.1',
      '192.0.2.1',
    ]);
    expect(await client.connect({ addresses: [parseIpAddress('192.0.2.1')], port: peer.remote.port })).toBe(
      association,
    );
  });
});

describe('a peer that breaks the protocol', () => {
  const breakers: readonly [string, Uint8Array][] = [
    ['something else altogether', new TextEncoder().encode('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['a message before HELLO', data(Uint8Array.of(1))],
    [
      'a HELLO that is too long',
      encodeFrameHeader({ length: 1025, type: 1, flags: 0, stream: 0, payloadProtocolIdentifier: 0 }),
    ],
    ['a HELLO without its magic', encodeControlFrame(FrameType.hello, new Uint8Array(18))],
  ];

  for (const [name, bytes] of breakers) {
    it(`is dropped for ${name}, and nobody hears of it`, async () => {
      const endpoint = await bind();
      let accepted = 0;
      endpoint.onAssociation = () => {
        accepted += 1;
      };
      const socket = await dial(endpoint);
      socket.write(bytes);
      await closed(socket);
      expect(accepted).toBe(0);
    });
  }

  const laterBreakers: readonly [string, Uint8Array][] = [
    [
      'a message that is too long',
      encodeFrameHeader({ length: 2049, type: 2, flags: 0, stream: 0, payloadProtocolIdentifier: 0 }),
    ],
    ['a second HELLO', helloFrame(1)],
    ['an unknown frame that may not be skipped', encodeControlFrame(7)],
    ['a control frame that is too long', encodeControlFrame(FrameType.heartbeat, new Uint8Array(257))],
  ];

  for (const [name, bytes] of laterBreakers) {
    it(`is aborted for ${name}`, async () => {
      const endpoint = await bind({}, { maximumMessageBytes: 2048 });
      const next = nextAccepted(endpoint);
      const socket = await dial(endpoint);
      const heard = allBytes(socket);
      socket.write(helloFrame(4711));
      const collector = new Collector(await next);
      socket.write(data(Uint8Array.of(5)));
      socket.write(bytes);
      expect(await collector.gotLost()).toBe('protocol-violation');
      expect(collector.messages.length).toBe(1);
      const all = await heard;
      expect(all.subarray(-12)).toEqual(Buffer.from(encodeControlFrame(FrameType.abort)));
    });
  }

  it('is told to the caller who connected to it', async () => {
    const peer = await listenRaw((socket) => socket.write('220 smtp.example.org ESMTP\r\n'));
    cleanups.push(() => peer.close());
    const client = await bind();
    await expect(client.connect(peer.remote)).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_PROTOCOL_VIOLATION',
    });
  });

  it('never brings the endpoint down, whatever it sends', async () => {
    const endpoint = await bind();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 })), async (chunks) => {
        const next = nextAccepted(endpoint);
        const socket = await dial(endpoint);
        socket.write(helloFrame(4711));
        const collector = new Collector(await next);
        for (const chunk of chunks) socket.write(chunk);
        socket.end();
        await collector.gotLost();
        socket.destroy();
      }),
      { numRuns: 50 },
    );
    const next = nextAccepted(endpoint);
    const socket = await dial(endpoint);
    socket.write(helloFrame(4711));
    await next;
  });

  it('has to say HELLO in time', async () => {
    const clock = createVirtualClock();
    const endpoint = await bind({}, { clock, handshakeTimeoutMs: 1000 });
    const socket = await dial(endpoint);
    // The endpoint's own HELLO shows that it has accepted.
    await new Promise((resolve) => {
      socket.once('data', resolve);
    });
    await clock.advance(999);
    expect(socket.destroyed).toBe(false);
    await clock.advance(1);
    await closed(socket);
  });
});

describe('frames of an association that is up', () => {
  it('are skipped where their type says so, and a heartbeat is answered with its body', async () => {
    const endpoint = await bind();
    const next = nextAccepted(endpoint);
    const socket = await dial(endpoint);
    const heard = allBytes(socket);
    socket.write(helloFrame(4711));
    socket.write(encodeControlFrame(0x80, Uint8Array.of(1, 2, 3)));
    socket.write(encodeControlFrame(FrameType.heartbeat, Uint8Array.of(7, 8)));
    socket.write(data(Uint8Array.of(1)));
    const collector = new Collector(await next);
    await collector.receivedMessages(1);
    socket.write(encodeControlFrame(FrameType.shutdown));
    socket.end();
    expect(await collector.gotLost()).toBe('closed-by-peer');
    const all = await heard;
    expect(all.subarray(-14)).toEqual(
      Buffer.from(encodeControlFrame(FrameType.heartbeatAck, Uint8Array.of(7, 8))),
    );
  });
});

describe('limits', () => {
  it('hold for one remote address, and are free again after a loss', async () => {
    const endpoint = await bind({ maximumAssociationsPerAddress: 1 });
    let next = nextAccepted(endpoint);
    const first = await dial(endpoint);
    first.write(helloFrame(1));
    const collector = new Collector(await next);
    await resetAtOnce(endpoint);
    next = nextAccepted(endpoint);
    const other = await dial(endpoint, '127.0.0.2');
    other.write(helloFrame(3));
    await next;
    first.destroy();
    await collector.gotLost();
    next = nextAccepted(endpoint);
    const third = await dial(endpoint);
    third.write(helloFrame(4));
    expect((await next).remote.port).toBe(4);
  });
});

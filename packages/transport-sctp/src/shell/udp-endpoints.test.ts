import { createSocket } from 'node:dgram';
import { bytesEqual, parseIpAddress, RserpoolError } from '@rserpool/wire';
import type { Association, InboundMessage } from '@rserpool/transport';
import { hostAddresses, isLoopback } from '@rserpool/transport/internal';
import { afterEach, describe, expect, it } from 'vitest';
import { openUdpRelay } from '../testing/udp-relay.fixture.ts';
import type { SctpEndpoint } from './sctp-endpoint.ts';
import type { SctpTransport } from './sctp-transport.ts';
import { createSctpTransport } from './sctp-transport.ts';

const loopback = parseIpAddress('127.0.0.1');
const second = parseIpAddress('127.0.0.2');
const open: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const bind = async (
  transport: SctpTransport,
  options: Parameters<SctpTransport['bind']>[0] = {},
): Promise<SctpEndpoint> => {
  const endpoint = await transport.bind(options);
  open.push(endpoint);
  return endpoint;
};

/** A UDP socket of somebody else, and its port. */
const foreignSocket = (address = '127.0.0.1'): Promise<number> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4');
    open.push({ close: () => socket.close() });
    socket.bind(0, address, () => resolve(socket.address().port));
  });

const errorOf = async (action: Promise<unknown>): Promise<RserpoolError> => {
  try {
    await action;
  } catch (error) {
    if (RserpoolError.is(error)) return error;
    throw error;
  }
  throw new Error('it did not fail');
};

const accepted = (endpoint: SctpEndpoint): Promise<Association> =>
  new Promise((resolve) => {
    endpoint.onAssociation = resolve;
  });

const nextMessage = (association: Association): Promise<InboundMessage> =>
  new Promise((resolve) => {
    association.handlers = { message: resolve };
  });

describe('endpoints over UDP', () => {
  it('are at the loopback addresses where nothing is said', async () => {
    const endpoint = await bind(createSctpTransport({ encapsulationPort: 'sctp-port' }));
    expect(endpoint.localAddresses.every(isLoopback)).toBe(true);
    expect(endpoint.localAddresses.length).toBe(hostAddresses(16).some(isLoopback) ? 2 : 1);
    expect(endpoint.port).toBeGreaterThan(0);
  });

  it('are at all addresses of the host where the unspecified one is given', async () => {
    const transport = createSctpTransport({ encapsulationPort: 'sctp-port' });
    const endpoint = await bind(transport, { addresses: [parseIpAddress('0.0.0.0'), loopback] });
    expect(endpoint.localAddresses).toEqual(hostAddresses(4));
  });

  it('share one UDP port within a process, and reach each other', async () => {
    const encapsulationPort = await foreignSocket();
    await Promise.all(open.splice(0).map((one) => one.close()));
    const transport = createSctpTransport({ encapsulationPort });
    const [server, client, other] = [
      await bind(transport, { addresses: [loopback], port: 3863 }),
      await bind(transport, { addresses: [loopback] }),
      await bind(transport, { addresses: [loopback] }),
    ];
    expect(new Set([server.port, client.port, other.port]).size).toBe(3);
    const next = accepted(server);
    const opened = await client.connect({ addresses: [loopback], port: 3863 });
    const got = nextMessage(await next);
    opened.send({ data: Uint8Array.of(1, 2, 3), payloadProtocolIdentifier: 11 });
    expect((await got).data).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('refuse an SCTP port that another endpoint of the process has', async () => {
    const encapsulationPort = await foreignSocket();
    await Promise.all(open.splice(0).map((one) => one.close()));
    const transport = createSctpTransport({ encapsulationPort });
    const { port } = await bind(transport, { addresses: [loopback] });
    const error = await errorOf(transport.bind({ addresses: [loopback], port }));
    expect(error.code).toBe('ERR_RSERPOOL_ADDRESS_IN_USE');
    expect(error.message).toContain(`SCTP port ${port}`);
  });

  it('say who may have a UDP port that is taken, and what to do', async () => {
    const encapsulationPort = await foreignSocket();
    const error = await errorOf(createSctpTransport({ encapsulationPort }).bind({ addresses: [loopback] }));
    expect(error.code).toBe('ERR_RSERPOOL_ADDRESS_IN_USE');
    expect(error.message).toContain(`UDP port ${encapsulationPort} at 127.0.0.1`);
    expect(error.message).toContain('net.sctp.udp_port');
    expect(error.message).toContain("'sctp-port'");
  });

  it('leave nothing behind where one of several addresses cannot be bound', async () => {
    const port = await foreignSocket('127.0.0.2');
    const transport = createSctpTransport({ encapsulationPort: 'sctp-port' });
    const error = await errorOf(transport.bind({ addresses: [loopback, second], port }));
    expect(error.code).toBe('ERR_RSERPOOL_ADDRESS_IN_USE');
    expect((await bind(transport, { addresses: [loopback], port })).port).toBe(port);
  });

  it('tell that this host lacks an address', async () => {
    const transport = createSctpTransport({ encapsulationPort: 'sctp-port' });
    const error = await errorOf(transport.bind({ addresses: [parseIpAddress('192.0.2.77')] }));
    expect(error.code).toBe('ERR_RSERPOOL_BIND_FAILED');
    expect(error.message).toContain('192.0.2.77');
  });

  it('refuse streams beyond what was agreed on, and empty messages', async () => {
    const transport = createSctpTransport({
      encapsulationPort: 'sctp-port',
      parameters: { outboundStreams: 4, maximumInboundStreams: 3 },
    });
    const server = await bind(transport);
    const client = await bind(transport);
    const opened = await client.connect({ addresses: server.localAddresses, port: server.port });
    const data = Uint8Array.of(1);
    expect(opened.send({ data, payloadProtocolIdentifier: 0, stream: 2 })).toBe(true);
    const send = (message: Parameters<Association['send']>[0]): Promise<RserpoolError> =>
      errorOf(Promise.resolve().then(() => opened.send(message)));
    expect((await send({ data, payloadProtocolIdentifier: 0, stream: 3 })).code).toBe(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
    );
    const empty = await send({ data: new Uint8Array(0), payloadProtocolIdentifier: 0 });
    expect(empty.code).toBe('ERR_RSERPOOL_INVALID_ARGUMENT');
  });

  it('tell what was not delivered before they tell of the loss', async () => {
    const server = await bind(createSctpTransport({ encapsulationPort: 'sctp-port', closeTimeoutMs: 50 }), {
      addresses: [loopback],
    });
    const relay = await openUdpRelay([loopback], [loopback], server.port);
    open.push(relay);
    const remote = { [`127.0.0.1:${server.port}`]: relay.port };
    const transport = createSctpTransport({ encapsulationPort: { local: 'sctp-port', remote } });
    const client = await bind(transport, {
      addresses: [loopback],
      heartbeat: { intervalMs: 50, maximumMissed: 4 },
    });
    const association = await client.connect({ addresses: [loopback], port: server.port });
    relay.filter = () => false;
    const messages = [1, 2, 3].map((number) => ({
      data: Uint8Array.of(number),
      payloadProtocolIdentifier: number,
    }));
    const told: unknown[] = [];
    const lost = new Promise<void>((resolve) => {
      association.handlers = {
        message: () => undefined,
        sendFailed: (message) => told.push(message),
        lost: (reason) => {
          told.push(reason);
          resolve();
        },
      };
    });
    for (const message of messages) association.send(message);
    await lost;
    expect(told).toEqual([...messages, 'heartbeat']);
  });

  it('count what they drop', async () => {
    const transport = createSctpTransport({ encapsulationPort: 'sctp-port' });
    const endpoint = await bind(transport, { addresses: [loopback] });
    const socket = createSocket('udp4');
    open.push({ close: () => socket.close() });
    const damaged = new Uint8Array(32);
    new DataView(damaged.buffer).setUint16(0, 5000);
    new DataView(damaged.buffer).setUint16(2, endpoint.port);
    const counted = async (): Promise<number> => {
      for (;;) {
        const count = endpoint.statistics?.checksumErrors ?? 0;
        if (count > 0) return count;
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
    };
    socket.send(damaged, endpoint.port, '127.0.0.1');
    expect(await counted()).toBe(1);
    expect(endpoint.statistics?.packetsReceived).toBe(1);
  });

  it('gain and lose addresses under an association that is up (RFC 5061)', async () => {
    const transport = createSctpTransport({ encapsulationPort: 'sctp-port' });
    const server = await bind(transport, { addresses: [loopback, second] });
    const client = await bind(transport, { addresses: [loopback] });
    const third = parseIpAddress('127.0.0.3');
    const next = accepted(server);
    const opened = await client.connect({ addresses: [loopback, second], port: server.port });
    const inbound = await next;
    const has = (address: Uint8Array): boolean =>
      inbound.remote.addresses.some((other) => bytesEqual(other, address));
    const changed = (isDone: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (isDone()) resolve();
          else setImmediate(look);
        };
        look();
      });
    await client.setLocalAddresses([loopback, third]);
    await changed(() => has(third));
    await client.setLocalAddresses([third]);
    await changed(() => !has(loopback));
    expect(client.localAddresses).toEqual([third]);
    const got = nextMessage(inbound);
    opened.send({ data: Uint8Array.of(7), payloadProtocolIdentifier: 11 });
    expect((await got).data).toEqual(Uint8Array.of(7));
  });
});

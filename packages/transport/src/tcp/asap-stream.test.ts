import { connect, type Socket } from 'node:net';
import { decodeAsapMessage, encodeAsapMessage, poolHandleFromText } from '@rserpool/wire';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../clock/virtual-clock.ts';
import { Collector } from '../compliance/collector.ts';
import type { Association } from '../contract/association.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import { AsapProtocol } from './asap-protocol.ts';
import { type AsapTcpTransportOptions, createAsapTcpTransport } from './tcp-transport.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const bind = async (options: AsapTcpTransportOptions = {}): Promise<Endpoint> => {
  const endpoint = await createAsapTcpTransport(options).bind();
  cleanups.push(() => endpoint.close());
  return endpoint;
};

const dial = async (endpoint: Endpoint): Promise<{ socket: Socket; collector: Collector }> => {
  const next = new Promise<Association>((resolve) => {
    endpoint.onAssociation = resolve;
  });
  const socket = connect({ host: '127.0.0.1', port: endpoint.port });
  socket.on('error', () => undefined);
  socket.resume();
  cleanups.push(() => socket.destroy());
  return { socket, collector: new Collector(await next) };
};

const resolution = encodeAsapMessage({
  type: 'ASAP_HANDLE_RESOLUTION',
  subscribe: false,
  poolHandle: poolHandleFromText('echo!'),
});

describe('ASAP over TCP', () => {
  it('cuts the stream at the messages, with payload protocol identifier 11', async () => {
    const { socket, collector } = await dial(await bind());
    socket.write(resolution);
    socket.write(resolution.subarray(0, 3));
    await collector.receivedMessages(1);
    socket.write(resolution.subarray(3));
    await collector.receivedMessages(2);
    expect(collector.messages.map((message) => message.payloadProtocolIdentifier)).toEqual([11, 11]);
    for (const { data } of collector.messages) {
      expect(decodeAsapMessage(data)).toMatchObject({
        ok: true,
        message: { type: 'ASAP_HANDLE_RESOLUTION' },
      });
    }
  });

  it('loses a peer whose message is shorter than its own header', async () => {
    const { socket, collector } = await dial(await bind());
    socket.write(resolution);
    socket.write(Uint8Array.of(5, 0, 0, 3));
    expect(await collector.gotLost()).toBe('protocol-violation');
    expect(collector.messages.length).toBe(1);
  });

  it('loses a peer that ends in the middle of a message', async () => {
    const { socket, collector } = await dial(await bind());
    socket.end(resolution.subarray(0, 7));
    expect(await collector.gotLost()).toBe('protocol-violation');
  });

  it('loses a peer that does not complete a message in time', async () => {
    const clock = createVirtualClock();
    const { socket, collector } = await dial(await bind({ clock, partialMessageTimeoutMs: 1000 }));
    await clock.advance(100_000);
    socket.write(Uint8Array.from([...resolution, ...resolution.subarray(0, 5)]));
    await collector.receivedMessages(1);
    await clock.advance(999);
    expect(collector.lost).toBe(undefined);
    await clock.advance(1);
    expect(await collector.gotLost()).toBe('protocol-violation');
  });

  it('sends ASAP only, one whole message at a time, and pads it', async () => {
    const { collector } = await dial(await bind());
    const send = (data: Uint8Array, payloadProtocolIdentifier = 11) =>
      collector.association.send({ data, payloadProtocolIdentifier });
    expect(() => send(resolution, 12)).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
    expect(() => send(Uint8Array.from([...resolution, ...resolution]))).toThrow(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
    );
    expect(() => send(new Uint8Array(4))).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
    expect(send(Uint8Array.of(0xff, 0, 0, 5, 1))).toBe(true);
  });

  it('finds the same messages however the stream is cut', () => {
    const message = fc.uint8Array({ maxLength: 60 }).map((body) => {
      const bytes = new Uint8Array((4 + body.length + 3) & ~3);
      bytes.set([0xff, 0, 0, 4 + body.length]);
      bytes.set(body, 4);
      return bytes;
    });
    fc.assert(
      fc.property(fc.array(message), fc.integer({ min: 1, max: 100 }), (messages, size) => {
        const found: Uint8Array[] = [];
        const lost: string[] = [];
        const protocol = new AsapProtocol(
          {
            write: () => undefined,
            unwrittenBytes: () => 0,
            isReadingStopped: () => false,
            establish: () => undefined,
            deliver: ({ data }) => found.push(data),
            lose: (reason) => lost.push(reason),
          },
          createVirtualClock(),
          1000,
        );
        const all = Uint8Array.from(messages.flatMap((bytes) => [...bytes]));
        for (let at = 0; at < all.length; at += size) protocol.receive(all.subarray(at, at + size));
        expect(found).toEqual(messages);
        expect(lost).toEqual([]);
        expect(protocol.end()).toBe('closed-by-peer');
      }),
    );
  });
});

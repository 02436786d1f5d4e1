import { afterEach, expect, it } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.ts';
import { Collector } from '../compliance/collector.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import { helloFrame, listenRaw } from '../testing/raw-peer.fixture.ts';
import { createFramedTcpTransport } from './tcp-transport.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** An association to a peer that says HELLO and reads nothing after that, not even an end. */
const toUnreadingPeer = async (): Promise<{ clock: VirtualClock; endpoint: Endpoint; opened: Collector }> => {
  const clock = createVirtualClock();
  const peer = await listenRaw((socket, port) => {
    socket.pause();
    socket.write(helloFrame(port));
  });
  cleanups.push(() => peer.close());
  const endpoint = await createFramedTcpTransport({ clock, closeTimeoutMs: 1000 }).bind({ listen: false });
  return { clock, endpoint, opened: new Collector(await endpoint.connect(peer.remote)) };
};

it('is waited for at a graceful close, but not for ever', async () => {
  const { clock, opened } = await toUnreadingPeer();
  let isClosed = false;
  const closing = opened.association.close().then(() => {
    isClosed = true;
  });
  await clock.advance(999);
  expect(isClosed).toBe(false);
  await clock.advance(1);
  await closing;
  expect(opened.lost).toBe(undefined);
});

it('costs no more than ten times the close timeout, and what it did not take is reported', async () => {
  const { clock, endpoint, opened } = await toUnreadingPeer();
  const data = new Uint8Array(1_000_000);
  for (let index = 0; index < 16; index += 1) {
    opened.association.send({ data, payloadProtocolIdentifier: 1 });
  }
  const closing = endpoint.close();
  await clock.advance(10_000);
  await closing;
  expect(opened.failed.length).toBeGreaterThan(0);
  expect(opened.lost).toBe(undefined);
});

it('is reset by an abort behind bytes that it does not take', async () => {
  const { opened } = await toUnreadingPeer();
  const data = new Uint8Array(1_000_000);
  for (let index = 0; index < 16; index += 1) {
    opened.association.send({ data, payloadProtocolIdentifier: 1 });
  }
  opened.association.abort();
  await Promise.resolve();
  expect(opened.failed.length).toBeGreaterThan(0);
  await opened.association.close();
});

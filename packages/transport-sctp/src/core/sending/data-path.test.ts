import { randomFraction, seededRandom } from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataEnd } from './data-end.fixture.ts';
import { DataLink } from './data-link.fixture.ts';

/** A message whose bytes tell which one it is. */
function numbered(number: number, length: number): Uint8Array {
  const data = new Uint8Array(Math.max(4, length));
  new DataView(data.buffer).setUint32(0, number);
  for (let at = 4; at < data.length; at++) data[at] = (number + at) & 0xff;
  return data;
}

function numberOf(data: Uint8Array): number {
  return new DataView(data.buffer, data.byteOffset).getUint32(0);
}

interface Sent {
  readonly length: number;
  readonly stream: number;
  readonly unordered: boolean;
}

function expectAllOnceAndInOrder(left: DataEnd, right: DataEnd, sent: readonly Sent[]): void {
  expect(left.sender.isIdle).toBe(true);
  expect(right.received.length).toBe(sent.length);
  const numbers = right.received.map((message) => numberOf(message.data));
  expect(new Set(numbers).size).toBe(sent.length);
  const latest = new Map<number, number>();
  for (const message of right.received) {
    const number = numberOf(message.data);
    const original = sent[number] as Sent;
    expect(message.stream).toBe(original.stream);
    expect(message.unordered).toBe(original.unordered);
    expect(message.data.length).toBe(Math.max(4, original.length));
    expect(message.data.at(-1)).toBe(numbered(number, original.length).at(-1));
    if (original.unordered) continue;
    expect(number).toBeGreaterThan(latest.get(message.stream) ?? -1);
    latest.set(message.stream, number);
  }
  const bytes = sent.reduce((sum, message) => sum + Math.max(4, message.length), 0);
  expect(left.acknowledgedBytes).toBe(bytes);
  expect(left.sender.outstandingBytes).toBe(0);
  expect(left.path.congestion.flightBytes).toBe(0);
  expect(right.receiver.windowBytes).toBe(262_144);
}

describe('data from a sender to a receiver', () => {
  it('arrives at once where nothing is lost', () => {
    const left = new DataEnd();
    const right = new DataEnd();
    const sent = Array.from({ length: 500 }, () => ({ length: 100, stream: 0, unordered: false }));
    for (const [number, { length }] of sent.entries()) left.send(numbered(number, length));
    const link = new DataLink(left, right);
    link.run();
    expectAllOnceAndInOrder(left, right, sent);
    expect(left.path.timeouts).toBe(0);
    expect(link.now).toBeLessThan(30);
  });

  it.each([
    ['loss', { lossRate: 0.1 }],
    ['duplicates', { duplicateRate: 0.3 }],
    ['reordering', { lateRate: 0.3 }],
    ['all of them', { lossRate: 0.05, duplicateRate: 0.1, lateRate: 0.2 }],
  ])('arrives once and in order with %s, by several streams, over all wraps', (_name, faults) => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 3000 }), (seed, beforeWrap) => {
        const random = seededRandom(seed);
        const tsn = 2 ** 32 - beforeWrap;
        const left = new DataEnd({ sendTsn: tsn });
        const right = new DataEnd({ receiveTsn: tsn });
        const sent = Array.from({ length: 150 }, () => ({
          length: randomFraction(random) < 0.1 ? 1 + (random() % 20_000) : 1 + (random() % 300),
          stream: random() % 5,
          unordered: random() % 4 === 0,
        }));
        for (const [number, message] of sent.entries()) {
          left.send(numbered(number, message.length), message.stream, message.unordered);
        }
        new DataLink(left, right, { seed, ...faults }).run();
        expectAllOnceAndInOrder(left, right, sent);
      }),
      { numRuns: 30 },
    );
  });

  it('puts messages of 64 KiB to 1 MiB together again, also where they are longer than the window', () => {
    const tsn = 2 ** 32 - 500;
    const left = new DataEnd({ sendTsn: tsn });
    const right = new DataEnd({ receiveTsn: tsn });
    const sent = [65_536, 300_000, 1_048_576, 5, 1_000_000].map((length, index) => ({
      length,
      stream: index % 2,
      unordered: index === 1,
    }));
    for (const [number, { length, stream, unordered }] of sent.entries()) {
      left.send(numbered(number, length), stream, unordered);
    }
    new DataLink(left, right, { seed: 5, lossRate: 0.02, lateRate: 0.05 }).run();
    expectAllOnceAndInOrder(left, right, sent);
  });

  it('carries stream sequence numbers over their wrap', () => {
    const left = new DataEnd();
    const right = new DataEnd();
    const link = new DataLink(left, right, { seed: 3, lateRate: 0.05 });
    let next = 0;
    right.onMessage = (message) => {
      expect(numberOf(message.data)).toBe(next);
      next += 1;
    };
    for (let number = 0; number < 70_000; number++) left.send(numbered(number, 4), 7);
    link.run();
    expect(next).toBe(70_000);
  });

  it('never holds more than the window while the application reads nothing, and goes on when it reads', () => {
    const window = 20_000;
    const left = new DataEnd({ peerWindowBytes: window });
    const right = new DataEnd({ windowBytes: window, reads: false });
    const link = new DataLink(left, right, { seed: 2, lossRate: 0.1, lateRate: 0.2 });
    for (let number = 0; number < 1000; number++) left.send(numbered(number, 100));
    let most = 0;
    while (!left.sender.isIdle && link.now < 3_600_000) {
      link.run(() => false, link.now + 5000);
      most = Math.max(most, right.unread);
      right.read(right.unread);
    }
    expect(right.received.map((message) => numberOf(message.data))).toEqual([...Array(1000).keys()]);
    expect(most).toBeLessThanOrEqual(window);
    expect(most).toBeGreaterThan(window / 2);
  });

  it('asks for the window again when the SACK that opened it is lost', () => {
    const left = new DataEnd({ peerWindowBytes: 5000 });
    let dropsSacks = false;
    const right = new DataEnd({ windowBytes: 5000, reads: false });
    const link = new DataLink(left, right, { filter: (_bytes, from) => !(dropsSacks && from === 'right') });
    for (let number = 0; number < 100; number++) left.send(numbered(number, 100));
    link.run(() => false, 10_000);
    const errors = left.path.timeouts;
    expect(right.received.length).toBeLessThan(60);
    dropsSacks = true;
    right.reads = true;
    right.read(right.unread);
    link.run(() => false, link.now + 10);
    dropsSacks = false;
    link.run();
    expect(right.received.length).toBe(100);
    expect(left.path.timeouts).toBe(errors);
    expect(errors).toBe(0);
  });

  it('counts no timeouts for window probes that are answered, however long the window stays closed', () => {
    const left = new DataEnd({ peerWindowBytes: 5000 });
    const right = new DataEnd({ windowBytes: 5000, reads: false });
    const link = new DataLink(left, right);
    for (let number = 0; number < 100; number++) left.send(numbered(number, 100));
    link.run(() => false, 600_000);
    expect(left.path.timeouts).toBe(0);
    expect(left.packetsSent).toBeLessThan(50);
    right.reads = true;
    right.read(right.unread);
    const opened = link.now;
    link.run();
    expect(right.received.length).toBe(100);
    expect(link.now - opened).toBeLessThan(300);
  });

  it('works in both directions at once', () => {
    const left = new DataEnd({ sendTsn: 2 ** 32 - 10, receiveTsn: 2 ** 32 - 20 });
    const right = new DataEnd({ sendTsn: 2 ** 32 - 20, receiveTsn: 2 ** 32 - 10 });
    const sent = Array.from({ length: 1000 }, () => ({ length: 100, stream: 0, unordered: false }));
    for (const [number, { length }] of sent.entries()) {
      left.send(numbered(number, length));
      right.send(numbered(number, length));
    }
    new DataLink(left, right, { seed: 9, lossRate: 0.05 }).run();
    expectAllOnceAndInOrder(left, right, sent);
    expectAllOnceAndInOrder(right, left, sent);
  });
});

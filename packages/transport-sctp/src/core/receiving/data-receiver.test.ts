import { seededRandom } from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Chunk, bytesOf, packetWith, receive, textOf } from './data-chunk.fixture.ts';
import { DataReceiver, type DataReceiverOptions } from './data-receiver.ts';
import { sackOf } from './sack.fixture.ts';

function receiverWith(options: Partial<DataReceiverOptions> = {}): DataReceiver {
  return new DataReceiver({
    association: 7,
    initialTsn: 1,
    windowBytes: 10_000,
    inboundStreams: 4,
    maximumMessageBytes: 5000,
    sackDelayMs: 200,
    sackFrequency: 2,
    ...options,
  });
}

/** One that has acknowledged the first DATA of the association. */
function receiverAfterFirst(options: Partial<DataReceiverOptions> = {}): DataReceiver {
  const receiver = receiverWith({ ...options, initialTsn: 0 });
  receive(receiver, { tsn: 0, flags: 'UBE' });
  receiver.endOfPacket(0);
  sackOf(receiver);
  return receiver;
}

function delivered(receiver: DataReceiver): string[] {
  const texts: string[] = [];
  for (let message = receiver.pollMessage(); message; message = receiver.pollMessage()) {
    texts.push(`${message.stream}:${textOf(message.data)}`);
  }
  return texts;
}

/** Shuffles with a seed. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const random = seededRandom(seed);
  return items
    .map((item) => ({ item, key: random() }))
    .sort((left, right) => left.key - right.key)
    .map(({ item }) => item);
}

describe('what is delivered', () => {
  it('is a message with all that is known of it', () => {
    const receiver = receiverWith();
    expect(receive(receiver, { tsn: 1, stream: 2, ppid: 0xdead_beef, flags: 'UBE', data: 'hello' })).toBe(
      'accepted',
    );
    expect(receiver.pollMessage()).toEqual({
      type: 'message',
      association: 7,
      data: bytesOf('hello'),
      payloadProtocolIdentifier: 0xdead_beef,
      stream: 2,
      unordered: true,
    });
  });

  it('is in the order of its stream, and no stream waits for another one', () => {
    const receiver = receiverWith();
    receive(receiver, { tsn: 3, stream: 0, ssn: 1, data: 'b' });
    expect(delivered(receiver)).toEqual([]);
    receive(receiver, { tsn: 4, stream: 1, ssn: 0, data: 'c' });
    receive(receiver, { tsn: 5, stream: 0, ssn: 0, flags: 'UBE', data: 'u' });
    expect(delivered(receiver)).toEqual(['1:c', '0:u']);
    receive(receiver, { tsn: 2, stream: 0, ssn: 0, data: 'a' });
    expect(delivered(receiver)).toEqual(['0:a', '0:b']);
  });

  it('is what a naive sorter delivers, whatever the order of the fragments', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer(),
        fc.array(
          fc.record({
            stream: fc.integer({ min: 0, max: 3 }),
            unordered: fc.boolean(),
            fragments: fc.integer({ min: 1, max: 5 }),
          }),
          { minLength: 1, maxLength: 20 },
        ),
        (initialTsn, seed, messages) => {
          const chunks: Chunk[] = [];
          const expected: string[][] = [[], [], [], [], []];
          const next = [65_534, 65_534, 65_534, 65_534];
          const receiver = receiverWith({ initialTsn, windowBytes: 1_000_000 });
          const packet = packetWith({ tsn: 0 });
          const fields = new DataView(packet.buffer);
          // Sequence numbers that begin near their wrap: the first ones are used up.
          let tsn = initialTsn;
          for (let number = 0; number < 4 * 65_534; number++) {
            fields.setUint32(16, tsn++);
            fields.setUint32(20, ((number & 3) << 16) | (number >> 2));
            receiver.handleData(packet, 12, 17);
            receiver.pollMessage();
            receiver.consumed(1);
          }
          for (const [number, { stream, unordered, fragments }] of messages.entries()) {
            const ssn = next[stream] as number;
            let text = '';
            for (let fragment = 0; fragment < fragments; fragment++) {
              const data = `${String.fromCodePoint(65 + number)}${fragment}`;
              text += data;
              const begins = fragment === 0 ? 'B' : '';
              const ends = fragment === fragments - 1 ? 'E' : '';
              const flags = `${begins}${ends}${unordered ? 'U' : ''}`;
              chunks.push({ tsn: tsn++ >>> 0, stream, ssn: unordered ? 9 : ssn, flags, data });
            }
            if (unordered) expected[4]?.push(`${stream}:${text}`);
            else {
              expected[stream]?.push(`${stream}:${text}`);
              next[stream] = (ssn + 1) & 0xffff;
            }
          }
          const unorderedOnes = new Set(expected[4]);
          for (const chunk of shuffled(chunks, seed)) expect(receive(receiver, chunk)).toBe('accepted');
          for (const chunk of chunks) expect(receive(receiver, chunk)).toBe('duplicate');
          const texts = delivered(receiver);
          for (let stream = 0; stream < 4; stream++) {
            const ofStream = texts.filter(
              (text) => text.startsWith(`${stream}:`) && !unorderedOnes.has(text),
            );
            expect(ofStream).toEqual(expected[stream]);
          }
          expect(texts.filter((text) => unorderedOnes.has(text)).sort()).toEqual(
            [...(expected[4] ?? [])].sort(),
          );
          expect(receiver.cumulativeTsn).toBe((tsn - 1) >>> 0);
          expect(receiver.hasGaps).toBe(false);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('keeps a packet only where it makes use of a good part of it', () => {
    const receiver = receiverWith();
    receive(receiver, { tsn: 1, data: 'x'.repeat(200) });
    receiver.endOfPacket(0);
    expect(receiver.pollMessage()?.data.buffer.byteLength).toBe(228);
    const padding = new Uint8Array(2000);
    padding.set(packetWith({ tsn: 2, ssn: 1, data: 'tiny' }));
    receiver.handleData(padding, 12, 20);
    receiver.endOfPacket(0);
    const { data } = receiver.pollMessage() ?? { data: new Uint8Array(0) };
    expect([textOf(data), data.buffer.byteLength]).toEqual(['tiny', 4]);
  });
});

describe('what a peer must not send', () => {
  it.each<[string, Chunk[], string]>([
    ['no user data', [{ tsn: 1, data: '' }], 'no-user-data'],
    ['a stream that it has not', [{ tsn: 1, stream: 4 }], 'invalid-stream'],
    ['the end of a message without its beginning', [{ tsn: 1, flags: 'E' }], 'protocol-violation'],
    ['a middle behind an end', [{ tsn: 1 }, { tsn: 2, flags: '' }], 'protocol-violation'],
    [
      'a beginning behind a beginning',
      [
        { tsn: 1, flags: 'B' },
        { tsn: 2, flags: 'B' },
      ],
      'protocol-violation',
    ],
    ['a whole message behind a beginning', [{ tsn: 1, flags: 'B' }, { tsn: 2 }], 'protocol-violation'],
    [
      'a beginning before a beginning',
      [
        { tsn: 2, flags: 'B' },
        { tsn: 1, flags: 'B' },
      ],
      'protocol-violation',
    ],
    ['a beginning before a whole message', [{ tsn: 2 }, { tsn: 1, flags: 'B' }], 'protocol-violation'],
    [
      'an end before a middle',
      [
        { tsn: 2, flags: '' },
        { tsn: 1, flags: 'E' },
      ],
      'protocol-violation',
    ],
    ['a whole message before a middle', [{ tsn: 2, flags: '' }, { tsn: 1 }], 'protocol-violation'],
    [
      'fragments of two streams',
      [
        { tsn: 1, flags: 'B' },
        { tsn: 2, stream: 1, flags: 'E' },
      ],
      'protocol-violation',
    ],
    [
      'fragments of two messages',
      [
        { tsn: 1, flags: 'B' },
        { tsn: 2, ssn: 1, flags: 'E' },
      ],
      'protocol-violation',
    ],
    [
      'fragments, one unordered',
      [
        { tsn: 1, flags: 'B' },
        { tsn: 2, flags: 'UE' },
      ],
      'protocol-violation',
    ],
    [
      'a sequence number twice',
      [
        { tsn: 2, ssn: 1 },
        { tsn: 3, ssn: 1 },
      ],
      'protocol-violation',
    ],
    ['a message that is too long', [{ tsn: 1, data: 'x'.repeat(5001) }], 'message-too-long'],
    [
      'fragments that get too long',
      [
        { tsn: 1, flags: 'B', data: 'x'.repeat(5000) },
        { tsn: 2, flags: '' },
      ],
      'message-too-long',
    ],
  ])('%s', (_name, chunks, outcome) => {
    const receiver = receiverWith();
    expect(chunks.map((chunk) => receive(receiver, chunk)).at(-1)).toBe(outcome);
  });

  it('an invalid stream is acknowledged all the same (section 6.5)', () => {
    const receiver = receiverWith();
    receive(receiver, { tsn: 1, stream: 9 });
    receive(receiver, { tsn: 2, stream: 1 });
    expect(sackOf(receiver)).toMatchObject({ cumulative: 2, window: 10_000 - 1 - 32 });
    expect(delivered(receiver)).toEqual(['1:x']);
  });

  it('a message of very many tiny fragments ends before their objects take the memory', () => {
    const receiver = receiverWith({ maximumMessageBytes: 100_000, windowBytes: 1_000_000 });
    let tsn = 1;
    receive(receiver, { tsn: tsn++, flags: 'B' });
    let outcome = 'accepted';
    while (outcome === 'accepted') outcome = receive(receiver, { tsn: tsn++, flags: '' });
    expect(outcome).toBe('message-too-long');
    expect(tsn).toBeLessThan(1000);
  });
});

describe('the SACK', () => {
  it('is delayed for one packet, and due with the second', () => {
    const receiver = receiverAfterFirst();
    receive(receiver, { tsn: 1 });
    receive(receiver, { tsn: 2, ssn: 1 });
    receiver.endOfPacket(1000);
    expect(receiver.needsSack(1000)).toBe(false);
    expect(receiver.hasUnacknowledged).toBe(true);
    expect(receiver.sackDeadline).toBe(1200);
    expect(receiver.needsSack(1200)).toBe(true);
    receive(receiver, { tsn: 3, ssn: 2 });
    receiver.endOfPacket(1050);
    expect(receiver.needsSack(1050)).toBe(true);
    sackOf(receiver);
    expect(receiver.needsSack(2000)).toBe(false);
    expect(receiver.hasUnacknowledged).toBe(false);
    expect(receiver.sackDeadline).toBeUndefined();
  });

  it('is due at once for the first packet with DATA (section 5.1)', () => {
    const receiver = receiverWith();
    receive(receiver, { tsn: 1 });
    receiver.endOfPacket(0);
    expect(receiver.needsSack(0)).toBe(true);
  });

  it('stays away where the packet had no DATA', () => {
    const receiver = receiverWith();
    receiver.endOfPacket(1000);
    expect(receiver.hasUnacknowledged).toBe(false);
  });

  it.each<[string, Chunk[][], string]>([
    ['a gap', [[{ tsn: 2 }]], 'now'],
    ['a packet that leaves a gap', [[{ tsn: 4, ssn: 3 }], [{ tsn: 1 }]], 'now'],
    ['a packet that fills the gap', [[{ tsn: 2, ssn: 1 }], [{ tsn: 1 }]], 'now'],
    ['only duplicates', [[{ tsn: 1 }], [{ tsn: 1 }]], 'now'],
    ['duplicates and new data', [[{ tsn: 1 }], [{ tsn: 1 }, { tsn: 2, ssn: 1 }]], 'later'],
    ['the I bit', [[{ tsn: 1, flags: 'BEI' }]], 'now'],
    ['something out of reach', [[{ tsn: 70_000 }]], 'now'],
  ])('with %s is due %s', (_name, packets, when) => {
    const receiver = receiverAfterFirst({ sackFrequency: 9 });
    for (const [index, chunks] of packets.entries()) {
      if (index > 0) sackOf(receiver);
      for (const chunk of chunks) receive(receiver, chunk);
      receiver.endOfPacket(0);
    }
    expect(receiver.needsSack(0)).toBe(when === 'now');
  });

  it('tells gaps, duplicates and the window', () => {
    const receiver = receiverWith();
    for (const tsn of [1, 3, 4, 6, 4, 1]) receive(receiver, { tsn, ssn: tsn - 1, data: 'x'.repeat(100) });
    expect(sackOf(receiver)).toEqual({
      cumulative: 1,
      window: 10_000 - 4 * 132,
      gaps: [
        [2, 3],
        [5, 5],
      ],
      duplicates: [4, 1],
      bytes: 12 + 16 + 8 + 8,
    });
    expect(sackOf(receiver).duplicates).toEqual([]);
  });

  it('has as many blocks as fit the packet, the lowest ones, and then no duplicates', () => {
    const receiver = receiverWith({ windowBytes: 1_000_000 });
    for (let tsn = 2; tsn <= 1000; tsn += 2) receive(receiver, { tsn, ssn: tsn });
    receive(receiver, { tsn: 2 });
    const { gaps, duplicates, bytes } = sackOf(receiver, 400);
    expect(bytes).toBe(400);
    expect(gaps.length).toBe((400 - 28) / 4);
    expect(gaps[0]).toEqual([2, 2]);
    expect(duplicates).toEqual([]);
  });
});

describe('the receive window', () => {
  it('is charged until the application has read, and told again when a quarter of it is free', () => {
    const receiver = receiverWith();
    for (let tsn = 1; tsn <= 9; tsn++) receive(receiver, { tsn, ssn: tsn - 1, data: 'x'.repeat(1000) });
    expect(receive(receiver, { tsn: 10, ssn: 9, data: 'x'.repeat(1001) })).toBe('dropped');
    receiver.endOfPacket(0);
    expect(receiver.needsSack(0)).toBe(true);
    expect(sackOf(receiver).window).toBe(0);
    expect(receiver.consumed(1000)).toBe(false);
    expect(receiver.needsSack(0)).toBe(false);
    expect(receiver.consumed(2000)).toBe(true);
    expect(receiver.needsSack(0)).toBe(true);
    expect(sackOf(receiver).window).toBe(10_000 - 6 * 1032);
    receiver.consumed(6000);
    expect(receiver.windowBytes).toBe(10_000);
  });

  it('is told as none where less than a packet is left', () => {
    const receiver = receiverWith();
    receive(receiver, { tsn: 1, data: 'x'.repeat(4500) });
    receive(receiver, { tsn: 2, ssn: 1, data: 'x'.repeat(4500) });
    expect(receiver.windowBytes).toBe(10_000 - 9000 - 64);
    expect(sackOf(receiver).window).toBe(0);
  });

  it('always has room for what fills a gap, so that nothing waits for ever', () => {
    const receiver = receiverWith();
    receive(receiver, { tsn: 2, ssn: 1, data: 'x'.repeat(5000) });
    receive(receiver, { tsn: 3, ssn: 2, data: 'x'.repeat(5000) });
    expect(receive(receiver, { tsn: 4, ssn: 3 })).toBe('dropped');
    expect(receive(receiver, { tsn: 1, ssn: 0, data: 'x'.repeat(1000) })).toBe('accepted');
    expect(delivered(receiver).length).toBe(3);
  });

  it('bounds what gaps are filled with', () => {
    const receiver = receiverWith();
    let held = 0;
    receive(receiver, { tsn: 60_000, ssn: 1 });
    for (let tsn = 2; tsn < 2000; tsn++) {
      if (receive(receiver, { tsn, ssn: tsn, data: 'x'.repeat(100) }) === 'accepted') held += 100;
    }
    expect(held).toBeGreaterThan(10_000);
    expect(held).toBeLessThanOrEqual(20_000);
  });

  it('bounds how many single bytes are held', () => {
    const receiver = receiverWith({ windowBytes: 100_000 });
    let held = 0;
    for (let tsn = 2; tsn < 60_000; tsn++) {
      if (receive(receiver, { tsn, ssn: tsn & 0xffff }) === 'accepted') held += 1;
    }
    expect(held).toBeLessThan(100_000 / 16);
  });

  it('lets a message through that is longer than it', () => {
    const receiver = receiverWith({ maximumMessageBytes: 50_000 });
    for (let tsn = 1; tsn <= 40; tsn++) {
      const flags = tsn === 1 ? 'B' : tsn === 40 ? 'E' : '';
      expect(receive(receiver, { tsn, flags, data: 'x'.repeat(1000) })).toBe('accepted');
      if (tsn < 40) expect(receiver.windowBytes).toBe(10_000);
    }
    expect(receiver.windowBytes).toBe(0);
    expect(receiver.pollMessage()?.data.length).toBe(40_000);
    expect(receive(receiver, { tsn: 41, ssn: 1, flags: 'B' })).toBe('dropped');
    receiver.consumed(40_000);
    expect(receiver.windowBytes).toBe(10_000);
    expect(receive(receiver, { tsn: 41, ssn: 1, flags: 'B' })).toBe('accepted');
  });
});

import { describe, expect, it } from 'vitest';
import type { SendInput } from '../sctp-input.ts';
import { ChunkWalk } from '../wire/chunk-walk.ts';
import { dataTsn } from '../wire/chunks/data.ts';
import { putSack } from '../wire/chunks/sack.ts';
import { PacketWriter } from '../wire/packet-writer.ts';
import { TestPath } from './data-end.fixture.ts';
import { DataSender } from './data-sender.ts';
import type { DataSenderOptions } from './data-sender-options.ts';
import type { T3Outcome } from './expire-t3.ts';
import type { SackOutcome } from './sack-outcome.ts';

const letters: [number, string][] = [
  [2, 'B'],
  [1, 'E'],
  [4, 'U'],
  [8, 'I'],
];

/** A sender with the hands of a test: packets are texts such as `1BE:100 2BEI:100`. */
class Bench {
  readonly path = new TestPath();
  readonly other = new TestPath();
  readonly sender: DataSender;
  now = 0;
  readonly #writer = new PacketWriter(1232);

  constructor(options: Partial<DataSenderOptions> = {}) {
    this.sender = new DataSender({
      initialTsn: 1,
      peerWindowBytes: 100_000,
      maximumPacketBytes: 1232,
      maxBurst: 4,
      tailLossProbes: 0,
      dataPath: this.path,
      retransmissionPath: (path) => path,
      ...options,
    });
  }

  send(length: number, count = 1, options: Partial<SendInput> = {}): void {
    for (let number = 0; number < count; number++) {
      this.sender.enqueue({
        type: 'send',
        association: 1,
        data: new Uint8Array(length),
        payloadProtocolIdentifier: 0,
        stream: 0,
        unordered: false,
        ...options,
      });
    }
  }

  /** One packet by a path, or `undefined`. */
  packet(path: TestPath = this.path, reserved = 0): string | undefined {
    if (!this.sender.hasToSend(path, this.now)) return undefined;
    this.#writer.start(1, 1, 1);
    if (reserved > 0) {
      const chunk = this.#writer.beginChunk(9, 0);
      this.#writer.putBytes(new Uint8Array(reserved - 4));
      this.#writer.endChunk(chunk);
    }
    this.sender.fill(this.#writer, path, this.now);
    const bytes = this.#writer.finish();
    const walk = new ChunkWalk();
    const chunks: string[] = [];
    for (walk.start(bytes); walk.next(); ) {
      if (walk.type !== 0) continue;
      const flags = letters.map(([bit, letter]) => ((walk.flags & bit) === 0 ? '' : letter)).join('');
      chunks.push(`${dataTsn(bytes, walk.offset)}${flags}:${walk.length - 16}`);
    }
    return chunks.join(' ');
  }

  /** Packets until nothing may be sent. */
  packets(): string[] {
    const packets: string[] = [];
    for (let path = this.sender.nextPath(this.now); path; path = this.sender.nextPath(this.now)) {
      packets.push(this.packet(path as TestPath) as string);
    }
    return packets;
  }

  sack(cumulative: number, gaps: number[][] = [], window = 100_000, duplicates: number[] = []): SackOutcome {
    const writer = new PacketWriter(1232);
    writer.start(1, 1, 1);
    putSack(writer, cumulative, window, gaps.flat(), gaps.length, duplicates, duplicates.length);
    const bytes = writer.finish();
    return { ...this.sender.handleSack(bytes, 12, bytes.length - 12, this.now) };
  }

  /** Lets the time pass to the timer of the path. */
  timeout(path: TestPath = this.path): T3Outcome {
    this.now = path.t3Deadline ?? Number.NaN;
    const outcome = this.sender.handleT3(path, this.now);
    if (outcome !== 'nothing') path.rtoMs *= 2;
    return outcome;
  }
}

describe('packets with new data', () => {
  it('bundle messages, and cut only those that fit no packet, into what is left of one', () => {
    const bench = new Bench();
    bench.send(500, 3);
    bench.send(1400);
    bench.send(10);
    expect(bench.packets()).toEqual(['1BE:500 2BE:500', '3BE:500 4B:688', '5E:712 6BEI:10']);
  });

  it('cut messages so that pieces fit a small window of the peer', () => {
    const bench = new Bench({ peerWindowBytes: 1000 });
    bench.send(1400);
    expect(bench.packets()).toEqual(['1BI:872']);
    bench.sack(1, [], 900);
    expect(bench.packets()).toEqual(['2E:528']);
  });

  it('are cut anew for paths that take less or more', () => {
    const bench = new Bench();
    bench.sender.packetBytes = 612;
    bench.send(1000);
    expect(bench.packet()).toBe('1B:584 2E:416');
    bench.sender.packetBytes = 1232;
    bench.send(1000);
    expect(bench.packet()).toBe('3BEI:1000');
  });

  it('leave the room to control chunks', () => {
    const bench = new Bench();
    bench.send(1204);
    expect(bench.packet(bench.path, 20)).toBe('');
    expect(bench.packet()).toBe('1BE:1204');
  });

  it('end where the congestion window is used up, with a wish for an answer', () => {
    const bench = new Bench({ maxBurst: 9 });
    bench.send(1204, 9);
    expect(bench.packets()).toEqual(['1BE:1204', '2BE:1204', '3BE:1204', '4BEI:1204']);
    expect(bench.path.congestion.flightBytes).toBe(4 * 1220);
  });

  it('are no more than Max.Burst at once, and again with each SACK', () => {
    const bench = new Bench({ maxBurst: 2 });
    bench.path.congestion.windowBytes = 50_000;
    bench.send(1204, 20);
    expect(bench.packets()).toEqual(['1BE:1204', '2BEI:1204']);
    expect(bench.packets()).toEqual([]);
    bench.sack(1);
    expect(bench.packets()).toEqual(['3BE:1204', '4BEI:1204']);
    bench.sack(2);
    bench.sack(3);
    expect(bench.packets().length).toBe(4);
  });

  it('end where the window of the peer is full, and go on when it opens', () => {
    const bench = new Bench({ peerWindowBytes: 250 });
    bench.send(100, 4);
    expect(bench.packets()).toEqual(['1BE:100 2BEI:100']);
    bench.sack(2, [], 99);
    expect(bench.packets()).toEqual([]);
    bench.sack(2, [], 100);
    expect(bench.packets()).toEqual(['3BEI:100']);
  });

  it('want no answer where a single one is sent, but in SHUTDOWN-PENDING', () => {
    const bench = new Bench();
    bench.send(100);
    expect(bench.packets()).toEqual(['1BE:100']);
    bench.sender.shutdownPending = true;
    bench.send(100);
    expect(bench.packets()).toEqual(['2BEI:100']);
  });

  it('have B, E and U as section 6.9 says', () => {
    const bench = new Bench();
    bench.send(3000, 1, { unordered: true });
    expect(bench.packets()).toEqual(['1BU:1204', '2U:1204', '3EUI:592']);
  });
});

describe('a SACK', () => {
  it.each<[string, number, number[][]]>([
    ['what was never sent', 4, []],
    ['what was never sent, far away', 0x7fff_ffff, []],
    ['more than was sent by a block', 1, [[2, 3]]],
    ['a block that begins behind its end', 0, [[3, 2]]],
    ['a block of the cumulative TSN', 0, [[0, 2]]],
    [
      'blocks out of order',
      0,
      [
        [3, 3],
        [2, 2],
      ],
    ],
    [
      'blocks that overlap',
      0,
      [
        [2, 3],
        [3, 3],
      ],
    ],
  ])('with %s is not valid and changes nothing', (_name, cumulative, gaps) => {
    const bench = new Bench();
    bench.send(1000, 3);
    bench.packets();
    expect(bench.sack(cumulative, gaps).valid).toBe(false);
    expect(bench.sender.outstandingBytes).toBe(3000);
    expect(bench.path.congestion.flightBytes).toBe(3 * 1016);
  });

  it('of the wrong length is not valid', () => {
    const bench = new Bench();
    const packet = new Uint8Array(32);
    packet[12 + 13] = 9;
    expect(bench.sender.handleSack(packet, 12, 20, 0).valid).toBe(false);
  });

  it('that is old changes nothing', () => {
    const bench = new Bench();
    bench.send(1000, 3);
    bench.packets();
    bench.sack(2);
    expect(bench.sack(1, [[2, 2]], 0)).toMatchObject({
      valid: true,
      acknowledgedBytes: 0,
      newCumulative: false,
    });
    bench.send(1000);
    expect(bench.packets()).toEqual(['4BE:1000']);
  });

  it('tells what needs not be kept any more, counts the error counters down and stops the timer', () => {
    const bench = new Bench();
    bench.send(1000, 3);
    bench.packets();
    expect(bench.path.t3Deadline).toBe(1000);
    bench.now = 300;
    expect(bench.sack(2)).toEqual({
      valid: true,
      acknowledgedBytes: 2000,
      newCumulative: true,
      fastRetransmit: false,
    });
    expect(bench.path.acknowledgements).toBe(1);
    // SRTT 300, RTTVAR 150.
    expect(bench.path.rtoMs).toBe(1000);
    expect(bench.path.t3Deadline).toBe(1300);
    bench.sack(3);
    expect(bench.path.t3Deadline).toBeUndefined();
    expect(bench.sender.isIdle).toBe(true);
  });

  it('that takes back what an earlier one had brings it back into flight', () => {
    const bench = new Bench();
    bench.send(1000, 3);
    bench.packets();
    bench.sack(0, [[2, 3]]);
    expect(bench.path.congestion.flightBytes).toBe(1016);
    bench.sack(0, [[3, 3]]);
    expect(bench.path.congestion.flightBytes).toBe(2 * 1016);
    expect(bench.sack(3).acknowledgedBytes).toBe(3000);
    expect(bench.path.congestion.flightBytes).toBe(0);
  });

  it('in a SHUTDOWN acknowledges cumulatively, and takes nothing back', () => {
    const bench = new Bench();
    bench.send(1000, 3);
    bench.packets();
    bench.sack(0, [[3, 3]]);
    expect(bench.sender.handleCumulativeTsn(4, 0).valid).toBe(false);
    expect(bench.sender.handleCumulativeTsn(1, 0)).toMatchObject({ valid: true, acknowledgedBytes: 1000 });
    expect(bench.path.congestion.flightBytes).toBe(1016);
  });
});

describe('fast retransmit', () => {
  it('comes with the third miss, in one packet whatever the window, and cuts the window once', () => {
    const bench = new Bench({ maxBurst: 20 });
    bench.path.congestion.windowBytes = 20_000;
    bench.send(1204, 16);
    bench.packets();
    // 1, 2 and 9 are lost.
    bench.sack(0, [[3, 3]]);
    bench.sack(0, [[3, 4]]);
    expect(bench.packets()).toEqual([]);
    expect(bench.sack(0, [[3, 5]]).fastRetransmit).toBe(true);
    expect(bench.path.congestion.windowBytes).toBe(10_000);
    expect(bench.packets()).toEqual(['1BEI:1204']);
    for (const last of [6, 7, 8]) bench.sack(0, [[3, last]]);
    expect(bench.packets()).toEqual([]);
    bench.sack(0, [
      [3, 8],
      [10, 10],
    ]);
    expect(bench.packets()).toEqual(['2BEI:1204']);
    bench.sack(0, [
      [3, 8],
      [10, 11],
    ]);
    expect(bench.packets()).toEqual([]);
    // In Fast Recovery a cumulative TSN that moves is a miss of all that is reported missing (7.2.4).
    bench.sack(2, [
      [1, 6],
      [8, 9],
    ]);
    expect(bench.path.congestion.windowBytes).toBe(10_000);
    expect(bench.packets()).toEqual(['9BEI:1204']);
    bench.sack(16);
    expect(bench.sender.isIdle).toBe(true);
  });

  it('bundles what is lost into one packet', () => {
    const bench = new Bench();
    bench.send(100, 20);
    bench.packets();
    for (const last of [18, 19, 20]) bench.sack(0, [[18, last]]);
    expect(bench.packet()).toMatch(/^1BE:100 2BE:100 .* 10BE:100$/);
  });

  it('is done once for a chunk, then the timer decides', () => {
    const bench = new Bench();
    bench.send(1000, 4);
    bench.packets();
    for (const last of [2, 3, 4]) bench.sack(0, [[2, last]]);
    expect(bench.packets()).toEqual(['1BEI:1000']);
    bench.send(1000, 4);
    bench.packets();
    for (const last of [5, 6, 7, 8]) bench.sack(0, [[2, last]]);
    expect(bench.packets()).toEqual([]);
    expect(bench.timeout()).toBe('timeout');
    expect(bench.packets()).toEqual(['1BEI:1000']);
  });
});

describe('a timeout', () => {
  it('sends one packet again, the rest as the window opens, and measures no round trip by it', () => {
    const bench = new Bench();
    bench.send(1204, 4);
    bench.packets();
    expect(bench.timeout()).toBe('timeout');
    expect(bench.path.congestion.windowBytes).toBe(1220);
    expect(bench.packets()).toEqual(['1BEI:1204']);
    expect(bench.path.t3Deadline).toBe(3000);
    bench.now = 1500;
    bench.sack(1);
    expect(bench.path.rtoMs).toBe(2000);
    expect(bench.packets()).toEqual(['2BE:1204', '3BEI:1204']);
    bench.sack(4);
    expect(bench.sender.isIdle).toBe(true);
    expect(bench.path.congestion.flightBytes).toBe(0);
  });

  it('that comes too early does nothing', () => {
    const bench = new Bench();
    bench.send(1204);
    bench.packets();
    expect(bench.sender.handleT3(bench.path, 999)).toBe('nothing');
  });

  it('moves data to another path, which then has a timer of its own', () => {
    const bench: Bench = new Bench({ retransmissionPath: () => bench.other });
    bench.send(1204, 3);
    bench.packets();
    bench.timeout();
    expect(bench.path.congestion.flightBytes).toBe(0);
    expect(bench.packet(bench.path)).toBeUndefined();
    expect(bench.packets()).toEqual(['1BE:1204', '2BE:1204', '3BEI:1204']);
    expect(bench.other.congestion.flightBytes).toBe(3 * 1220);
    expect(bench.other.t3Deadline).toBe(2000);
    bench.sack(3);
    expect(bench.other.acknowledgements).toBe(1);
    expect(bench.path.acknowledgements).toBe(0);
  });
});

describe('a path that is removed', () => {
  it('hands on what it carried, and its place', () => {
    const bench: Bench = new Bench({ retransmissionPath: () => bench.other });
    bench.send(1204, 3);
    bench.packets();
    bench.sack(0, [[2, 2]]);
    bench.sender.dataPath = bench.other;
    bench.sender.pathRemoved(bench.path);
    expect(bench.packets()).toEqual(['1BE:1204', '3BEI:1204']);
    expect(bench.path.t3Deadline).toBeUndefined();
    const third = new TestPath();
    bench.sender.dataPath = third;
    bench.send(100);
    expect(bench.packets()).toEqual(['4BE:100']);
    bench.sack(4);
    expect([bench.path, bench.other, third].map((path) => path.congestion.flightBytes)).toEqual([0, 0, 0]);
    expect([bench.path.acknowledgements, bench.other.acknowledgements, third.acknowledgements]).toEqual([
      1, 1, 1,
    ]);
  });
});

describe('window probes', () => {
  it('begin after an RTO, are one chunk, and are backed off as long as the window stays closed', () => {
    const bench = new Bench({ peerWindowBytes: 100 });
    bench.send(100, 3);
    expect(bench.packets()).toEqual(['1BEI:100']);
    bench.sack(1, [], 0);
    expect(bench.packets()).toEqual([]);
    expect(bench.path.t3Deadline).toBe(1000);
    expect(bench.timeout()).toBe('window-probe');
    expect(bench.packets()).toEqual(['2BEI:100']);
    bench.sack(1, [], 0);
    expect(bench.timeout()).toBe('window-probe');
    expect(bench.now).toBe(3000);
    expect(bench.packets()).toEqual(['2BEI:100']);
    expect(bench.path.congestion.windowBytes).toBe(4404);
    // Nobody answers: this is a loss like any other.
    expect(bench.timeout()).toBe('timeout');
    expect(bench.now).toBe(7000);
  });

  it('are sent again at once when the window opens without them', () => {
    const bench = new Bench({ peerWindowBytes: 100 });
    bench.send(100, 3);
    bench.packets();
    bench.sack(1, [], 0);
    bench.packets();
    bench.timeout();
    bench.packets();
    bench.sack(1, [], 5000);
    expect(bench.packets()).toEqual(['2BE:100 3BEI:100']);
  });
});

describe('what was not acknowledged', () => {
  it('is given back in the order of sending, each message once', () => {
    const bench = new Bench({ maxBurst: 1 });
    bench.send(100, 1, { context: 'a' });
    bench.send(2000, 1, { context: 'b' });
    bench.send(100, 2, { context: 'c' });
    bench.packets();
    bench.sack(1);
    bench.sender.handleCumulativeTsn(1, 0);
    expect(bench.sender.drainUnacknowledged().map(({ context }) => context)).toEqual(['b', 'c', 'c']);
    expect(bench.path.t3Deadline).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { DataEnd } from './data-end.fixture.ts';
import { DataLink, type DataLinkOptions } from './data-link.fixture.ts';

/** Two ends, the left one with a round trip measured. */
function pair(options: DataLinkOptions = {}): { left: DataEnd; right: DataEnd; link: DataLink } {
  const left = new DataEnd();
  const right = new DataEnd();
  const link = new DataLink(left, right, { delayMs: 5, ...options });
  for (let number = 0; number < 10; number++) left.send(new Uint8Array(1000));
  link.run();
  return { left, right, link };
}

/** Drops the packets from the left with these numbers, counted from a call of `begin`. */
function dropper(numbers: readonly number[]): { begin: () => void; filter: DataLinkOptions['filter'] & {} } {
  let count = Number.NEGATIVE_INFINITY;
  return {
    begin: () => {
      count = 0;
    },
    filter: (_bytes, from) => {
      if (from === 'right') return true;
      count += 1;
      return !numbers.includes(count);
    },
  };
}

describe('losses that SACKs alone do not find', () => {
  it.each<[string, number[], number]>([
    ['the only packet, found by a probe after the delay of a SACK', [1], 1],
    ['the last of five', [5], 5],
    ['the last three of five', [3, 4, 5], 5],
    ['all of three', [1, 2, 3], 3],
    ['one of two', [1], 2],
    ['one of four, and its retransmission', [1, 5], 4],
    ['one of four, and two retransmissions of it', [1, 5, 6], 4],
  ])('%s: no timeout', (_name, lost, count) => {
    const drop = dropper(lost);
    const { left, right, link } = pair({ filter: drop.filter });
    const before = right.received.length;
    const begun = link.now;
    drop.begin();
    for (let number = 0; number < count; number++) left.send(new Uint8Array(1000));
    link.run(() => right.received.length === before + count);
    expect(right.received.length).toBe(before + count);
    expect(left.path.timeouts).toBe(0);
    expect(link.now - begun).toBeLessThan(500);
  });

  it('a peer that is gone is still noticed by timeouts, after three probes', () => {
    let isCut = false;
    const { left, link } = pair({ filter: () => !isCut });
    isCut = true;
    const sent = left.packetsSent;
    const begun = link.now;
    left.send(new Uint8Array(1000));
    link.run(() => left.path.timeouts === 1);
    expect(link.now - begun).toBeLessThanOrEqual(1000);
    // The packet, three probes, and the retransmission of the timeout.
    expect(left.packetsSent - sent).toBe(5);
    link.run(() => left.path.timeouts === 3);
    expect(left.packetsSent - sent).toBe(7);
  });

  it('cut the congestion window, also where the probe itself repaired them', () => {
    const drop = dropper([1]);
    const { left, link } = pair({ filter: drop.filter });
    left.path.congestion.windowBytes = 40_000;
    drop.begin();
    left.send(new Uint8Array(1000));
    link.run();
    expect(left.path.congestion.windowBytes).toBe(40_000);
    left.send(new Uint8Array(1000));
    link.run();
    expect(left.path.congestion.windowBytes).toBe(20_000);
  });

  it('are not taken for granted where packets only overtake one another', () => {
    const left = new DataEnd();
    const right = new DataEnd();
    const link = new DataLink(left, right, { seed: 4, delayMs: 20, lateRate: 0.2, lateMs: 3 });
    for (let number = 0; number < 500; number++) left.send(new Uint8Array(1000));
    link.run();
    expect(left.dataPacketsSent).toBeLessThan(560);
    expect(left.path.timeouts).toBe(0);
  });

  it('a probe that was not needed leaves the window as it is', () => {
    let extra = 0;
    const left = new DataEnd();
    const right = new DataEnd();
    const link = new DataLink(left, right, { delayMs: 5, filter: () => (extra += 1) > 0 });
    for (let number = 0; number < 10; number++) left.send(new Uint8Array(1000));
    link.run();
    left.path.congestion.windowBytes = 40_000;
    // The answer is late by more than the time of a probe.
    left.send(new Uint8Array(1000));
    const packet = left.poll(link.now) as Uint8Array;
    link.run(() => left.packetsSent >= 0 && link.now > 400, 400);
    right.handlePacket(packet, link.now);
    link.run();
    left.send(new Uint8Array(1000));
    link.run();
    expect(left.path.congestion.windowBytes).toBe(40_000);
  });
});

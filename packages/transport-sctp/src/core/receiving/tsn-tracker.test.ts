import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read16 } from '../wire/words.ts';
import { PacketWriter } from '../wire/packet-writer.ts';
import { TsnTracker } from './tsn-tracker.ts';

/** The gap ack blocks of a tracker as pairs. */
function blocksOf(tracker: TsnTracker, maximum = 16_000): number[][] {
  const writer = new PacketWriter(65_532);
  writer.start(1, 1, 1);
  const start = writer.position;
  const count = tracker.putGapBlocks(writer, maximum);
  const blocks: number[][] = [];
  for (let block = 0; block < count; block++) {
    const at = start + 4 * block;
    blocks.push([read16(writer.bytes, at), read16(writer.bytes, at + 2)]);
  }
  expect(writer.position).toBe(start + 4 * count);
  return blocks;
}

/** The same of a set of distances from the initial TSN, by hand. */
function naive(set: ReadonlySet<number>): { cumulative: number; blocks: number[][] } {
  let cumulative = -1;
  while (set.has(cumulative + 1)) cumulative += 1;
  const blocks: number[][] = [];
  for (const distance of [...set].sort((left, right) => left - right)) {
    if (distance <= cumulative) continue;
    const last = blocks.at(-1);
    if (last !== undefined && last[1] === distance - cumulative - 1) last[1] = distance - cumulative;
    else blocks.push([distance - cumulative, distance - cumulative]);
  }
  return { cumulative, blocks };
}

describe('the TSNs that came', () => {
  it('are the same as in a set, in any order, over the wrap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.oneof(
          fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }),
          fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 }),
        ),
        (initial, distances) => {
          const tracker = new TsnTracker(initial);
          const set = new Set<number>();
          for (const distance of distances) {
            const tsn = (initial + distance) >>> 0;
            expect(tracker.newsOf(tsn)).toBe(set.has(distance) ? 'duplicate' : 'new');
            if (!set.has(distance)) tracker.add(tsn);
            set.add(distance);
            const { cumulative, blocks } = naive(set);
            expect(tracker.cumulativeTsn).toBe((initial + cumulative) >>> 0);
            expect(tracker.hasGaps).toBe(blocks.length > 0);
            expect(blocksOf(tracker)).toEqual(blocks);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('may be as far ahead as a gap ack block can tell, and no farther', () => {
    const tracker = new TsnTracker(0xffff_fff0);
    const cumulative = tracker.cumulativeTsn;
    expect(tracker.newsOf((cumulative + 65_535) >>> 0)).toBe('new');
    expect(tracker.newsOf((cumulative + 65_536) >>> 0)).toBe('too-far');
    tracker.add((cumulative + 65_535) >>> 0);
    tracker.add((cumulative + 2) >>> 0);
    expect(blocksOf(tracker)).toEqual([
      [2, 2],
      [65_535, 65_535],
    ]);
  });

  it('are reported from the lowest on where not all blocks have room', () => {
    const tracker = new TsnTracker(100);
    for (const tsn of [110, 106, 102, 104, 108]) tracker.add(tsn);
    expect(blocksOf(tracker, 3)).toEqual([
      [3, 3],
      [5, 5],
      [7, 7],
    ]);
  });

  it('begin before the first one', () => {
    const tracker = new TsnTracker(0);
    expect(tracker.cumulativeTsn).toBe(0xffff_ffff);
    expect(tracker.newsOf(0xffff_ffff)).toBe('duplicate');
  });
});

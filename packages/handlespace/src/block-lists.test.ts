import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BlockList, BlockLists, emptyBlockList } from './block-lists.ts';
import { ElementRecords } from './element-records.ts';

const listCount = 3;

function recordsOf(count: number): ElementRecords {
  const records = new ElementRecords();
  while (records.capacity < count) records.grow();
  return records;
}

function walked(lists: BlockLists, list: BlockList): number[] {
  const elements: number[] = [];
  for (let place = lists.from(lists.begin(list)); place !== -1; place = lists.from(place + 1)) {
    elements.push(lists.element(place));
  }
  return elements;
}

/** One join in the model: as often as an element joins, there is a new one. */
interface Join {
  readonly element: number;
}

interface KeptCursor {
  readonly list: number;
  readonly order: number;
  readonly place: number;
  /** What the list held behind the cursor when it was made. */
  readonly behind: readonly Join[];
  /** All that had joined any list by then. */
  readonly known: ReadonlySet<Join>;
}

const action = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('join' as const), count: fc.integer({ min: 1, max: 90 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('leave' as const), count: fc.integer({ min: 1, max: 70 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('move' as const), count: fc.integer({ min: 1, max: 40 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('moveAll' as const), count: fc.constant(1) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cursor' as const), count: fc.nat({ max: 400 }) }) },
);

/** Where elements leave: all over the list, at its beginning, at its end. */
const where = fc.constantFrom('anywhere', 'front', 'back');
const script = fc.array(
  fc.tuple(action, fc.nat({ max: listCount - 1 }), fc.nat({ max: listCount - 1 }), where, fc.nat()),
  { minLength: 20, maxLength: 120 },
);

test.for([0, 2 ** 32 - 200, 2 ** 45 - 100])(
  'agrees with plain arrays, and cursors of any age go on where they were, with order numbers from %d on',
  (lastOrder) => {
    let resumed = 0;
    fc.assert(
      fc.property(script, (steps) => {
        const lists = new BlockLists(recordsOf(16_384), lastOrder);
        const real = Array.from({ length: listCount }, () => emptyBlockList());
        const model: Join[][] = real.map(() => []);
        const free = Array.from({ length: 16_384 }, (_, index) => index);
        const all = new Set<Join>();
        const cursors: KeptCursor[] = [];
        const pick = (length: number, from: string, seed: number, round: number): number => {
          if (from === 'front') return 0;
          return from === 'back' ? length - 1 : (seed + round * 7919) % length;
        };
        const join = (list: number, element: number): void => {
          const joined = { element };
          all.add(joined);
          (model[list] as Join[]).push(joined);
        };
        for (const [{ kind, count }, one, other, from, seed] of steps) {
          const members = model[one] as Join[];
          const list = real[one] as BlockList;
          if (kind === 'moveAll') {
            if (one !== other) {
              lists.moveAll(list, real[other] as BlockList);
              for (const { element } of members.splice(0)) join(other, element);
            }
          } else if (kind === 'cursor') {
            let place = lists.from(lists.begin(list));
            if (place === -1) continue;
            const index = count % members.length;
            for (let step = 0; step < index; step += 1) place = lists.from(place + 1);
            const behind = members.slice(index + 1);
            cursors.push({ list: one, order: lists.order(place), place, behind, known: new Set(all) });
          } else {
            for (let round = 0; round < count; round += 1) {
              if (kind === 'join') {
                const element = free.pop() as number;
                lists.append(list, element, 40, 8);
                join(one, element);
                continue;
              }
              if (members.length === 0) break;
              const [left] = members.splice(pick(members.length, from, seed, round), 1);
              const { element } = left as Join;
              if (kind === 'move' && one !== other) {
                lists.move(list, real[other] as BlockList, element, 40);
                join(other, element);
              } else {
                lists.remove(list, element);
                free.unshift(element);
              }
            }
          }
        }
        for (const [index, list] of real.entries()) {
          const expected = (model[index] as Join[]).map(({ element }) => element);
          expect(walked(lists, list)).toEqual(expected);
          expect(list.size).toBe(expected.length);
          const into: number[] = [-7];
          expect(lists.copy(lists.begin(list), list.size, into)).toBe(expected.length);
          expect(into.slice(0, expected.length)).toEqual(expected);
          // Any two neighbours hold a fifth of what they have room for, unless their upper words differ.
          expect(list.blocks.length).toBeLessThanOrEqual(3 + list.size / 12);
        }
        for (const { list, order, place, behind, known } of cursors) {
          const now = model[list] as Join[];
          const shown: Join[] = [];
          let at = lists.from(lists.behind(real[list] as BlockList, order, place));
          const atIndex =
            at === -1 ? now.length : now.findIndex(({ element }) => element === lists.element(at));
          for (let index = atIndex; at !== -1; index += 1, at = lists.from(at + 1))
            shown.push(now[index] as Join);
          // What was behind it and is still there, then what came since.
          const expected = now.filter((joined) => behind.includes(joined) || !known.has(joined));
          expect(shown).toEqual(expected);
          resumed += expected.length;
        }
      }),
      { seed: 6, numRuns: 60 },
    );
    expect(resumed).toBeGreaterThan(1000);
  },
);

test('a slice leaves alone what lies behind it, holes or none', () => {
  const lists = new BlockLists(recordsOf(256));
  const list = emptyBlockList();
  for (let element = 0; element < 200; element += 1) lists.append(list, element, 40, 8);
  for (const holes of [[], [3, 5, 150]]) {
    for (const hole of holes) lists.remove(list, hole);
    const into = new Array<number>(8).fill(-7);
    expect(lists.copy(lists.begin(list), 6, into)).toBe(6);
    expect(into).toEqual([...walked(lists, list).slice(0, 6), -7, -7]);
  }
});

test('says that the bytes are no limit only where they are none', () => {
  const lists = new BlockLists(recordsOf(256));
  const list = emptyBlockList();
  for (let element = 0; element < 100; element += 1) lists.append(list, element, 40, 8);
  const into: number[] = [];
  const begin = lists.begin(list);
  expect(lists.copyWithin(begin, 100, 4800, into)).toBe(100);
  expect(lists.copyWithin(begin, 100, 4799, into)).toBe(-1);
  expect(lists.copyWithin(begin, 10, 480, into)).toBe(10);
  lists.lengthen(3, 44);
  expect(lists.copyWithin(begin, 100, 4800, into)).toBe(-1);
  expect(lists.copyWithin(begin, 100, 4800 + 60 * 4, into)).toBe(100);
});

test('a list that shrinks gives its blocks to others', () => {
  const lists = new BlockLists(recordsOf(8192));
  const list = emptyBlockList();
  for (let element = 0; element < 6000; element += 1) lists.append(list, element, 40, 8);
  expect(list.blocks.length).toBe(100);
  for (let element = 0; element < 6000; element += 1) if (element % 20 !== 0) lists.remove(list, element);
  expect(list.blocks.length).toBeLessThan(25);
  const most = Math.max(...list.blocks);
  const other = emptyBlockList();
  for (let element = 1; element < 60; element += 1) lists.append(other, element, 40, 8);
  expect(Math.max(...other.blocks)).toBeLessThanOrEqual(most + 100);
});

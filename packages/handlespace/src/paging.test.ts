import {
  encodedPoolElementLength,
  encodedPoolHandleLength,
  parseIpAddress,
  type PoolElement,
  poolHandleFromText,
} from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Handlespace } from './handlespace.ts';
import type { HandlespacePage, PageCursor, PageOptions } from './page.ts';
import {
  echo,
  fractal,
  makeElement,
  makeHandlespace,
  registered,
  registrarA,
  registrarB,
} from './testing/elements.fixture.ts';

const large = 1_000_000;

/** The names of a page's elements, in order. */
function names(page: HandlespacePage): string[] {
  return page.poolEntries.flatMap(({ poolHandle, poolElements }) =>
    poolElements.map(({ identifier }) => `${Array.from(poolHandle).join('.')}/${identifier}`),
  );
}

function allPages(handlespace: Handlespace, options: PageOptions): HandlespacePage[] {
  const pages: HandlespacePage[] = [];
  let cursor: PageCursor | undefined;
  do {
    const page = handlespace.page(cursor, options);
    pages.push(page);
    cursor = page.next;
  } while (cursor !== undefined);
  return pages;
}

describe('a page', () => {
  test('of an empty handlespace is empty and the last', () => {
    const page = makeHandlespace().page(undefined, { maximumElements: 5, maximumBytes: large });
    expect(page).toEqual({ poolEntries: [], next: undefined });
  });

  test('groups the elements by pool, whatever the order of their registrations was', () => {
    const handlespace = makeHandlespace();
    for (const identifier of [1, 2, 3]) {
      registered(handlespace, echo, makeElement(identifier));
      registered(handlespace, fractal, makeElement(identifier));
    }
    const expected = [
      { poolHandle: echo, poolElements: [1, 2, 3].map((identifier) => makeElement(identifier)) },
      { poolHandle: fractal, poolElements: [1, 2, 3].map((identifier) => makeElement(identifier)) },
    ];
    const options = { maximumElements: 10, maximumBytes: large };
    expect(handlespace.page(undefined, options)).toEqual({ poolEntries: expected, next: undefined });
    const owned = handlespace.page(undefined, { ...options, homeRegistrar: registrarA });
    expect(owned).toEqual({ poolEntries: expected, next: undefined });
  });

  test('holds no more elements than asked for, and says whether more follow', () => {
    const handlespace = makeHandlespace();
    for (let identifier = 1; identifier <= 6; identifier += 1) {
      registered(handlespace, identifier <= 4 ? echo : fractal, makeElement(identifier));
    }
    const pages = allPages(handlespace, { maximumElements: 3, maximumBytes: large });
    expect(pages.map((page) => page.poolEntries.map((entry) => entry.poolElements.length))).toEqual([
      [3],
      [1, 2],
    ]);
  });

  test('holds no more bytes than asked for, handles counted once a page', () => {
    const handlespace = makeHandlespace();
    for (const identifier of [1, 2, 3]) registered(handlespace, fractal, makeElement(identifier));
    const element = encodedPoolElementLength(makeElement(1));
    const handle = encodedPoolHandleLength(fractal);
    expect([element, handle]).toEqual([40, 12]);
    const sizes = (maximumBytes: number): number[] =>
      allPages(handlespace, { maximumElements: 10, maximumBytes }).map((page) => names(page).length);
    expect(sizes(handle + 3 * element)).toEqual([3]);
    expect(sizes(handle + 3 * element - 1)).toEqual([2, 1]);
    expect(sizes(handle + 2 * element - 1)).toEqual([1, 1, 1]);
  });

  test('holds one element where not even that fits, so that the walk ends', () => {
    const handlespace = makeHandlespace();
    for (const identifier of [1, 2]) registered(handlespace, echo, makeElement(identifier));
    const pages = allPages(handlespace, { maximumElements: 10, maximumBytes: 1 });
    expect(pages.map(names)).toEqual([['101.99.104.111/1'], ['101.99.104.111/2']]);
  });

  test('of one registrar shows nothing else', () => {
    const handlespace = makeHandlespace();
    registered(handlespace, echo, makeElement(1));
    registered(handlespace, echo, makeElement(2, { homeRegistrar: registrarB }));
    const options = { maximumElements: 10, maximumBytes: large, homeRegistrar: registrarB };
    expect(names(handlespace.page(undefined, options))).toEqual(['101.99.104.111/2']);
    expect(handlespace.page(undefined, { ...options, homeRegistrar: 12345 }).poolEntries).toEqual([]);
  });

  test('refuses a maximum below 1 and the cursor of another walk', () => {
    const handlespace = makeHandlespace();
    for (const identifier of [1, 2]) registered(handlespace, echo, makeElement(identifier));
    const options = { maximumElements: 1, maximumBytes: large };
    const { next } = handlespace.page(undefined, options);
    for (const wrong of [{ maximumElements: 0 }, { maximumBytes: 0 }, { maximumBytes: Number.NaN }]) {
      expect(() => handlespace.page(undefined, { ...options, ...wrong })).toThrow(/INVALID_ARGUMENT/u);
    }
    expect(() => handlespace.page(next, { ...options, homeRegistrar: registrarA })).toThrow(
      /INVALID_ARGUMENT/u,
    );
  });
});

describe('the walk goes on', () => {
  test('in the right pool where the last element of a page has gone and the pool before has grown', () => {
    const handlespace = makeHandlespace();
    registered(handlespace, echo, makeElement(1));
    const last = registered(handlespace, fractal, makeElement(2));
    registered(handlespace, fractal, makeElement(3));
    const options = { maximumElements: 2, maximumBytes: large };
    const { next } = handlespace.page(undefined, options);
    handlespace.remove(last);
    registered(handlespace, echo, makeElement(4));
    expect(names(handlespace.page(next, options))).toEqual(['102.114.97.99.116.97.108/3']);
  });

  test('with a pool that took the number of the one where it had stopped', () => {
    const handlespace = makeHandlespace();
    const elements = [1, 2].map((identifier) => registered(handlespace, echo, makeElement(identifier)));
    registered(handlespace, fractal, makeElement(3));
    const options = { maximumElements: 1, maximumBytes: large };
    const { next } = handlespace.page(undefined, options);
    for (const element of elements) handlespace.remove(element);
    for (const identifier of [4, 5])
      registered(handlespace, poolHandleFromText('z'), makeElement(identifier));
    const second = handlespace.page(next, { ...options, maximumElements: 10 });
    expect(names(second)).toEqual(['122/4', '122/5', '102.114.97.99.116.97.108/3']);
  });

  test('from the same cursor as often as one likes', () => {
    const handlespace = makeHandlespace();
    for (const identifier of [1, 2, 3]) registered(handlespace, echo, makeElement(identifier));
    const options = { maximumElements: 2, maximumBytes: large };
    const { next } = handlespace.page(undefined, options);
    expect(names(handlespace.page(next, options))).toEqual(names(handlespace.page(next, options)));
  });
});

const step = fc.record({
  kind: fc.constantFrom('register', 'register', 'remove', 'remove', 'update', 'move', 'takeOver'),
  pool: fc.nat({ max: 3 }),
  identifier: fc.integer({ min: 1, max: 12 }),
  registrar: fc.integer({ min: 1, max: 2 }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function apply(handlespace: Handlespace, { kind, pool, identifier, registrar }: Step): void {
  const poolHandle = Uint8Array.of(pool);
  const element = handlespace.find(poolHandle, identifier);
  if (kind === 'register') {
    if (element === undefined) {
      registered(handlespace, poolHandle, makeElement(identifier, { homeRegistrar: registrar }));
    }
  } else if (kind === 'takeOver') {
    if (identifier === 1) handlespace.takeOver(registrar, 3 - registrar);
  } else if (element !== undefined) {
    if (kind === 'remove') handlespace.remove(element);
    else if (kind === 'move') handlespace.setHomeRegistrar(element, registrar);
    else registered(handlespace, poolHandle, handlespace.poolElement(element));
  }
}

/** Everything that is there, by its serial number, which tells incarnations apart; optionally of one owner. */
function serials(handlespace: Handlespace, homeRegistrar?: number): Set<number> {
  const all = new Set<number>();
  for (const pool of handlespace.pools()) {
    for (const element of handlespace.peek(pool)?.elements ?? []) {
      const owner = handlespace.homeRegistrar(element);
      if (homeRegistrar === undefined || owner === homeRegistrar) all.add(handlespace.serial(element));
    }
  }
  return all;
}

for (const homeRegistrar of [undefined, 1]) {
  const whose = homeRegistrar === undefined ? 'all elements' : "one registrar's elements";
  test(`a walk over ${whose} shows each survivor exactly once, however the handlespace changes`, () => {
    let survivors = 0;
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 10, maxLength: 60 }),
        fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 6 }),
        (before, between, maximumElements) => {
          const handlespace = makeHandlespace();
          for (const next of before) apply(handlespace, next);
          // Whoever leaves at any time is no survivor, also where it comes back: listen rather than compare.
          const survivor = serials(handlespace, homeRegistrar);
          handlespace.subscribe(({ kind, previousHomeRegistrar }) => {
            if (kind !== 'removed' && previousHomeRegistrar === undefined) return;
            const now = serials(handlespace, homeRegistrar);
            for (const serial of survivor) if (!now.has(serial)) survivor.delete(serial);
          });
          const options = {
            maximumElements,
            maximumBytes: large,
            ...(homeRegistrar === undefined ? {} : { homeRegistrar }),
          };
          const shown: number[] = [];
          let cursor: PageCursor | undefined;
          let pageNumber = 0;
          do {
            const page = handlespace.page(cursor, options);
            for (const { poolHandle, poolElements } of page.poolEntries) {
              for (const { identifier } of poolElements) {
                shown.push(handlespace.serial(handlespace.find(poolHandle, identifier) as number));
              }
            }
            cursor = page.next;
            for (const next of between[pageNumber] ?? []) apply(handlespace, next);
            pageNumber += 1;
          } while (cursor !== undefined);
          for (const serial of survivor) expect(shown.filter((other) => other === serial)).toEqual([serial]);
          // Of all elements nobody at all comes twice; but one may leave a registrar and come back to it.
          const twice = shown.filter((serial, index) => shown.indexOf(serial) !== index);
          expect(homeRegistrar === undefined ? twice : []).toEqual([]);
          survivors += survivor.size;
        },
      ),
      { seed: 4, numRuns: 300 },
    );
    expect(survivors).toBeGreaterThan(500);
  });
}

test('pages are as full as their maxima allow, whatever the sizes and the pools of the elements', () => {
  const element = fc.record({
    pool: fc.nat({ max: 3 }),
    handleLength: fc.constantFrom(1, 4, 30),
    isLarge: fc.boolean(),
    isRemoved: fc.boolean(),
    isReplaced: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(element, { minLength: 1, maxLength: 150 }),
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 3000 }),
      (specs, maximumElements, maximumBytes) => {
        const handlespace = makeHandlespace();
        const transport = (count: number): PoolElement['userTransport'] => ({
          protocol: 'sctp',
          port: 7,
          transportUse: 0,
          addresses: new Array(count).fill(parseIpAddress('2001:db8::1')),
        });
        const small = transport(1);
        const big = transport(20);
        const references = specs.map(({ pool, handleLength, isLarge, isReplaced }, index) => {
          const handle = new Uint8Array(handleLength).fill(pool + 1);
          if (isReplaced) registered(handlespace, handle, makeElement(index + 1, { userTransport: small }));
          return registered(
            handlespace,
            handle,
            makeElement(index + 1, { userTransport: isLarge ? big : small }),
          );
        });
        for (const [index, { isRemoved }] of specs.entries()) {
          if (isRemoved) handlespace.remove(references[index] as number);
        }
        const expected: number[][] = [];
        let handles = new Set<string>();
        let bytes = 0;
        for (const reference of [...handlespace.elementsOf(registrarA)]) {
          const handle = handlespace.poolHandle(reference);
          const length = encodedPoolElementLength(handlespace.poolElement(reference));
          const page = expected.at(-1);
          const key = handle.join('.');
          bytes += length + (handles.has(key) ? 0 : encodedPoolHandleLength(handle));
          handles.add(key);
          if (page === undefined || page.length >= maximumElements || bytes > maximumBytes) {
            bytes = length + encodedPoolHandleLength(handle);
            handles = new Set([key]);
            expected.push([reference]);
          } else page.push(reference);
        }
        const shown: number[][] = [];
        let cursor: PageCursor | undefined;
        do {
          const page = handlespace.pageReferences(cursor, {
            maximumElements,
            maximumBytes,
            homeRegistrar: registrarA,
          });
          if (page.elements.length > 0) shown.push(page.elements);
          cursor = page.next;
        } while (cursor !== undefined);
        expect(shown).toEqual(expected);
      },
    ),
    { seed: 8, numRuns: 200 },
  );
});

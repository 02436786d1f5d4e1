import { deepStrictEqual } from 'node:assert/strict';
import {
  bytesToHex,
  hexToBytes,
  parseIpAddress,
  type PoolElement,
  type SelectionPolicy,
} from '@rserpool/wire';
import fc from 'fast-check';
import type { Handlespace } from '../handlespace.ts';
import { makeElement } from './elements.fixture.ts';
import type { NaiveElement, NaiveHandlespace } from './naive-handlespace.fixture.ts';

const registrars = [1, 2, 0xffffffff];

/** Handles that differ in length only, in one byte only, and one that is not text. */
const handles = ['61', '6100', '616161', '616162', 'ff00fe', '00', '6162636465'].map((hex) =>
  hexToBytes(hex),
);

/** One operation, applied to the oracle and to the handlespace. */
export type Command = fc.Command<NaiveHandlespace, Handlespace>;

function nameOf(handlespace: Handlespace, element: number): string {
  return `${bytesToHex(handlespace.poolHandle(element))}/${handlespace.poolElement(element).identifier}`;
}

function naiveName({ poolHandle, poolElement }: NaiveElement): string {
  return `${bytesToHex(poolHandle)}/${poolElement.identifier}`;
}

/** Compares everything that can be read. */
function compare(model: NaiveHandlespace, real: Handlespace): void {
  deepStrictEqual(real.elementCount, model.elements.length);
  deepStrictEqual([...real.pools()].map(bytesToHex).toSorted(), model.pools());
  deepStrictEqual(real.poolCount, model.pools().length);
  for (const handle of handles) {
    const pool = model.pool(handle);
    const peeked = real.peek(handle);
    deepStrictEqual(
      (peeked?.elements ?? []).map((element) => real.poolElement(element)),
      pool.map(({ poolElement }) => poolElement),
    );
    deepStrictEqual(peeked?.policy.type, pool[0]?.poolElement.policy.type);
    for (const { poolElement, expiry, marked } of pool) {
      const element = real.find(handle, poolElement.identifier) as number;
      deepStrictEqual(real.expiry(element), expiry);
      deepStrictEqual(real.isMarked(element), marked);
      deepStrictEqual(bytesToHex(real.poolHandle(element)), bytesToHex(handle));
      deepStrictEqual(real.homeRegistrar(element), poolElement.homeRegistrar);
    }
  }
  const owners = new Set(model.elements.map(({ poolElement }) => poolElement.homeRegistrar));
  deepStrictEqual(new Set(real.homeRegistrars()), owners);
  for (const registrar of registrars) {
    const owned = model.ownedBy(registrar).map(naiveName).toSorted();
    const walked = Array.from(real.elementsOf(registrar), (element) => nameOf(real, element));
    deepStrictEqual(walked.toSorted(), owned);
    deepStrictEqual(real.countOf(registrar), owned.length);
    deepStrictEqual(real.checksum(registrar), model.checksum(registrar));
  }
  const times = model.elements.flatMap(({ expiry }) => (expiry === undefined ? [] : [expiry]));
  deepStrictEqual(real.nextExpiry(), times.length === 0 ? undefined : Math.min(...times));
}

/** A command from what it does to both, returning what has to be equal. */
function command(text: string, act: (model: NaiveHandlespace, real: Handlespace) => void): Command {
  return {
    check: () => true,
    run: (model, real) => {
      act(model, real);
      compare(model, real);
    },
    toString: () => text,
  };
}

const handle = fc.constantFrom(...handles);
const identifier = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constantFrom(0x80000000, 0xffffffff));
const registrar = fc.constantFrom(...registrars);
const value = fc.integer({ min: 0, max: 5 });
const policy: fc.Arbitrary<SelectionPolicy> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<SelectionPolicy>({ type: 'roundRobin' }) },
  { weight: 3, arbitrary: value.map((load): SelectionPolicy => ({ type: 'leastUsed', load })) },
  { weight: 2, arbitrary: value.map((priority): SelectionPolicy => ({ type: 'priority', priority })) },
  { weight: 1, arbitrary: fc.constant<SelectionPolicy>({ type: 'random' }) },
);
const transport = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.integer({ min: 1, max: 65_535 }).map((port): PoolElement['userTransport'] => ({
      protocol: 'tcp',
      port,
      address: parseIpAddress('::1'),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constant<PoolElement['userTransport']>({ protocol: 'opaque', data: Uint8Array.of(1) }),
  },
);

/** Every operation with random arguments; each compares its results, and afterwards everything readable. */
export const commands: fc.Arbitrary<Command>[] = [
  fc.tuple(handle, identifier, registrar, policy, transport).map(([poolHandle, id, owner, own, user]) =>
    command(
      `register ${bytesToHex(poolHandle)}/${id} of ${owner}, ${own.type}, ${user.protocol}`,
      (model, real) => {
        const poolElement = makeElement(id, { homeRegistrar: owner, policy: own, userTransport: user });
        const known = model.find(poolHandle, id);
        const before = known?.poolElement.homeRegistrar;
        const result = real.register(poolHandle, poolElement);
        deepStrictEqual(result.ok, model.accepts(poolHandle, poolElement));
        if (!result.ok) return;
        deepStrictEqual(result.outcome, known === undefined ? 'added' : 'updated');
        deepStrictEqual(result.previousHomeRegistrar, before === owner ? undefined : before);
        model.register(poolHandle, poolElement);
      },
    ),
  ),
  fc.tuple(handle, identifier).map(([poolHandle, id]) =>
    command(`remove ${bytesToHex(poolHandle)}/${id}`, (model, real) => {
      const known = model.find(poolHandle, id);
      const element = real.find(poolHandle, id);
      deepStrictEqual(element === undefined, known === undefined);
      if (known === undefined || element === undefined) return;
      real.remove(element);
      model.remove(known);
    }),
  ),
  fc.tuple(handle, fc.nat({ max: 5 })).map(([poolHandle, items]) =>
    command(`resolve ${bytesToHex(poolHandle)} ${items}`, (model, real) => {
      const pool = model.pool(poolHandle).map(({ poolElement }) => poolElement);
      const resolution = real.resolve(poolHandle, items);
      deepStrictEqual(resolution === undefined, pool.length === 0);
      const chosen = (resolution?.elements ?? []).map((element) => real.poolElement(element));
      deepStrictEqual(chosen.length, Math.min(items, pool.length));
      deepStrictEqual(new Set(chosen).size, chosen.length);
      const members = pool.map((poolElement) => poolElement.identifier);
      deepStrictEqual(
        chosen.filter(({ identifier: one }) => !members.includes(one)),
        [],
      );
      // Where the policy sorts, the sorted values are known, whoever of several equals was chosen.
      const key = ({ policy: own }: PoolElement): number =>
        own.type === 'leastUsed' ? own.load : own.type === 'priority' ? -own.priority : 0;
      const keys = pool.map(key).toSorted((a, b) => a - b);
      deepStrictEqual(chosen.map(key), keys.slice(0, chosen.length));
    }),
  ),
  fc.tuple(handle, identifier, fc.option(fc.nat({ max: 20 }))).map(([poolHandle, id, at]) =>
    command(`expire ${bytesToHex(poolHandle)}/${id} at ${at}`, (model, real) => {
      const known = model.find(poolHandle, id);
      const element = real.find(poolHandle, id);
      if (known === undefined || element === undefined) return;
      known.expiry = at ?? undefined;
      real.setExpiry(element, known.expiry);
    }),
  ),
  fc.tuple(fc.nat({ max: 20 }), fc.boolean()).map(([now, remove]) =>
    command(`expired at ${now}`, (model, real) => {
      const due = model.elements.filter(({ expiry }) => expiry !== undefined && expiry <= now);
      const times: number[] = [];
      for (let element = real.takeExpired(now); element !== undefined; element = real.takeExpired(now)) {
        const known = model.find(real.poolHandle(element), real.poolElement(element).identifier);
        times.push(known?.expiry ?? Number.NaN);
        if (known === undefined) continue;
        known.expiry = undefined;
        if (!remove) continue;
        real.remove(element);
        model.remove(known);
      }
      deepStrictEqual(times.length, due.length);
      deepStrictEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
    }),
  ),
  fc.tuple(handle, identifier, registrar).map(([poolHandle, id, owner]) =>
    command(`give ${bytesToHex(poolHandle)}/${id} to ${owner}`, (model, real) => {
      const known = model.find(poolHandle, id);
      const element = real.find(poolHandle, id);
      if (known === undefined || element === undefined) return;
      model.setHomeRegistrar(known, owner);
      real.setHomeRegistrar(element, owner);
    }),
  ),
  fc.tuple(registrar, registrar).map(([from, to]) =>
    command(`take over from ${from} to ${to}`, (model, real) => {
      const moved = from === to ? [] : model.ownedBy(from);
      for (const known of moved) model.setHomeRegistrar(known, to);
      const taken = real.takeOver(from, to).map((element) => nameOf(real, element));
      deepStrictEqual(taken.toSorted(), moved.map(naiveName).toSorted());
    }),
  ),
  registrar.map((owner) =>
    command(`mark ${owner}`, (model, real) => {
      for (const known of model.ownedBy(owner)) known.marked = true;
      real.mark(owner);
    }),
  ),
  registrar.map((owner) =>
    command(`purge ${owner}`, (model, real) => {
      const purged = model.ownedBy(owner).filter(({ marked }) => marked);
      for (const known of purged) model.remove(known);
      deepStrictEqual(real.purgeMarked(owner).length, purged.length);
    }),
  ),
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.option(registrar)).map(([maximumElements, owner]) =>
    command(`page by ${maximumElements} of ${owner}`, (model, real) => {
      const options = {
        maximumElements,
        maximumBytes: 10_000,
        ...(owner === null ? {} : { homeRegistrar: owner }),
      };
      const shown: string[] = [];
      let page = real.page(undefined, options);
      for (;;) {
        for (const { poolHandle, poolElements } of page.poolEntries) {
          for (const poolElement of poolElements)
            shown.push(naiveName({ poolHandle, poolElement } as NaiveElement));
        }
        if (page.next === undefined) break;
        page = real.page(page.next, options);
      }
      const expected = owner === null ? model.elements : model.ownedBy(owner);
      deepStrictEqual(shown.toSorted(), expected.map(naiveName).toSorted());
    }),
  ),
];

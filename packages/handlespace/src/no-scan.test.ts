import { parseIpAddress, type SelectionPolicy } from '@rserpool/wire';
import { policyTypeNumbers } from '@rserpool/wire';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { echo, makeHandlespace, registered, registrarA, registrarB } from './testing/elements.fixture.ts';
import { StepCounter } from './testing/step-counter.fixture.ts';

const counter = new StepCounter(['/packages/handlespace/src/', '/packages/policies/src/']);
beforeAll(() => counter.start());
afterAll(() => counter.stop());

const userTransport = { protocol: 'tcp', port: 7, address: parseIpAddress('192.0.2.1') } as const;

/** A policy with every value a policy may have; many elements share a value and many do not. */
function policyOf(type: SelectionPolicy['type'], index: number): SelectionPolicy {
  const value = (index * 7919) % 1000;
  const policy: { type: string; [value: string]: number | string } = {
    type,
    weight: 1 + value,
    priority: value,
    load: value * 1_000_000,
    loadDegradation: 1 + value,
    weightDistanceFactor: 100,
    loadDistanceFactor: 100,
    distance: value % 50,
  };
  return policy as SelectionPolicy;
}

/** How often the busiest piece of code runs, at most, in one operation on a pool of a size. */
function busiest(type: SelectionPolicy['type'], size: number): Record<string, number> {
  const handlespace = makeHandlespace();
  const register = (index: number): number =>
    registered(handlespace, echo, {
      identifier: index + 1,
      homeRegistrar: registrarA,
      registrationLife: -1,
      userTransport,
      policy: policyOf(type, index),
    });
  for (let index = 0; index < size; index += 1) {
    handlespace.setExpiry(register(index), (index * 7919) % size);
  }
  let round = 0;
  const operations: Record<string, () => void> = {
    resolve: () => void handlespace.resolve(echo, 4),
    update: () => void register((round * 31) % size),
    remove: () => {
      const index = (round * 37) % size;
      const element = handlespace.find(echo, index + 1);
      if (element !== undefined) handlespace.remove(element);
    },
    add: () => void register(size + round),
    expiry: () => {
      const element = handlespace.takeExpired(size);
      if (element !== undefined) handlespace.setExpiry(element, round);
    },
    page: () => void handlespace.page(undefined, { maximumElements: 4, maximumBytes: 10_000 }),
    'page of one registrar': () => {
      const options = { maximumElements: 4, maximumBytes: 150, homeRegistrar: registrarA };
      const { next } = handlespace.page(undefined, options);
      const gone = handlespace.find(echo, 1 + ((round * 41) % size));
      if (gone !== undefined) handlespace.setHomeRegistrar(gone, registrarB);
      handlespace.page(next, options);
    },
    'change of owner': () => {
      const element = handlespace.find(echo, 1 + ((round * 29) % size));
      if (element !== undefined) handlespace.setHomeRegistrar(element, 1 + (round % 3));
    },
  };
  const steps: Record<string, number> = {};
  for (const [name, operation] of Object.entries(operations)) {
    steps[name] = 0;
    for (round = 0; round < 40; round += 1) {
      steps[name] = Math.max(steps[name], counter.busiest(operation));
    }
  }
  return steps;
}

const types = Object.keys(policyTypeNumbers) as SelectionPolicy['type'][];

test.for(types)('%s: no operation runs over the elements of a pool', (type) => {
  const small = busiest(type, 100);
  const large = busiest(type, 10_000);
  for (const steps of [small, large]) {
    for (const [name, count] of Object.entries(steps)) {
      expect.soft(count, `${name} has to do something`).toBeGreaterThan(0);
    }
  }
  // The worst allowed growth is logarithmic: 10,000 elements are 14 levels of a binary tree, times four items.
  for (const [name, count] of Object.entries(large)) expect.soft(count, name).toBeLessThan(150);
});

test('the counter sees a scan', () => {
  const handlespace = makeHandlespace();
  for (let identifier = 1; identifier <= 500; identifier += 1) {
    registered(handlespace, echo, {
      identifier,
      homeRegistrar: registrarA,
      registrationLife: -1,
      userTransport,
      policy: { type: 'random' },
    });
  }
  expect(counter.busiest(() => void handlespace.peek(echo))).toBeGreaterThanOrEqual(500);
});

import { describe, expect, test } from 'vitest';
import type { HandlespaceChange } from './handlespace-change.ts';
import {
  echo,
  makeElement,
  makeHandlespace,
  registered,
  registrarA,
  registrarB,
} from './testing/elements.fixture.ts';

describe('announcing changes', () => {
  test('each kind with the element, its pool and the owner before', () => {
    const handlespace = makeHandlespace();
    const changes: HandlespaceChange[] = [];
    handlespace.subscribe((change) => changes.push(change));
    const element = registered(handlespace, echo, makeElement(1));
    registered(handlespace, echo, makeElement(1, { registrationLife: 5 }));
    handlespace.learn(echo, makeElement(1, { homeRegistrar: registrarB }));
    handlespace.setHomeRegistrar(element, registrarA);
    handlespace.setHomeRegistrar(element, registrarA);
    handlespace.register(echo, makeElement(2, { policy: { type: 'random' } }));
    handlespace.setExpiry(element, 5);
    handlespace.resolve(echo, 1);
    handlespace.mark(registrarA);
    handlespace.remove(element);
    const common = { element, poolHandle: echo };
    expect(changes).toEqual([
      { kind: 'added', ...common, poolElement: makeElement(1) },
      { kind: 'updated', ...common, poolElement: makeElement(1, { registrationLife: 5 }) },
      {
        kind: 'updated',
        ...common,
        poolElement: makeElement(1, { homeRegistrar: registrarB }),
        previousHomeRegistrar: registrarA,
      },
      {
        kind: 'homeRegistrarChanged',
        ...common,
        poolElement: makeElement(1),
        previousHomeRegistrar: registrarB,
      },
      { kind: 'removed', ...common, poolElement: makeElement(1) },
    ]);
  });

  test('an observer of takeovers is told once of all elements, when they have changed', () => {
    const handlespace = makeHandlespace();
    const elements = [1, 2, 3].map((identifier) => registered(handlespace, echo, makeElement(identifier)));
    const told: unknown[] = [];
    const owners = (): number[] => elements.map((element) => handlespace.homeRegistrar(element));
    handlespace.observe({
      changed: (kind) => told.push(kind),
      removed: () => told.push('removed'),
      takenOver: (taken, from, to) => told.push([...taken], from, to, owners()),
    });
    handlespace.takeOver(registrarA, registrarB);
    expect(told).toEqual([elements, registrarA, registrarB, [registrarB, registrarB, registrarB]]);
    told.length = 0;
    handlespace.takeOver(registrarA, registrarB);
    expect(told).toEqual([]);
  });

  test('where somebody else wants to hear of each element, all do', () => {
    const handlespace = makeHandlespace();
    const elements = [1, 2].map((identifier) => registered(handlespace, echo, makeElement(identifier)));
    const told: unknown[] = [];
    handlespace.observe({
      changed: (kind, element, previous) => told.push(kind, element, previous),
      removed: () => told.push('removed'),
      takenOver: () => told.push('takenOver'),
    });
    const end = handlespace.subscribe(({ element }) => told.push(element));
    handlespace.takeOver(registrarA, registrarB);
    const expected = elements.flatMap((element) => ['homeRegistrarChanged', element, registrarA, element]);
    expect(told).toEqual(expected);
    end();
    told.length = 0;
    handlespace.takeOver(registrarB, registrarA);
    expect(told).toEqual(['takenOver']);
  });

  test('an observer is told the same without objects, in its turn between listeners', () => {
    const handlespace = makeHandlespace();
    const calls: unknown[] = [];
    handlespace.subscribe(({ kind }) => calls.push(kind));
    const end = handlespace.observe({
      changed: (kind, element, previous) => calls.push([kind, handlespace.homeRegistrar(element), previous]),
      removed: ({ poolElement }) => calls.push(['removed', poolElement.identifier]),
    });
    handlespace.subscribe(() => calls.push('behind'));
    const element = registered(handlespace, echo, makeElement(1));
    handlespace.learn(echo, makeElement(1, { homeRegistrar: registrarB }));
    handlespace.remove(element);
    end();
    registered(handlespace, echo, makeElement(2));
    expect(calls).toEqual([
      'added',
      ['added', registrarA, undefined],
      'behind',
      'updated',
      ['updated', registrarB, registrarA],
      'behind',
      'removed',
      ['removed', 1],
      'behind',
      'added',
      'behind',
    ]);
  });

  test('a change is complete when a listener hears of it, one element after the other', () => {
    const handlespace = makeHandlespace();
    for (const identifier of [1, 2, 3]) registered(handlespace, echo, makeElement(identifier));
    const seen: unknown[] = [];
    handlespace.subscribe(({ kind, element, poolElement }) => {
      seen.push([
        kind,
        poolElement.identifier,
        handlespace.isCurrent(element),
        handlespace.find(echo, poolElement.identifier),
        handlespace.countOf(registrarA),
        handlespace.countOf(registrarB),
      ]);
    });
    handlespace.takeOver(registrarA, registrarB);
    handlespace.mark(registrarB);
    handlespace.purgeMarked(registrarB);
    expect(seen).toEqual([
      ['homeRegistrarChanged', 1, true, 0, 2, 1],
      ['homeRegistrarChanged', 2, true, 1, 1, 2],
      ['homeRegistrarChanged', 3, true, 2, 0, 3],
      ['removed', 1, false, undefined, 0, 2],
      ['removed', 2, false, undefined, 0, 1],
      ['removed', 3, false, undefined, 0, 0],
    ]);
  });

  test('listeners are called in the order of their subscriptions, each subscription for itself', () => {
    const handlespace = makeHandlespace();
    const calls: string[] = [];
    const twice = (): void => void calls.push('twice');
    const end = handlespace.subscribe(twice);
    handlespace.subscribe(() => calls.push('between'));
    handlespace.subscribe(twice);
    registered(handlespace, echo, makeElement(1));
    end();
    end();
    registered(handlespace, echo, makeElement(2));
    expect(calls).toEqual(['twice', 'between', 'twice', 'between', 'twice']);
  });

  test('a subscription that begins or ends within an announcement counts from the next change on', () => {
    const handlespace = makeHandlespace();
    const calls: string[] = [];
    const ends: (() => void)[] = [];
    handlespace.subscribe(() => {
      if (calls.length > 0) return;
      ends[0]?.();
      handlespace.subscribe(() => calls.push('late'));
    });
    ends.push(handlespace.subscribe(() => calls.push('ended')));
    registered(handlespace, echo, makeElement(1));
    registered(handlespace, echo, makeElement(2));
    expect(calls).toEqual(['ended', 'late']);
  });
});

describe('what a listener may do', () => {
  test('read everything, also the pool that has just gone', () => {
    const handlespace = makeHandlespace();
    const element = registered(handlespace, echo, makeElement(1));
    const read: unknown[] = [];
    handlespace.subscribe(() => {
      read.push(handlespace.resolve(echo, 1), handlespace.peek(echo), [...handlespace.pools()]);
      read.push(
        [...handlespace.elementsOf(registrarA)],
        handlespace.checksum(registrarA),
        handlespace.poolCount,
      );
      read.push(handlespace.page(undefined, { maximumElements: 1, maximumBytes: 1 }).poolEntries);
    });
    handlespace.remove(element);
    expect(read).toEqual([undefined, undefined, [], [], 0xffff, 0, []]);
  });

  test('set expiry times', () => {
    const handlespace = makeHandlespace();
    handlespace.subscribe(({ element }) => handlespace.setExpiry(element, 100));
    registered(handlespace, echo, makeElement(1));
    expect(handlespace.nextExpiry()).toBe(100);
  });

  test('not change the handlespace; the change itself holds, and later ones work', () => {
    const handlespace = makeHandlespace();
    const element = registered(handlespace, echo, makeElement(1));
    const attempts: (() => unknown)[] = [
      () => handlespace.register(echo, makeElement(9)),
      () => handlespace.learn(echo, makeElement(9)),
      () => handlespace.remove(element),
      () => handlespace.setHomeRegistrar(element, 9),
      () => handlespace.takeOver(registrarA, 9),
      () => handlespace.purgeMarked(registrarA),
      () => handlespace.purgeMarkedSlice(registrarA, undefined, 1),
    ];
    attempts.forEach((attempt, index) => {
      const end = handlespace.subscribe(() => void attempt());
      expect(() => handlespace.register(echo, makeElement(100 + index))).toThrow(
        /ERR_RSERPOOL_CHANGE_WITHIN_LISTENER/u,
      );
      end();
      expect(handlespace.find(echo, 100 + index)).toBeDefined();
      expect(handlespace.elementCount).toBe(2 + index);
    });
    expect(handlespace.find(echo, 9)).toBeUndefined();
  });
});

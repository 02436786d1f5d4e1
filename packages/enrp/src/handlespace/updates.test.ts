import { ErrorCauseCode, poolHandleFromText } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { Cluster, elementOf, viewOf } from '../testing/cluster.fixture.ts';
import { Solo } from '../testing/solo.fixture.ts';

const add = 0;
const remove = 1;

function withPeers(): Solo {
  const solo = new Solo().start();
  solo.peer(8);
  solo.peer(9);
  solo.sent();
  solo.events();
  return solo;
}

describe('RFC 5353 section 3.3.1: announcing additions or updates of PE', () => {
  it('announces an element to all peers with its own identifier as sender and receiver 0', () => {
    const solo = withPeers();
    const poolHandle = poolHandleFromText('echo');
    solo.input({ type: 'handleUpdate', action: 'add', poolHandle, poolElement: elementOf(51, 5) });
    expect(solo.sent()).toMatchObject(
      [8, 9].map((to) => ({
        to,
        type: 'ENRP_HANDLE_UPDATE',
        senderIdentifier: 5,
        receiverIdentifier: 0,
        action: add,
        takeoverSuggested: false,
        poolHandle,
        poolElement: { identifier: 51, homeRegistrar: 5 },
      })),
    );
  });

  it('creates a pool with the first element, adds further ones, and replaces known ones', () => {
    const solo = withPeers();
    solo.update(9, add, 91);
    solo.update(9, add, 92);
    solo.update(9, add, 91);
    expect(viewOf(solo.handlespace)).toEqual(['echo/91@9', 'echo/92@9']);
    const poolElement = { ...elementOf(91, 9), registrationLife: 7 };
    const poolHandle = poolHandleFromText('echo');
    solo.receive(9, {
      type: 'ENRP_HANDLE_UPDATE',
      takeoverSuggested: false,
      action: add,
      poolHandle,
      poolElement,
    });
    const element = solo.handlespace.find(poolHandle, 91);
    expect(element === undefined ? undefined : solo.handlespace.poolElement(element).registrationLife).toBe(
      7,
    );
  });

  it('takes the sender for the home, whatever the element says', () => {
    const solo = withPeers();
    solo.update(9, add, 91, 8);
    expect(solo.homeOf(91)).toBe(9);
  });

  it('follows an element that registers with another registrar', () => {
    const solo = withPeers();
    solo.update(9, add, 91);
    solo.update(8, add, 91);
    expect(solo.homeOf(91)).toBe(8);
  });

  it('gives an own element up that has registered elsewhere', () => {
    const solo = withPeers();
    solo.handlespace.register(poolHandleFromText('echo'), elementOf(51, 5));
    solo.update(8, add, 51);
    expect(solo.homeOf(51)).toBe(8);
    expect(solo.events()).toContainEqual({ type: 'ownershipYielded', peer: 8, elements: 1 });
  });

  it('tells and counts what does not fit its handlespace', () => {
    const solo = withPeers();
    solo.update(9, add, 91);
    solo.update(9, add, 92);
    const poolElement = { ...elementOf(93, 8), policy: { type: 'random' } } as const;
    const poolHandle = poolHandleFromText('echo');
    solo.receive(8, {
      type: 'ENRP_HANDLE_UPDATE',
      takeoverSuggested: false,
      action: add,
      poolHandle,
      poolElement,
    });
    expect(solo.homeOf(93)).toBeUndefined();
    expect(solo.machine.counters.updatesRejected).toBe(1);
    expect(solo.events()).toMatchObject([
      {
        type: 'updateRejected',
        peer: 8,
        poolElementIdentifier: 93,
        reason: 'inconsistent',
        causes: [{ code: ErrorCauseCode.inconsistentPoolPolicy }],
      },
    ]);
  });

  it('rejects reserved actions', () => {
    const solo = withPeers();
    solo.update(9, 2, 91);
    expect(solo.homeOf(91)).toBeUndefined();
    expect(solo.events()).toMatchObject([{ type: 'updateRejected', reason: 'unknownAction' }]);
  });

  it('ignores the suggestion to take an element over, and counts it', () => {
    const solo = withPeers();
    const poolHandle = poolHandleFromText('echo');
    const poolElement = elementOf(91, 9);
    solo.receive(9, {
      type: 'ENRP_HANDLE_UPDATE',
      takeoverSuggested: true,
      action: add,
      poolHandle,
      poolElement,
    });
    expect(solo.homeOf(91)).toBe(9);
    expect(solo.machine.counters.takeoverSuggestionsIgnored).toBe(1);
  });

  it('reaches every registrar of a cluster', () => {
    const cluster = new Cluster({ delayMs: [1, 20] });
    const nodes = cluster.startAll(1, 2, 3, 4);
    for (const node of nodes) cluster.register(node, 'echo', node.identifier);
    cluster.advance(25);
    expect(cluster.agrees()).toBe(true);
    expect(nodes.map((node) => node.machine.counters.resynchronizations)).toEqual([0, 0, 0, 0]);
  });
});

describe('RFC 5353 section 3.3.2: announcing removal of PE', () => {
  it('announces a removal to all peers', () => {
    const solo = withPeers();
    const poolHandle = poolHandleFromText('echo');
    solo.input({ type: 'handleUpdate', action: 'delete', poolHandle, poolElement: elementOf(51, 5) });
    expect(solo.sent()).toMatchObject([
      { to: 8, type: 'ENRP_HANDLE_UPDATE', action: remove, receiverIdentifier: 0 },
      { to: 9, type: 'ENRP_HANDLE_UPDATE', action: remove, receiverIdentifier: 0 },
    ]);
  });

  it('removes an element that its home registrar deletes, and the pool with the last one', () => {
    const solo = withPeers();
    solo.update(9, add, 91);
    solo.update(9, remove, 91);
    expect(solo.homeOf(91)).toBeUndefined();
    expect(solo.handlespace.poolCount).toBe(0);
  });

  it('takes no action for an element that it does not know', () => {
    const solo = withPeers();
    solo.update(9, remove, 91);
    expect(solo.events()).toEqual([]);
  });

  it('does not obey a registrar that is not the home any more: the element lives elsewhere', () => {
    const solo = withPeers();
    solo.update(9, add, 91);
    solo.update(8, add, 91);
    solo.update(9, remove, 91);
    expect(solo.homeOf(91)).toBe(8);
    expect(solo.events()).toMatchObject([{ type: 'updateRejected', peer: 9, reason: 'notHomeRegistrar' }]);
  });

  it('does not lose an element whose registration elsewhere crosses with its deletion', () => {
    const cluster = new Cluster({ delayMs: [5, 30] });
    const [left, right] = cluster.startAll(1, 2, 3);
    if (left === undefined || right === undefined) throw new Error('no registrars');
    cluster.register(left, 'echo', 7);
    cluster.advance(100);
    cluster.register(right, 'echo', 7);
    cluster.deregister(left, 'echo', 7);
    cluster.advance(3 * cluster.cycleMs);
    expect(cluster.living().map((node) => viewOf(node.handlespace))).toEqual([
      ['echo/7@2'],
      ['echo/7@2'],
      ['echo/7@2'],
    ]);
  });
});

import { UpdateAction, poolHandleFromText } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { elementOf } from '../testing/cluster.fixture.ts';
import { Solo } from '../testing/solo.fixture.ts';

const echo = poolHandleFromText('echo');

/** A registrar (5) with the peers 3 and 9. */
function withPeers(takeoverSuggestion: boolean): Solo {
  const solo = new Solo({ takeoverSuggestion }).start();
  solo.peer(3);
  solo.peer(9);
  solo.sent();
  solo.events();
  return solo;
}

function register(solo: Solo, identifier: number): void {
  const poolElement = elementOf(identifier, 5);
  solo.handlespace.register(echo, poolElement);
  solo.input({ type: 'handleUpdate', action: 'add', poolHandle: echo, poolElement });
}

function suggest(
  solo: Solo,
  sender: number,
  identifier: number,
  action: number = UpdateAction.addPoolElement,
): void {
  solo.receive(sender, {
    type: 'ENRP_HANDLE_UPDATE',
    takeoverSuggested: true,
    action,
    poolHandle: echo,
    poolElement: elementOf(identifier, sender),
  });
}

describe('draft-dreibholz-rserpool-enrp-takeover: takeover suggestion', () => {
  it('asks the peer with the largest exclusive or of the identifiers, by one more update with the T flag', () => {
    const solo = withPeers(true);
    // 4 xor 3 is 7, 4 xor 5 is 1, 4 xor 9 is 13.
    register(solo, 4);
    expect(
      solo
        .sent()
        .map((message) => [message.to, message.type === 'ENRP_HANDLE_UPDATE' && message.takeoverSuggested]),
    ).toEqual([
      [3, false],
      [9, false],
      [9, true],
    ]);
    expect(solo.events()).toMatchObject([{ type: 'takeoverSuggested', peer: 9, poolElementIdentifier: 4 }]);
    expect(solo.homeOf(4)).toBe(5);
  });

  it('asks nobody where this registrar suits the element best', () => {
    const solo = withPeers(true);
    // 10 xor 5 is 15, 10 xor 3 is 9, 10 xor 9 is 3.
    register(solo, 10);
    expect(solo.sent()).toHaveLength(2);
  });

  it('asks nobody who is suspected, nor anybody where it is switched off', () => {
    const solo = withPeers(true);
    solo.input({ type: 'associationLost', association: 9, reason: 'reset' });
    register(solo, 4);
    expect(solo.machine.counters.takeoverSuggestionsSent).toBe(1);
    expect(solo.events()).toContainEqual(expect.objectContaining({ type: 'takeoverSuggested', peer: 3 }));
    const off = withPeers(false);
    register(off, 4);
    expect(off.sent()).toHaveLength(2);
  });

  it('is followed: the element is this registrar its own, and is to be told', () => {
    const solo = withPeers(true);
    suggest(solo, 9, 10);
    expect(solo.homeOf(10)).toBe(5);
    const element = solo.handlespace.find(echo, 10);
    expect(solo.take('takenOver')).toEqual([{ type: 'takenOver', target: 9, elements: [element] }]);
    expect(solo.events()).toMatchObject([
      { type: 'takeoverSuggestionFollowed', peer: 9, poolElementIdentifier: 10 },
    ]);
    expect(solo.machine.counters.takeoverSuggestionsFollowed).toBe(1);
  });

  it.each([
    ['it is switched off', false, 9, 10, UpdateAction.addPoolElement],
    ['this registrar suits the element no better', true, 9, 4, UpdateAction.addPoolElement],
    ['the element is deleted', true, 9, 10, UpdateAction.deletePoolElement],
  ] as const)('is not followed where %s', (_case, isOn, sender, identifier, action) => {
    const solo = withPeers(isOn);
    suggest(solo, sender, identifier, action);
    expect(solo.take('takenOver')).toEqual([]);
    expect(solo.homeOf(identifier)).toBe(action === UpdateAction.addPoolElement ? sender : undefined);
    expect(solo.machine.counters.takeoverSuggestionsFollowed).toBe(0);
  });
});

import { UpdateAction, poolHandleFromText } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { elementOf } from '../testing/cluster.fixture.ts';
import { Solo } from '../testing/solo.fixture.ts';

const echo = poolHandleFromText('echo');

/** A registrar (5) with the elements 51 and 52, of which it holds the association to those that are named. */
function withElements(associated: readonly number[]): Solo {
  const solo: Solo = new Solo({
    isAssociated: (element) => associated.includes(solo.handlespace.poolElement(element).identifier),
  });
  solo.start();
  solo.peer(3);
  solo.peer(9);
  for (const identifier of [51, 52]) {
    const poolElement = elementOf(identifier, 5);
    solo.handlespace.register(echo, poolElement);
    solo.input({ type: 'handleUpdate', action: 'add', poolHandle: echo, poolElement });
  }
  solo.sent();
  solo.events();
  return solo;
}

/** A peer claims elements in its own table, as after a partition in which it took over. */
function claim(solo: Solo, sender: number, identifiers: readonly number[]): void {
  solo.presence(sender, { checksum: 0x1234 });
  solo.sent();
  solo.events();
  solo.receive(sender, {
    type: 'ENRP_HANDLE_TABLE_RESPONSE',
    rejected: false,
    moreToSend: false,
    poolEntries: [
      { poolHandle: echo, poolElements: identifiers.map((identifier) => elementOf(identifier, sender)) },
    ],
  });
}

function announced(solo: Solo): number[] {
  return solo
    .sent()
    .flatMap((message) =>
      message.type === 'ENRP_HANDLE_UPDATE' && message.action === UpdateAction.addPoolElement
        ? [message.poolElement.identifier]
        : [],
    );
}

describe('own elements that a peer claims as well, after both took over', () => {
  it('stay with the registrar that holds their association, though the peer has the larger identifier', () => {
    const solo = withElements([51]);
    claim(solo, 9, [51, 52]);
    expect([solo.homeOf(51), solo.homeOf(52)]).toEqual([5, 9]);
    // The peer may hold an association, too: it has the first word.
    expect(announced(solo)).toEqual([]);
    solo.advance(2_000);
    expect(announced(solo)).toEqual([51, 51]);
    expect(solo.events()).toContainEqual({ type: 'ownershipDefended', peer: 9, elements: 1 });
    const element = solo.handlespace.find(echo, 51);
    expect(solo.take('takenOver')).toEqual([{ type: 'takenOver', target: 9, elements: [element] }]);
  });

  it('go to the peer with the larger identifier where both hold an association: it announces them at once', () => {
    const solo = withElements([51]);
    claim(solo, 9, [51]);
    solo.update(9, UpdateAction.addPoolElement, 51);
    solo.advance(2_000);
    expect(solo.homeOf(51)).toBe(9);
    expect(announced(solo)).toEqual([]);
  });

  it('are announced at once to a peer with the smaller identifier', () => {
    const solo = withElements([51]);
    claim(solo, 3, [51, 52]);
    expect([solo.homeOf(51), solo.homeOf(52)]).toEqual([5, 5]);
    expect(announced(solo)).toEqual([51, 51]);
  });

  it('are announced a little later where the larger identifier is about to reach them when it hears of the claim', () => {
    const associated: number[] = [];
    const solo = withElements(associated);
    claim(solo, 3, [51, 52]);
    associated.push(51);
    expect(announced(solo)).toEqual([]);
    // The peer, which has the smaller identifier, waits twice as long for that.
    solo.advance(500);
    expect(announced(solo)).toEqual([51, 51]);
    expect([solo.homeOf(51), solo.homeOf(52)]).toEqual([5, 5]);
    solo.advance(2_000);
    expect(announced(solo)).toEqual([]);
  });

  it('go by the identifiers alone where none holds an association', () => {
    const solo = withElements([]);
    claim(solo, 9, [51]);
    claim(solo, 3, [52]);
    solo.advance(2_000);
    expect([solo.homeOf(51), solo.homeOf(52)]).toEqual([9, 5]);
    expect(announced(solo)).toEqual([]);
  });

  it('go to a peer that has taken this registrar over, but for those that are associated with this one', () => {
    const solo = withElements([51]);
    solo.receive(9, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 5 });
    claim(solo, 9, [51, 52]);
    expect([solo.homeOf(51), solo.homeOf(52)]).toEqual([5, 9]);
    solo.sent();
    solo.advance(2_000);
    expect(announced(solo)).toEqual([51, 51]);
    expect(solo.homeOf(51)).toBe(5);
  });

  it('stay with this registrar where a peer with the smaller identifier has taken it over, too', () => {
    const solo = withElements([51]);
    solo.receive(3, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 5 });
    claim(solo, 3, [51, 52]);
    expect([solo.homeOf(51), solo.homeOf(52)]).toEqual([5, 3]);
    expect(announced(solo)).toEqual([51, 51]);
  });

  it('are open to a peer that has taken this registrar over until it had the first word: it is told to ask', () => {
    const solo = withElements([51]);
    solo.receive(9, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 5 });
    solo.receive(9, { type: 'ENRP_HANDLE_TABLE_REQUEST', ownChildrenOnly: true });
    claim(solo, 9, [51]);
    const checksum = solo.handlespace.checksum(5);
    expect(solo.sent()).toContainEqual(expect.objectContaining({ to: 9, type: 'ENRP_PRESENCE', checksum }));
    solo.receive(9, { type: 'ENRP_HANDLE_TABLE_REQUEST', ownChildrenOnly: true });
    expect(solo.sent()).toMatchObject([{ to: 9, type: 'ENRP_HANDLE_TABLE_RESPONSE', rejected: false }]);
    solo.update(9, UpdateAction.addPoolElement, 51);
    solo.advance(2_000);
    expect(announced(solo)).toEqual([]);
    expect(solo.homeOf(51)).toBe(9);
  });

  it('are not announced any more when the peer is gone', () => {
    const solo = withElements([51]);
    claim(solo, 9, [51]);
    solo.input({ type: 'associationLost', association: 9, reason: 'reset' });
    solo.receive(3, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 9 });
    solo.advance(2_000);
    expect(announced(solo)).toEqual([]);
    expect(solo.homeOf(51)).toBe(5);
  });
});

describe('elements of a registrar that was taken over by one that did not know them', () => {
  it('are adopted by who knows them, and the peers see it by the checksum', () => {
    const solo = withElements([]);
    solo.update(9, UpdateAction.addPoolElement, 91);
    solo.update(9, UpdateAction.addPoolElement, 92);
    solo.receive(3, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 9 });
    expect([solo.homeOf(91), solo.homeOf(92)]).toEqual([3, 3]);
    claim(solo, 3, [91]);
    expect([solo.homeOf(91), solo.homeOf(92)]).toEqual([3, 5]);
    const checksum = solo.handlespace.checksum(5);
    expect(solo.sent()).toMatchObject([{ to: 3, type: 'ENRP_PRESENCE', checksum }]);
    expect(solo.events()).toContainEqual({ type: 'orphansAdopted', peer: 3, elements: 1 });
    const element = solo.handlespace.find(echo, 92);
    expect(solo.take('takenOver')).toEqual([{ type: 'takenOver', target: 3, elements: [element] }]);
  });

  it('but not what the new home has named before, or deleted', () => {
    const solo = withElements([]);
    for (const identifier of [91, 92, 93]) solo.update(9, UpdateAction.addPoolElement, identifier);
    solo.receive(3, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 9 });
    solo.update(3, UpdateAction.addPoolElement, 91);
    solo.update(3, UpdateAction.deletePoolElement, 92);
    claim(solo, 3, [93]);
    claim(solo, 3, []);
    expect([91, 92, 93].map((identifier) => solo.homeOf(identifier))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a registrar that this one has taken over is back', () => {
  /** Registrar 5 has taken 9 over, with the elements 91 and 92, of which it has reached the first. */
  function afterTakeover(): Solo {
    const solo = withElements([91]);
    solo.update(9, UpdateAction.addPoolElement, 91);
    solo.update(9, UpdateAction.addPoolElement, 92);
    solo.input({ type: 'associationLost', association: 9, reason: 'reset' });
    solo.advance(10_000);
    solo.receive(3, { type: 'ENRP_INIT_TAKEOVER_ACK', targetIdentifier: 9 });
    expect([solo.homeOf(91), solo.homeOf(92)]).toEqual([5, 5]);
    solo.sent();
    solo.events();
    solo.take('takenOver');
    return solo;
  }

  it('gets back what could not be reached since, before it is told of the takeover, and the peers see it', () => {
    const solo = afterTakeover();
    solo.peer(9);
    expect([solo.homeOf(91), solo.homeOf(92)]).toEqual([5, 9]);
    expect(solo.events()).toContainEqual({ type: 'ownershipReturned', peer: 9, elements: 1 });
    const sent = solo.sent();
    expect(sent).toContainEqual(expect.objectContaining({ to: 9, type: 'ENRP_TAKEOVER_SERVER' }));
    const checksum = solo.handlespace.checksum(5);
    expect(sent).toContainEqual(expect.objectContaining({ to: 3, type: 'ENRP_PRESENCE', checksum }));
  });

  it('loses it again where it does not know it any more', () => {
    const solo = afterTakeover();
    solo.peer(9);
    solo.advance(2_000);
    claim(solo, 9, []);
    expect([solo.homeOf(91), solo.homeOf(92)]).toEqual([5, 5]);
    const element = solo.handlespace.find(echo, 92);
    expect(solo.take('takenOver')).toEqual([{ type: 'takenOver', target: 9, elements: [element] }]);
  });
});

import { poolHandleFromText } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import type { EnrpMachineOptions } from '../enrp-machine-options.ts';
import { elementOf, endpointOf } from '../testing/cluster.fixture.ts';
import { Solo } from '../testing/solo.fixture.ts';

/** A registrar that has been given its mentor's peer list and waits for the table. The mentor is registrar 9. */
function downloading(options: Partial<EnrpMachineOptions> = {}): { solo: Solo; association: number } {
  const solo = new Solo({ peers: [endpointOf(9)], ...options }).start();
  const association = solo.take('open')[0]?.association ?? 0;
  solo.input({ type: 'associationUp', association, remote: endpointOf(9), inbound: false });
  solo.receive(9, { type: 'ENRP_LIST_RESPONSE', rejected: false, servers: [] }, { association });
  return { solo, association };
}

/** A part of the mentor's table. */
function page(identifiers: readonly number[], homeRegistrar: number, moreToSend: boolean) {
  const poolElements = identifiers.map((identifier) => elementOf(identifier, homeRegistrar));
  const poolEntries =
    poolElements.length === 0 ? [] : [{ poolHandle: poolHandleFromText('echo'), poolElements }];
  return { type: 'ENRP_HANDLE_TABLE_RESPONSE', rejected: false, moreToSend, poolEntries } as const;
}

describe('RFC 5353 section 3.2.3: a download while registrars fail', () => {
  it('counts elements to whoever has just taken their home over, though the mentor did not know yet', () => {
    const { solo, association } = downloading();
    solo.peer(3);
    solo.receive(3, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 7 });
    solo.receive(9, page([11], 7, false), { association });
    expect(solo.homeOf(11)).toBe(3);
    expect(solo.machine.state).toBe('ready');
  });

  it('follows a chain of takeovers, also a circular one', () => {
    const { solo, association } = downloading();
    solo.peer(3);
    solo.peer(4);
    solo.receive(3, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 7 });
    solo.receive(4, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 3 });
    solo.receive(9, page([11], 7, true), { association });
    expect(solo.homeOf(11)).toBe(4);
    solo.peer(7);
    solo.receive(7, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 4 });
    solo.receive(9, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 7 }, { association });
    solo.receive(9, page([12], 3, false), { association });
    expect(solo.homeOf(12)).toBe(9);
  });

  it('keeps what has registered with the newcomer itself and lives there, though the mentor took it over', () => {
    const { solo, association } = downloading({
      isAssociated: (element) => solo.handlespace.poolElement(element).identifier === 11,
    });
    for (const identifier of [11, 12])
      solo.handlespace.register(poolHandleFromText('echo'), elementOf(identifier, 5));
    solo.receive(9, page([11, 12], 9, false), { association });
    expect([solo.homeOf(11), solo.homeOf(12)]).toEqual([5, 9]);
  });

  it('counts elements to a registrar that was taken over and is back', () => {
    const { solo, association } = downloading();
    solo.peer(3);
    solo.receive(3, { type: 'ENRP_TAKEOVER_SERVER', targetIdentifier: 7 });
    solo.peer(7);
    solo.receive(9, page([11], 7, false), { association });
    expect(solo.homeOf(11)).toBe(7);
  });
});

describe('RFC 5353 section 3.4.3: a download names a registrar that nobody introduces', () => {
  it('is over it after MAX-TIME-LAST-HEARD from the end of the download: nothing can be sent to it', () => {
    const { solo, association } = downloading();
    solo.receive(9, page([11], 7, false), { association });
    const stayAlive = (): void => solo.receive(9, { type: 'ENRP_LIST_REQUEST' }, { association });
    solo.advance(30_000);
    stayAlive();
    solo.advance(30_999);
    stayAlive();
    expect(solo.sent().some((message) => message.type === 'ENRP_INIT_TAKEOVER')).toBe(false);
    solo.advance(1);
    expect(solo.sent()).toMatchObject([{ type: 'ENRP_INIT_TAKEOVER', targetIdentifier: 7 }]);
  });

  it('waits for it no more when it appears', () => {
    const { solo, association } = downloading();
    solo.receive(9, page([11], 7, false), { association });
    solo.advance(30_000);
    solo.peer(7);
    solo.receive(9, { type: 'ENRP_LIST_REQUEST' }, { association });
    solo.advance(31_001);
    expect(solo.sent().some((message) => message.type === 'ENRP_INIT_TAKEOVER')).toBe(false);
    expect(solo.homeOf(11)).toBe(7);
  });
});

describe('RFC 5353 section 3.2.3 item 4C: a download names what is known already', () => {
  it('replaces the attributes of an element whose home was not heard', () => {
    const { solo, association } = downloading();
    solo.receive(9, page([11], 7, true), { association });
    const poolElements = [{ ...elementOf(11, 7), registrationLife: 4242 }];
    const poolEntries = [{ poolHandle: poolHandleFromText('echo'), poolElements }];
    solo.receive(9, { ...page([], 7, false), poolEntries }, { association });
    const element = solo.handlespace.find(poolHandleFromText('echo'), 11);
    expect(solo.handlespace.elementCount).toBe(1);
    expect(element === undefined ? 0 : solo.handlespace.poolElement(element).registrationLife).toBe(4242);
  });
});

describe('a mentor that never comes to an end', () => {
  it('is left where a part of its table names nothing but says that there is more', () => {
    const { solo, association } = downloading();
    solo.sent();
    solo.receive(9, page([], 9, true), { association });
    expect(solo.sent()).toEqual([]);
    expect(solo.events()).toContainEqual(
      expect.objectContaining({ type: 'mentorFailed', reason: 'noProgress' }),
    );
    expect(solo.machine.state).toBe('ready');
  });

  it('is left after as many parts as are allowed', () => {
    const { solo, association } = downloading({ limits: { maximumTableParts: 3 } });
    for (const identifier of [11, 12, 13]) solo.receive(9, page([identifier], 9, true), { association });
    expect(solo.machine.state).toBe('initializing');
    solo.receive(9, page([14], 9, true), { association });
    expect(solo.events()).toContainEqual(
      expect.objectContaining({ type: 'mentorFailed', reason: 'noProgress' }),
    );
    expect(solo.machine.state).toBe('ready');
  });
});

import { type EnrpHandleTableResponse, encodeEnrpMessage, poolHandleFromText } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import type { EnrpLimits } from '../enrp-limits.ts';
import { elementOf, endpointOf } from '../testing/cluster.fixture.ts';
import { Solo } from '../testing/solo.fixture.ts';

/** A registrar with peers 8 and 9, own elements 1 .. `own` and one of peer 9. */
function serving(own: number, limits: Partial<EnrpLimits> = {}): Solo {
  const solo = new Solo({ limits }).start();
  solo.peer(8);
  solo.peer(9);
  for (let index = 1; index <= own; index += 1) {
    solo.handlespace.register(poolHandleFromText(`pool${index % 4}`), elementOf(index, 5));
  }
  solo.update(9, 0, 91);
  solo.sent();
  solo.events();
  return solo;
}

function request(solo: Solo, requester: number, ownChildrenOnly: boolean): EnrpHandleTableResponse {
  solo.receive(requester, { type: 'ENRP_HANDLE_TABLE_REQUEST', ownChildrenOnly });
  const response = solo.sent().find(({ type }) => type === 'ENRP_HANDLE_TABLE_RESPONSE');
  if (response?.type !== 'ENRP_HANDLE_TABLE_RESPONSE') throw new Error('no response');
  return response;
}

function identifiersIn(...responses: EnrpHandleTableResponse[]): number[] {
  return responses
    .flatMap((response) => response.poolEntries)
    .flatMap((entry) => entry.poolElements.map((element) => element.identifier))
    .toSorted((left, right) => left - right);
}

describe('RFC 5353 section 3.2.3: serving a handlespace download', () => {
  it('answers for an empty handlespace with an empty last message', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.sent();
    expect(request(solo, 9, false)).toMatchObject({ rejected: false, moreToSend: false, poolEntries: [] });
  });

  it('sends everything, or with the W flag what it owns itself', () => {
    const solo = serving(3);
    expect(identifiersIn(request(solo, 8, false))).toEqual([1, 2, 3, 91]);
    expect(identifiersIn(request(solo, 8, true))).toEqual([1, 2, 3]);
  });

  it('keeps track of the progress of each download, and sends every element once', () => {
    const solo = serving(5, { maximumTableElements: 2 });
    const left: EnrpHandleTableResponse[] = [];
    const right: EnrpHandleTableResponse[] = [];
    for (let part = 0; part < 3; part += 1) {
      left.push(request(solo, 8, false));
      right.push(request(solo, 9, false));
    }
    expect(identifiersIn(...left)).toEqual([1, 2, 3, 4, 5, 91]);
    expect(identifiersIn(...right)).toEqual([1, 2, 3, 4, 5, 91]);
    expect(left.map((response) => response.moreToSend)).toEqual([true, true, false]);
  });

  it('bounds each message in bytes', () => {
    const solo = serving(100, { maximumMessageBytes: 500 });
    const responses: EnrpHandleTableResponse[] = [];
    do responses.push(request(solo, 8, false));
    while (responses.at(-1)?.moreToSend === true);
    expect(responses.length).toBeGreaterThan(10);
    for (const response of responses) expect(encodeEnrpMessage(response).length).toBeLessThanOrEqual(500);
    expect(identifiersIn(...responses)).toHaveLength(101);
  });

  it('rejects while it initializes itself', () => {
    const solo = new Solo({ peers: [{ addresses: [Uint8Array.of(10, 0, 0, 7)], port: 9901 }] }).start();
    solo.peer(9);
    solo.sent();
    expect(request(solo, 9, false)).toMatchObject({ rejected: true, moreToSend: false, poolEntries: [] });
    expect(solo.events()).toContainEqual({ type: 'tableRequestRejected', peer: 9, reason: 'initializing' });
  });

  it('rejects a download beyond the limit, but not one that fits one message', () => {
    const solo = serving(5, { maximumTableElements: 5, maximumTableSessions: 1 });
    expect(request(solo, 8, false).moreToSend).toBe(true);
    expect(request(solo, 9, false)).toMatchObject({ rejected: true, poolEntries: [] });
    expect(request(solo, 9, true)).toMatchObject({ rejected: false, moreToSend: false });
    expect(request(solo, 8, false).moreToSend).toBe(false);
    expect(request(solo, 9, false).rejected).toBe(false);
  });

  it('aborts a session whose next request does not come in time, and begins anew then', () => {
    const solo = serving(5, { maximumTableElements: 2 });
    const first = request(solo, 8, false);
    solo.advance(4_999);
    expect(solo.events().map((event) => event.type)).not.toContain('tableSessionExpired');
    solo.advance(1);
    expect(solo.events()).toContainEqual({ type: 'tableSessionExpired', peer: 8 });
    expect(request(solo, 8, false).poolEntries).toEqual(first.poolEntries);
  });

  it('begins anew after the association of the requester was lost', () => {
    const solo = serving(5, { maximumTableElements: 2 });
    const first = request(solo, 8, false);
    solo.input({ type: 'associationLost', association: 8, reason: 'reset' });
    solo.connect(8);
    expect(request(solo, 8, false).poolEntries).toEqual(first.poolEntries);
  });

  it('tells whom it refused while it initialized when it is ready, so that nobody waits for the next heartbeat', () => {
    const solo = new Solo({ peers: [endpointOf(7)] }).start();
    for (const peer of [8, 9]) solo.peer(peer);
    expect(request(solo, 9, true)).toMatchObject({ rejected: true });
    // No mentor answers. That takes less than a heartbeat cycle.
    for (let seconds = 0; seconds < 25 && solo.machine.state !== 'ready'; seconds += 1) {
      solo.sent();
      solo.advance(1000);
    }
    expect(solo.machine.state).toBe('ready');
    const told = solo.sent().flatMap((message) => (message.type === 'ENRP_PRESENCE' ? [message.to] : []));
    expect(told).toEqual([9]);
  });
});

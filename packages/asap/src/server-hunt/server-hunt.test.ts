import { describe, expect, test } from 'vitest';
import { PoolUserMachine } from '../pool-user/pool-user-machine.ts';
import type { PoolUserOptions } from '../pool-user/pool-user-options.ts';
import { Hand, type Step } from '../testing/hand.fixture.ts';
import { formatEndpoint } from '../testing/format.fixture.ts';
import { echo, endpoint, middle, numbers, seeded } from '../testing/samples.fixture.ts';

function hunting(count: number, options: Partial<PoolUserOptions> = {}) {
  const registrars = Array.from({ length: count }, (_, index) =>
    endpoint(`10.0.0.${String(index + 1)}:3863`),
  );
  const machine = new PoolUserMachine({
    random: middle,
    allocateAssociation: numbers(),
    registrars,
    ...options,
  });
  const hand = new Hand(machine);
  // A report starts a hunt and, other than a request, has no timer of its own.
  const start = hand.give({ type: 'reportUnreachable', poolHandle: echo, poolElementIdentifier: 1 });
  return { hand, machine, start };
}

function openedTo(step: Step): string[] {
  return step.opens.map((open) => formatEndpoint(open.remote));
}

describe('RFC 5352 section 3.6: server hunt', () => {
  test('SH1: no more than three associations are tried at once, to different registrars', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { start } = hunting(10, { random: seeded(seed) });
      expect(new Set(openedTo(start)).size).toBe(3);
      expect(start.opens).toHaveLength(3);
    }
  });

  test('SH1: the choice is random', () => {
    const choices = Array.from({ length: 30 }, (_, seed) =>
      openedTo(hunting(10, { random: seeded(seed) }).start).join(),
    );
    expect(new Set(choices).size).toBeGreaterThan(10);
  });

  test('SH2: T5-Serverhunt starts with the hunt and lasts 10 seconds', () => {
    const { machine } = hunting(3);
    expect(machine.nextTimeout()).toBeCloseTo(10_000, 3);
  });

  test('SH3 and SH6: the first association ends the hunt, T5 stops, the others are closed', () => {
    const { hand, machine, start } = hunting(3);
    const [first, second, third] = start.opens;
    const step = hand.up(second?.association ?? 0, second?.remote);
    expect(step.closes.map((close) => close.association)).toEqual([first?.association, third?.association]);
    expect(step.eventTypes).toEqual(['serverHuntSucceeded', 'homeRegistrarChanged', 'unreachableReported']);
    expect(machine.nextTimeout()).toBeUndefined();
    expect(machine.homeRegistrar?.association).toBe(second?.association);
  });

  test('SH4: where one cannot be opened, another registrar is tried at once', () => {
    const { hand, start } = hunting(5);
    const step = hand.lose(start.opens[0]?.association ?? 0, 'refused');
    expect(step.opens).toHaveLength(1);
    expect(openedTo(start)).not.toContain(openedTo(step)[0]);
    expect(step.eventTypes).toEqual(['serverHuntAttemptFailed', 'serverHuntAttempt']);
  });

  test('a registrar that refuses is tried once a round, not in a tight loop', () => {
    const { hand, start } = hunting(1);
    expect(hand.lose(start.opens[0]?.association ?? 0, 'refused').opens).toEqual([]);
    expect(hand.pass(9_999).opens).toEqual([]);
    expect(hand.pass(2).opens).toHaveLength(1);
  });

  test('SH5.1: T5 doubles up to RETRAN-MAX', () => {
    const { hand } = hunting(1);
    const step = hand.pass(185_000);
    expect(step.events('serverHuntTimeout').map((event) => event['nextTimeoutMs'])).toEqual([
      20_000, 40_000, 60_000, 60_000,
    ]);
  });

  test('SH5.1: T5 is back at its initial value after a success (SH3)', () => {
    const { hand, machine, start } = hunting(1);
    hand.lose(start.opens[0]?.association ?? 0);
    const later = hand.pass(40_000);
    hand.up(later.opens.at(-1)?.association ?? 0);
    hand.lose(machine.homeRegistrar?.association ?? 0);
    hand.give({ type: 'reportUnreachable', poolHandle: echo, poolElementIdentifier: 1 });
    expect((machine.nextTimeout() ?? 0) - hand.now).toBeCloseTo(10_000, 3);
  });

  test('SH5.2: when T5 expires the attempts of the round are given up', () => {
    const { hand, start } = hunting(3);
    const step = hand.pass(10_001);
    expect(step.closes.map((close) => close.association)).toEqual(
      start.opens.map((open) => open.association),
    );
    expect(step.closes.every((close) => close.abort)).toBe(true);
  });

  test('SH5.3: the next round prefers registrars that were not tried in the last one', () => {
    const { hand, start } = hunting(6);
    const tried = new Set([...openedTo(start), ...openedTo(hand.pass(10_001))]);
    expect(tried.size).toBe(6);
  });

  test('the registrar that failed is tried last', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { hand, machine, start } = hunting(4, { random: seeded(seed) });
      const first = start.opens[0];
      hand.up(first?.association ?? 0, first?.remote);
      hand.lose(machine.homeRegistrar?.association ?? 0);
      const step = hand.give({ type: 'reportUnreachable', poolHandle: echo, poolElementIdentifier: 1 });
      expect(openedTo(step)).not.toContain(formatEndpoint(first?.remote));
    }
  });

  test('a hunt ends with an event after the last round, and its associations are closed', () => {
    const { hand, machine } = hunting(3, { timing: { maximumServerHuntRounds: 2 } });
    const step = hand.pass(100_000);
    expect(step.events('serverHuntFailed')).toEqual([{ type: 'serverHuntFailed', rounds: 2 }]);
    expect(step.events('unreachableReportDropped')).toHaveLength(1);
    expect(step.closes).toHaveLength(6);
    expect(machine.nextTimeout()).toBeUndefined();
  });

  test('T5 varies by a tenth, so that the clients of a dead registrar fall out of step', () => {
    const times = Array.from(
      { length: 100 },
      (_, seed) => hunting(1, { random: seeded(seed) }).machine.nextTimeout() ?? 0,
    );
    expect(Math.min(...times)).toBeGreaterThanOrEqual(9_000);
    expect(Math.max(...times)).toBeLessThanOrEqual(11_000);
    expect(new Set(times).size).toBeGreaterThan(50);
  });

  test('an association that comes up when the hunt is over is closed', () => {
    const { hand, start } = hunting(2);
    hand.up(start.opens[0]?.association ?? 0);
    expect(hand.up(start.opens[1]?.association ?? 0).closes).toEqual([
      { type: 'close', association: start.opens[1]?.association, abort: true },
    ]);
  });
});

describe('RFC 5352 section 3.6: announced registrars', () => {
  const source = endpoint('10.0.9.9:40000');

  function announce(hand: ReturnType<typeof hunting>['hand'], identifier: number, address: string) {
    const remote = endpoint(address);
    return hand.network({
      type: 'groupMessage',
      source,
      message: {
        type: 'ASAP_SERVER_ANNOUNCE',
        serverIdentifier: identifier,
        transports: [{ protocol: 'sctp', port: remote.port, transportUse: 0, addresses: remote.addresses }],
      },
    });
  }

  test('a new address enters the list and is tried by a hunt that is on', () => {
    const { hand } = hunting(0);
    const step = announce(hand, 77, '10.0.0.7:3863');
    expect(step.events('registrarLearnt')).toHaveLength(1);
    expect(openedTo(step)).toEqual(['10.0.0.7:3863']);
  });

  test('the identifier of an announced registrar is known when it becomes the home registrar', () => {
    const { hand, machine } = hunting(0);
    const step = announce(hand, 77, '10.0.0.7:3863');
    hand.up(step.opens[0]?.association ?? 0, step.opens[0]?.remote);
    expect(machine.homeRegistrar?.serverIdentifier).toBe(77);
  });

  test('without transport parameters the source address and the registered port are meant', () => {
    const { hand } = hunting(0);
    const message = { type: 'ASAP_SERVER_ANNOUNCE', serverIdentifier: 7, transports: [] } as const;
    expect(openedTo(hand.network({ type: 'groupMessage', source, message }))).toEqual(['10.0.9.9:3863']);
  });

  test('without transport parameters the profile rsplib takes the source port as well', () => {
    const { hand } = hunting(0, { timing: { announcedPort: 'source' } });
    const message = { type: 'ASAP_SERVER_ANNOUNCE', serverIdentifier: 7, transports: [] } as const;
    expect(openedTo(hand.network({ type: 'groupMessage', source, message }))).toEqual(['10.0.9.9:40000']);
  });

  test('only the transports that the client speaks are taken', () => {
    const message = {
      type: 'ASAP_SERVER_ANNOUNCE',
      serverIdentifier: 7,
      transports: [
        { protocol: 'sctp', port: 1, transportUse: 0, addresses: endpoint('10.0.0.1:1').addresses },
        { protocol: 'tcp', port: 2, address: new Uint8Array([10, 0, 0, 2]) },
      ],
    } as const;
    for (const [announcedTransport, expected] of [
      ['sctp', '10.0.0.1:1'],
      ['tcp', '10.0.0.2:2'],
    ] as const) {
      const { hand } = hunting(0, { announcedTransport });
      expect(openedTo(hand.network({ type: 'groupMessage', source, message }))).toEqual([expected]);
    }
  });

  test('T7-ENRPoutdate: an address is deleted 5 seconds after its last announcement', () => {
    const { hand } = hunting(0);
    announce(hand, 77, '10.0.0.7:3863');
    expect(hand.pass(4_000).events('registrarOutdated')).toEqual([]);
    announce(hand, 77, '10.0.0.7:3863');
    expect(hand.pass(4_999).events('registrarOutdated')).toEqual([]);
    expect(hand.pass(1).events('registrarOutdated')).toHaveLength(1);
  });

  test('configured registrars never outdate', () => {
    const { hand, machine } = hunting(1);
    announce(hand, 1, '10.0.0.1:3863');
    hand.up(1);
    expect(machine.nextTimeout()).toBeUndefined();
    expect(machine.homeRegistrar?.serverIdentifier).toBe(1);
  });

  test('a flood of announcements does not grow the list without bound', () => {
    const { hand, machine } = hunting(0);
    let learnt = 0;
    for (let host = 1; host <= 250; host++) {
      learnt += announce(hand, host, `10.9.0.${String(host)}:3863`).events('registrarLearnt').length;
    }
    expect(learnt).toBe(64);
    expect(machine.runningTimers()).toHaveLength(65);
  });

  test('a registrar that was refused and is then announced is tried again, once a round', () => {
    const { hand, start } = hunting(1);
    hand.lose(start.opens[0]?.association ?? 0, 'refused');
    const again = announce(hand, 1, '10.0.0.1:3863');
    expect(again.opens).toHaveLength(1);
    hand.lose(again.opens[0]?.association ?? 0, 'refused');
    expect(announce(hand, 1, '10.0.0.1:3863').opens).toEqual([]);
  });

  test('announcements are not listened to where the application does not want it', () => {
    const { hand } = hunting(0, { listenToAnnounces: false });
    expect(announce(hand, 77, '10.0.0.7:3863').outputs).toEqual([]);
  });

  test('an announcement of port 0 is of no use', () => {
    const { hand } = hunting(0);
    expect(announce(hand, 77, '10.0.0.7:0').opens).toEqual([]);
  });
});

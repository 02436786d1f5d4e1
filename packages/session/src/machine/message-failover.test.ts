import { describe, expect, test } from 'vitest';
import type { SessionEvent } from './session-event.ts';
import { benchOf, elementOf, messageOf, type SessionBench } from './testing/machine.fixture.ts';

function lose(bench: SessionBench) {
  return bench.give({ type: 'associationLost', association: bench.association(), reason: 'reset' });
}

function send(bench: SessionBench, byte: number, failover: boolean) {
  const message = messageOf(byte);
  return bench.give({ type: 'send', message: failover ? message : { ...message, failover } });
}

/** What came back: the bytes, whom they were sent to, and whether that one may have got them. */
function returned(bench: SessionBench): [number | undefined, number | undefined, boolean][] {
  return bench.outputs.flatMap((output): [number | undefined, number | undefined, boolean][] => {
    if (output.type !== 'event' || output.event.type !== 'sendFailed') return [];
    const event: Extract<SessionEvent, { type: 'sendFailed' }> = output.event;
    return [[event.message.data[0], event.element?.identifier, event.mayHaveArrived]];
  });
}

function sentBytes(outputs: SessionBench['outputs']): (number | undefined)[] {
  return outputs.flatMap((output) => (output.type === 'sendData' ? [output.message.data[0]] : []));
}

function connected(options: Parameters<typeof benchOf>[0] = {}): SessionBench {
  const bench = benchOf(options);
  bench.give({ type: 'connect' });
  bench.connect([1, 2, 3]);
  return bench;
}

describe('RFC 5352 section 6.5.5: ASAP_SEND_NO_FAILOVER for one message of a session', () => {
  test('what waits for a congested element comes back when that is lost; the others go to the next', () => {
    const bench = connected();
    bench.give({ type: 'congested', association: bench.association() });
    send(bench, 10, true);
    send(bench, 11, false);
    send(bench, 12, true);
    lose(bench);
    expect(returned(bench)).toEqual([[11, 1, false]]);
    expect(sentBytes(bench.connect([1, 2, 3]))).toEqual([10, 12]);
  });

  test('what the association did not take any more comes back', () => {
    const bench = connected();
    const message = { ...messageOf(10), failover: false };
    bench.give({ type: 'send', message });
    bench.give({ type: 'notSent', association: bench.association(), message });
    lose(bench);
    expect(returned(bench)).toEqual([[10, 1, false]]);
    expect(sentBytes(bench.connect([2]))).toEqual([]);
  });

  test('what waits for the first element comes back when that cannot be reached', () => {
    const bench = benchOf();
    bench.give({ type: 'connect' });
    send(bench, 10, false);
    send(bench, 11, true);
    bench.give({ type: 'resolutionFailed', reason: 'timeout', causes: [] });
    expect(returned(bench)).toEqual([]);
    bench.expire();
    bench.connect([1, 2], true);
    expect(sentBytes(bench.outputs)).toEqual([10, 11]);
    lose(bench);
    send(bench, 12, false);
    bench.connect([1, 2]);
    expect(sentBytes(bench.outputs)).toEqual([10, 11, 12]);

    const other = benchOf();
    other.give({ type: 'connect' });
    send(other, 20, false);
    send(other, 21, true);
    other.give({ type: 'resolved', pool: { ...poolOfTwo } });
    lose(other);
    expect(returned(other)).toEqual([[20, 1, false]]);
    other.give({
      type: 'associationUp',
      association: other.association(),
      controlChannel: true,
      heartbeats: true,
    });
    expect(sentBytes(other.outputs)).toEqual([21]);
  });

  test('it is not sent again with sinceCookie either, and is said to have arrived perhaps', () => {
    const bench = connected({ resend: 'sinceCookie' });
    send(bench, 10, true);
    send(bench, 11, false);
    send(bench, 12, true);
    lose(bench);
    expect(returned(bench)).toEqual([[11, 1, true]]);
    expect(sentBytes(bench.connect([2]))).toEqual([10, 12]);
  });

  test('what a cookie covers does not come back', () => {
    const bench = connected({ resend: 'sinceCookie' });
    send(bench, 10, false);
    bench.give({
      type: 'control',
      association: bench.association(),
      message: { type: 'ASAP_COOKIE', cookie: Uint8Array.of(1) },
      reports: [],
    });
    lose(bench);
    expect(returned(bench)).toEqual([]);
  });
});

const poolOfTwo = {
  poolHandle: new TextEncoder().encode('TestPool'),
  policy: { type: 'roundRobin' },
  poolElements: [elementOf(1), elementOf(2)],
  fromCache: false,
} as const;

describe('RFC 5352 section 6.7: Error.Report', () => {
  test('every message that no element took comes back when the session is closed or cut', () => {
    const bench = connected();
    bench.give({ type: 'congested', association: bench.association() });
    send(bench, 10, true);
    send(bench, 11, true);
    bench.give({ type: 'close' });
    bench.expire();
    while (bench.machine.state !== 'closed') bench.expire();
    expect(returned(bench)).toEqual([
      [10, undefined, false],
      [11, undefined, false],
    ]);
    expect(bench.event('closed')).toMatchObject({ undelivered: 2 });
  });

  test('a message that the transport gives back names the element', () => {
    const bench = connected();
    send(bench, 10, true);
    bench.give({ type: 'sendFailed', association: bench.association(), message: messageOf(10) });
    expect(returned(bench)).toEqual([[10, 1, true]]);
  });
});

describe('a session without failover', () => {
  test('fails when its element is lost, and all that waits comes back', () => {
    const bench = connected({ failover: false });
    bench.give({ type: 'congested', association: bench.association() });
    send(bench, 10, true);
    lose(bench);
    expect(bench.machine.state).toBe('failed');
    expect(bench.event('failed')).toMatchObject({
      failure: { reason: 'noFailover', lastAttempt: { kind: 'element', reason: 'reset' } },
    });
    expect(returned(bench)).toEqual([[10, undefined, false]]);
    expect(bench.types()).not.toContain('failoverStarted');
    expect(bench.machine.nextTimeout()).toBeUndefined();
  });

  test('fails when its first element cannot be reached', () => {
    const bench = benchOf({ failover: false });
    bench.give({ type: 'connect' });
    bench.give({ type: 'resolved', pool: poolOfTwo });
    lose(bench);
    expect(bench.machine.state).toBe('failed');
  });
});

describe('RFC 5352 section 6.5.3: a session with a pool element handle', () => {
  test('goes to that element at once, then has the pool handle resolved', () => {
    const bench = benchOf({ firstElement: elementOf(2) });
    expect(
      bench.give({ type: 'connect' }).filter(({ type }) => type === 'open' || type === 'populateCache'),
    ).toMatchObject([{ type: 'open', poolElement: { identifier: 2 } }, { type: 'populateCache' }]);
    bench.give({
      type: 'associationUp',
      association: bench.association(),
      controlChannel: true,
      heartbeats: true,
    });
    expect(bench.machine.element?.identifier).toBe(2);
  });

  test('goes on with another element of the pool when it cannot be reached', () => {
    const bench = benchOf({ firstElement: elementOf(2) });
    bench.give({ type: 'connect' });
    expect(lose(bench)).toContainEqual({ type: 'resolve', bypassCache: true });
    bench.connect([1, 2]);
    expect(bench.machine.element?.identifier).toBe(1);
  });
});

describe('RFC 5352 section 3.5: a session reports', () => {
  test('only elements that it went to, once each', () => {
    const bench = benchOf();
    bench.give({ type: 'forceFailover', reportUnreachable: true });
    bench.give({ type: 'connect' });
    bench.give({ type: 'forceFailover', reportUnreachable: true });
    bench.give({ type: 'resolved', pool: poolOfTwo });
    lose(bench);
    lose(bench);
    bench.give({ type: 'forceFailover', reportUnreachable: true });
    const reports = bench.outputs.filter(({ type }) => type === 'reportUnreachable');
    expect(reports).toEqual([
      { type: 'reportUnreachable', poolElementIdentifier: 1 },
      { type: 'reportUnreachable', poolElementIdentifier: 2 },
    ]);
  });
});

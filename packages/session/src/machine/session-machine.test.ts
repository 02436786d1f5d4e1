import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ElementLossReason } from './attempt-failure.ts';
import { cookieCoverageParameter } from './cookie-coverage.ts';
import type { SessionInput } from './session-input.ts';
import { benchOf, messageOf, poolOf, type SessionBench } from './testing/machine.fixture.ts';

function lose(bench: SessionBench, reason: ElementLossReason = 'reset'): ReturnType<SessionBench['give']> {
  return bench.give({ type: 'associationLost', association: bench.association(), reason });
}

function giveCookie(bench: SessionBench, byte: number, coverage?: number): void {
  bench.give({
    type: 'control',
    association: bench.association(),
    message: {
      type: 'ASAP_COOKIE',
      cookie: Uint8Array.of(byte),
      ...(coverage === undefined ? {} : { unknownParameters: [cookieCoverageParameter(coverage)] }),
    },
    reports: [],
  });
}

function sentBytes(outputs: ReturnType<SessionBench['give']>): (number | string)[] {
  return outputs.flatMap((output): (number | string)[] => {
    if (output.type === 'sendData') return [output.message.data[0] ?? -1];
    return output.type === 'sendControl' ? [output.message.type] : [];
  });
}

describe('RFC 5352 section 3.8: the session machine', () => {
  test('says each step of a connection and a failover in an event', () => {
    const bench = benchOf();
    bench.give({ type: 'connect' });
    bench.connect([1, 2]);
    giveCookie(bench, 9);
    bench.pass(120);
    lose(bench);
    bench.pass(7);
    bench.connect([1, 2]);
    expect(bench.types()).toEqual([
      'resolving',
      'selected',
      'connecting',
      'connected',
      'cookieStored',
      'elementLost',
      'failoverStarted',
      'reportedUnreachable',
      'resolving',
      'selected',
      'connecting',
      'connected',
      'failoverComplete',
    ]);
    expect(bench.event('elementLost')).toMatchObject({ reason: 'reset', detectMs: 120 });
    expect(bench.event('failoverComplete')).toMatchObject({
      from: { identifier: 1 },
      to: { identifier: 2 },
      withCookie: true,
      durationMs: 7,
      resentMessages: 0,
    });
  });

  test('tries the element that it has left after all others, but at once where it may return', () => {
    const elementAfter = (mayReturn: boolean, answer: readonly number[]): number | undefined => {
      const bench = benchOf({ mayReturn });
      bench.give({ type: 'connect' });
      bench.connect([1]);
      bench.give({ type: 'forceFailover', reportUnreachable: true });
      bench.give({ type: 'resolved', pool: poolOf(answer) });
      const opened = bench.outputs.findLast((output) => output.type === 'open');
      return bench.machine.state === 'connecting' ? opened?.poolElement.identifier : undefined;
    };
    expect(elementAfter(false, [1, 2])).toBe(2);
    expect(elementAfter(false, [1])).toBeUndefined();
    expect(elementAfter(true, [1, 2])).toBe(1);
    expect(elementAfter(true, [1])).toBe(1);
  });

  test('goes round the elements that it could not reach with a pause, also where it may return', () => {
    const bench = benchOf({ mayReturn: true });
    bench.give({ type: 'connect' });
    bench.give({ type: 'resolved', pool: poolOf([1]) });
    bench.give({ type: 'associationLost', association: bench.association(), reason: 'connection-refused' });
    bench.give({ type: 'resolved', pool: poolOf([1]) });
    expect(bench.machine.state).toBe('waiting');
  });

  test('sends the latest cookie unchanged, before everything else', () => {
    const bench = benchOf({ resend: 'sinceCookie' });
    bench.give({ type: 'connect' });
    bench.connect([1, 2]);
    giveCookie(bench, 1);
    giveCookie(bench, 2);
    bench.give({ type: 'send', message: messageOf(10) });
    lose(bench);
    bench.give({ type: 'send', message: messageOf(11) });
    const outputs = bench.connect([1, 2]);
    expect(sentBytes(outputs)).toEqual(['ASAP_COOKIE_ECHO', 10, 11]);
    expect(outputs.find(({ type }) => type === 'sendControl')).toMatchObject({
      message: { cookie: Uint8Array.of(2) },
    });
  });

  test('keeps a copy of the cookie: the packet it came in may be used again', () => {
    const bench = benchOf();
    bench.give({ type: 'connect' });
    bench.connect([1]);
    const packet = Uint8Array.of(1, 2, 3);
    bench.give({
      type: 'control',
      association: bench.association(),
      message: { type: 'ASAP_COOKIE', cookie: packet.subarray(1) },
      reports: [],
    });
    packet.fill(0);
    expect(bench.machine.cookie).toEqual(Uint8Array.of(2, 3));
  });

  test('a cookie without coverage covers all that was sent, one with coverage exactly so much', () => {
    for (const [coverage, again] of [
      [undefined, []],
      [0, [10, 11, 12]],
      [2, [12]],
      [7, []],
    ] as const) {
      const bench = benchOf({ resend: 'sinceCookie' });
      bench.give({ type: 'connect' });
      bench.connect([1, 2]);
      for (const byte of [10, 11, 12]) bench.give({ type: 'send', message: messageOf(byte) });
      giveCookie(bench, 1, coverage);
      lose(bench);
      expect(sentBytes(bench.connect([1, 2]))).toEqual(['ASAP_COOKIE_ECHO', ...again]);
    }
  });

  test('without a control channel nothing is sent on it, and nothing is kept for a cookie', () => {
    const bench = benchOf({ resend: 'sinceCookie', cookie: Uint8Array.of(1) });
    bench.give({ type: 'connect' });
    bench.connect([1, 2], false);
    bench.give({ type: 'send', message: messageOf(10) });
    giveCookie(bench, 2);
    lose(bench);
    expect(sentBytes(bench.connect([1, 2], false))).toEqual([]);
    expect(bench.machine.cookie).toEqual(Uint8Array.of(1));
  });

  test('messages that the lost association had not taken go to the next element, in order', () => {
    const bench = benchOf();
    bench.give({ type: 'connect' });
    bench.connect([1, 2]);
    bench.give({ type: 'congested', association: 1 });
    bench.give({ type: 'send', message: messageOf(12) });
    bench.give({ type: 'notSent', association: 1, message: messageOf(10) });
    bench.give({ type: 'notSent', association: 1, message: messageOf(11) });
    lose(bench);
    expect(sentBytes(bench.connect([1, 2]))).toEqual([10, 11, 12]);
  });
});

describe('RFC 5352 section 2.2.14: the control channel', () => {
  test('answers what the codec reports with an ASAP_ERROR, but never an ASAP_ERROR', () => {
    const bench = benchOf();
    bench.give({ type: 'connect' });
    bench.connect([1]);
    const cause = { code: 2, information: Uint8Array.of(1) };
    const error = {
      code: 'unknown-message',
      offset: 0,
      type: 0x4f,
      messageType: 0x4f,
      action: 'report',
      reason: 'unknown',
      cause,
    } as const;
    expect(bench.give({ type: 'malformedControl', association: 1, error })).toEqual([
      { type: 'sendControl', association: 1, message: { type: 'ASAP_ERROR', error: { causes: [cause] } } },
    ]);
    const inError = { ...error, messageType: 0x0e };
    expect(bench.give({ type: 'malformedControl', association: 1, error: inError })).toEqual([]);
    expect(
      bench.give({ type: 'malformedControl', association: 1, error: { ...error, action: 'discard' } }),
    ).toEqual([]);
    const answers = bench.give({
      type: 'control',
      association: 1,
      message: { type: 'ASAP_ERROR', error: { causes: [cause] } },
      reports: [cause],
    });
    expect(sentBytes(answers)).toEqual([]);
    expect(bench.event('controlError')).toMatchObject({ messageType: 'ASAP_ERROR', causes: [cause] });
  });
});

describe('a session machine that finds no element', () => {
  test('pauses longer and longer up to the cap, within the jitter', () => {
    const bench = benchOf({
      timing: { retryDelayMs: 100, maximumRetryDelayMs: 1_000, retryJitter: 0.5, connectTimeoutMs: 60_000 },
    });
    bench.give({ type: 'connect' });
    const delays: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      bench.give({ type: 'resolutionFailed', reason: 'unknownPoolHandle', causes: [] });
      delays.push(bench.event('retry')?.delayMs ?? 0);
      bench.expire();
    }
    for (const [round, delay] of delays.entries()) {
      const base = Math.min(1_000, 100 * 2 ** round);
      expect(delay).toBeGreaterThanOrEqual(base * 0.5);
      expect(delay).toBeLessThanOrEqual(Math.min(1_000, base * 1.5));
    }
    expect(new Set(delays).size).toBe(delays.length);
  });

  test('tries each element before it tries one again, and asks past the cache before a pause', () => {
    const bench = benchOf();
    bench.give({ type: 'connect' });
    const tried: number[] = [];
    bench.give({ type: 'resolved', pool: poolOf([1, 2, 3], true) });
    const collect = (): void => {
      const identifier = bench.event('connecting')?.element.identifier;
      if (identifier !== undefined) tried.push(identifier);
    };
    for (let attempt = 0; attempt < 3; attempt += 1) {
      collect();
      lose(bench, 'connection-refused');
    }
    expect(tried).toEqual([1, 2, 3]);
    expect(bench.event('resolving')).toMatchObject({ bypassCache: true });
    expect(bench.types()).not.toContain('retry');
    bench.give({ type: 'resolved', pool: poolOf([1, 2, 3, 4]) });
    collect();
    expect(tried.at(-1)).toBe(4);
    lose(bench, 'connection-refused');
    expect(bench.types().at(-1)).toBe('retry');
  });

  test('ends at connectTimeoutMs whatever happens, and stays ended', () => {
    const bench = benchOf({ timing: { connectTimeoutMs: 3_000 } });
    bench.give({ type: 'connect' });
    while (bench.machine.state !== 'failed') bench.expire();
    expect(bench.now()).toBe(3_000);
    expect(bench.outputs).toContainEqual({ type: 'cancelResolution' });
    expect(bench.event('failed')?.failure).toEqual({ reason: 'connectTimeout', attempts: 0 });
    expect(bench.machine.nextTimeout()).toBeUndefined();
    expect(bench.give({ type: 'send', message: messageOf(1) })).toEqual([]);
    expect(bench.machine.refusal(1)).toBe('ended');
  });

  test('gives up an element that does not answer, and reports it', () => {
    const bench = benchOf({ timing: { elementConnectTimeoutMs: 500 } });
    bench.give({ type: 'connect' });
    bench.give({ type: 'resolved', pool: poolOf([1, 2]) });
    const outputs = bench.expire();
    expect(bench.now()).toBe(500);
    expect(outputs).toContainEqual({ type: 'close', association: 1, abort: true });
    expect(outputs).toContainEqual({ type: 'reportUnreachable', poolElementIdentifier: 1 });
    expect(bench.event('connecting')).toMatchObject({ element: { identifier: 2 } });
  });

  test('ends when elements accept it and drop it again at once, which no timeout notices', () => {
    const bench = benchOf({ timing: { maximumFailoverAttempts: 10 } });
    bench.give({ type: 'connect' });
    for (let round = 0; round < 100 && bench.machine.state !== 'failed'; round += 1) {
      if (bench.machine.state === 'waiting') bench.expire();
      else if (bench.machine.state === 'connecting') {
        bench.give({
          type: 'associationUp',
          association: bench.association(),
          controlChannel: true,
          heartbeats: true,
        });
        lose(bench);
      } else bench.give({ type: 'resolved', pool: poolOf([1, 2]) });
    }
    expect(bench.event('failed')?.failure).toMatchObject({ reason: 'tooManyAttempts', attempts: 10 });
    expect(bench.types()).toContain('retry');
  });

  test('forgets earlier attempts once a connection has held', () => {
    const bench = benchOf({ timing: { maximumFailoverAttempts: 4, stabilityMs: 1_000 } });
    bench.give({ type: 'connect' });
    for (let round = 0; round < 20; round += 1) {
      bench.connect([1, 2, 3]);
      bench.expire();
      lose(bench);
    }
    expect(bench.machine.state).toBe('resolving');
    expect(bench.now()).toBe(20_000);
  });

  test('does not report an element that closed gracefully, restarted or was left on purpose', () => {
    for (const reason of ['closed-by-peer', 'restarted'] as const) {
      const bench = benchOf();
      bench.give({ type: 'connect' });
      bench.connect([1, 2]);
      const outputs = lose(bench, reason);
      expect(outputs.some(({ type }) => type === 'reportUnreachable')).toBe(false);
      expect(outputs.some(({ type }) => type === 'close')).toBe(reason === 'restarted');
    }
    const bench = benchOf();
    bench.give({ type: 'connect' });
    bench.connect([1, 2]);
    const quiet = bench.give({ type: 'forceFailover', reportUnreachable: false });
    expect(quiet).toContainEqual({ type: 'close', association: 1, abort: false });
    expect(quiet.some(({ type }) => type === 'reportUnreachable')).toBe(false);
    bench.connect([1, 2]);
    expect(bench.give({ type: 'forceFailover', reportUnreachable: true })).toContainEqual({
      type: 'reportUnreachable',
      poolElementIdentifier: 2,
    });
  });

  test('tells of a message that an element had not acknowledged when it was left on purpose', () => {
    const bench = benchOf();
    bench.give({ type: 'connect' });
    bench.connect([1, 2]);
    bench.give({ type: 'send', message: messageOf(7) });
    bench.give({ type: 'forceFailover', reportUnreachable: true });
    expect(bench.give({ type: 'sendFailed', association: 1, message: messageOf(7) })).toContainEqual({
      type: 'event',
      event: expect.objectContaining({ type: 'sendFailed', message: messageOf(7), mayHaveArrived: true }),
    });
    bench.connect([1, 2]);
    bench.give({ type: 'abort' });
    expect(bench.give({ type: 'sendFailed', association: 1, message: messageOf(7) })).toEqual([]);
  });
});

describe('whatever happens to a session machine', () => {
  const association = fc.integer({ min: 0, max: 6 });
  const input: fc.Arbitrary<SessionInput | 'expire'> = fc.oneof(
    fc.constant({ type: 'connect' as const }),
    fc.integer({ min: 0, max: 255 }).map((byte) => ({ type: 'send' as const, message: messageOf(byte) })),
    fc.boolean().map((reportUnreachable) => ({ type: 'forceFailover' as const, reportUnreachable })),
    fc.constantFrom({ type: 'close' as const }, { type: 'abort' as const }),
    fc
      .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 4 })), fc.boolean())
      .map(([identifiers, fromCache]) => ({
        type: 'resolved' as const,
        pool: poolOf(identifiers, fromCache),
      })),
    fc.constant({ type: 'resolutionFailed' as const, reason: 'timeout' as const, causes: [] }),
    fc.tuple(association, fc.boolean()).map(([number, controlChannel]) => ({
      type: 'associationUp' as const,
      association: number,
      controlChannel,
      heartbeats: true,
    })),
    fc
      .tuple(
        association,
        fc.constantFrom<ElementLossReason>('reset', 'closed-by-peer', 'restarted', 'heartbeat'),
      )
      .map(([number, reason]) => ({ type: 'associationLost' as const, association: number, reason })),
    fc
      .tuple(association, fc.constantFrom('congested' as const, 'writable' as const))
      .map(([number, type]) => ({ type, association: number })),
    fc
      .tuple(association, fc.constantFrom('notSent' as const, 'sendFailed' as const, 'data' as const))
      .map(([number, type]) => ({ type, association: number, message: messageOf(1) })),
    association.map((number) => ({
      type: 'control' as const,
      association: number,
      message: { type: 'ASAP_COOKIE' as const, cookie: Uint8Array.of(1) },
      reports: [],
    })),
    fc.constant('expire' as const),
  );

  test('it never throws, sends only on its one association, and ends at most once', () => {
    fc.assert(
      fc.property(
        fc.array(input, { maxLength: 120 }),
        fc.constantFrom('none', 'sinceCookie'),
        (inputs, resend) => {
          const bench = benchOf({ resend, timing: { maximumFailoverAttempts: 8 } });
          let open: number | undefined;
          let isUp = false;
          for (const step of inputs) {
            const known = open;
            const wasUp = isUp;
            if (step !== 'expire' && 'association' in step && step.association === known) {
              if (step.type === 'associationUp') isUp = true;
              if (step.type === 'associationLost') isUp = false;
              if (step.type === 'associationLost' && step.reason !== 'restarted') open = undefined;
            }
            const outputs = step === 'expire' ? bench.expire() : bench.give(step);
            for (const output of outputs) {
              if (output.type === 'open') {
                expect(open).toBeUndefined();
                open = output.association;
                isUp = false;
              } else if (output.type === 'close') {
                expect(output.association).toBe(open ?? known);
                open = undefined;
              } else if (output.type === 'sendData' || output.type === 'sendControl') {
                expect(output.association).toBe(open);
                expect(isUp || wasUp).toBe(true);
              }
            }
          }
          const ends = bench.types().filter((type) => type === 'failed' || type === 'closed');
          expect(ends.length).toBeLessThanOrEqual(1);
          const hasEnded = bench.machine.state === 'failed' || bench.machine.state === 'closed';
          expect(ends.length === 1).toBe(hasEnded);
          if (hasEnded) expect(bench.machine.nextTimeout()).toBeUndefined();
        },
      ),
      { numRuns: 500, seed: 5352 },
    );
  });
});

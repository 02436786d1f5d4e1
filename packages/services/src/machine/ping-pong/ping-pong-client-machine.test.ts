import { describe, expect, it } from 'vitest';
import { drain, runUntil } from '../testing.fixture.ts';
import { PingPongClientMachine } from './ping-pong-client-machine.ts';
import type { PingPongClientOptions } from './ping-pong-client-types.ts';
import { PingPongReplies } from './ping-pong-replies.ts';

function started(options: PingPongClientOptions): PingPongClientMachine {
  const machine = new PingPongClientMachine({ intervalMs: 100, replyTimeoutMs: 1000, ...options });
  machine.handle({ type: 'start' }, 0);
  return machine;
}

function pong(machine: PingPongClientMachine, messageNumber: number, replyNumber: number, now: number): void {
  const packet = { type: 'pong', messageNumber, replyNumber, data: new Uint8Array() } as const;
  machine.handle({ type: 'packet', packet }, now);
}

describe('the user’s side of PingPong', () => {
  it('sends a ping every so often, and is finished when each has its reply', () => {
    const machine = started({ count: 3 });
    const sent = [{ at: 0, output: drain(machine)[0] }, ...runUntil(machine, 500)];
    expect(sent.map(({ at, output }) => [at, output?.type])).toEqual([
      [0, 'send'],
      [100, 'send'],
      [200, 'send'],
    ]);
    for (const number of [1, 2, 3]) pong(machine, number, number, 210);
    expect(drain(machine).at(-1)).toEqual({ type: 'finished' });
    expect(machine.summary).toMatchObject({ sent: 3, replies: 3, lost: 0, outOfOrder: 0 });
    expect(machine.nextTimeout()).toBeUndefined();
  });

  it('counts a ping without a reply as lost when its time is over', () => {
    const machine = started({ count: 2 });
    drain(machine);
    runUntil(machine, 100);
    pong(machine, 2, 1, 150);
    drain(machine);
    expect(runUntil(machine, 5000).map(({ at, output }) => [at, output.type])).toEqual([
      [1000, 'event'],
      [1000, 'finished'],
    ]);
    expect(machine.summary).toMatchObject({ replies: 1, lost: 1, roundTripMs: 50, maximumRoundTripMs: 50 });
  });

  it('tells a reply that comes behind that of a later ping', () => {
    const machine = started({ count: 2 });
    runUntil(machine, 100);
    pong(machine, 2, 1, 110);
    pong(machine, 1, 2, 120);
    expect(machine.summary).toMatchObject({ replies: 2, outOfOrder: 1 });
  });

  it.each([
    ['of no ping', 9],
    ['that came already', 1],
  ])('tells a reply %s', (_, messageNumber) => {
    const machine = started({ count: 5 });
    pong(machine, 1, 1, 10);
    pong(machine, messageNumber, 2, 20);
    expect(machine.summary).toMatchObject({ replies: 1, unexpected: 1 });
  });

  it('tells a state that was lost: the numbers of the replies begin again', () => {
    const machine = started({ count: 3 });
    runUntil(machine, 200);
    pong(machine, 1, 7, 210);
    pong(machine, 2, 8, 220);
    pong(machine, 3, 1, 230);
    expect(machine.summary).toMatchObject({ replyNumbersSkipped: 1, replyNumbersRepeated: 1 });
  });

  it('sends no more while too many wait for their replies, and does not make up for it', () => {
    const machine = started({ count: 100, maximumOutstanding: 2 });
    runUntil(machine, 900);
    expect(machine.summary.sent).toBe(2);
    pong(machine, 1, 1, 950);
    pong(machine, 2, 2, 951);
    expect(machine.summary.sent).toBe(3);
    runUntil(machine, 1049);
    expect(machine.summary.sent).toBe(3);
    runUntil(machine, 1050);
    expect(machine.summary.sent).toBe(4);
  });
});

describe('the replies of a ping-pong element', () => {
  const ping = (messageNumber: number) => ({ type: 'ping', messageNumber, data: Uint8Array.of(7) }) as const;

  it('are numbered from 1 and bring the data back', () => {
    const replies = PingPongReplies.begin(undefined);
    expect(replies?.answer(ping(30))).toEqual({
      type: 'pong',
      messageNumber: 30,
      replyNumber: 1,
      data: Uint8Array.of(7),
    });
    expect(replies?.answer(ping(31))).toMatchObject({ messageNumber: 31, replyNumber: 2 });
  });

  it('go on with the numbers of the element before', () => {
    const before = PingPongReplies.begin(undefined);
    before?.answer(ping(1));
    before?.answer(ping(2));
    const after = PingPongReplies.begin(before?.cookie);
    expect(after?.answer(ping(3))).toMatchObject({ replyNumber: 3 });
  });

  it('do not begin with a foreign cookie', () => {
    expect(PingPongReplies.begin(Uint8Array.of(1, 2, 3))).toBeUndefined();
  });
});

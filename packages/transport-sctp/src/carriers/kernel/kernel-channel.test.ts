import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KernelCalls } from '../../testing/kernel-calls.fixture.ts';
import { KernelChannel } from './kernel-channel.ts';
import { MessageReceiver } from './message-receiver.ts';
import { MessageSender } from './message-sender.ts';
import { ReadingOn } from './reading-on.ts';
import { WaitingMessages } from './waiting-messages.ts';

const message = (length: number, first = 0) => ({
  data: new Uint8Array(length).fill(first),
  payloadProtocolIdentifier: 11,
});

/** A channel whose owner answers each message with one of the same first byte, in so many bytes. */
function openChannel(answerBytes = 0) {
  const kernel = new KernelCalls();
  const told = { messages: [] as number[], lengths: [] as number[], notifications: [] as string[], taken: 0 };
  const channel = new KernelChannel({
    native: kernel,
    receiver: new MessageReceiver(kernel),
    sender: new MessageSender(kernel),
    descriptor: 5,
    maximumMessageBytes: 100_000,
    sendBufferBytes: 1_000_000,
    askWhenDry: () => undefined,
    onMessage: ({ data }) => {
      told.messages.push(data[0] ?? -1);
      told.lengths.push(data.length);
      if (answerBytes > 0) channel.send(message(answerBytes, data[0]));
    },
    onNotification: ({ type }) => told.notifications.push(type),
    onTaken: (bytes) => {
      told.taken += bytes;
    },
    onTooLong: () => told.notifications.push('too long'),
  });
  return { kernel, channel, told };
}

const firsts = (kernel: KernelCalls) => kernel.given.map(({ data }) => data[0]);

describe('the socket of an association', () => {
  it('sends what is sent within one turn with as few calls as can be, in order', async () => {
    const { kernel, channel, told } = openChannel();
    for (let index = 0; index < 10; index += 1) channel.send(message(100, index));
    expect(kernel.given).toEqual([]);
    await Promise.resolve();
    expect(firsts(kernel)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(kernel.sentData.calls).toBe(2);
    expect(told.taken).toBe(1000);
  });

  it('does not wait with many messages, nor with a long one', () => {
    const { kernel, channel } = openChannel();
    for (let index = 0; index < 31; index += 1) channel.send(message(1, index));
    expect(kernel.given).toEqual([]);
    channel.send(message(1, 31));
    expect(kernel.given.length).toBe(32);
    channel.send(message(5000));
    expect(kernel.given.length).toBe(33);
  });

  it('answers all that it has read before it reads again', () => {
    const { kernel, told } = openChannel(8);
    for (let index = 0; index < 20; index += 1) kernel.inbound.push({ data: Uint8Array.of(index) });
    kernel.onReady();
    expect(told.messages.length).toBe(20);
    expect(firsts(kernel)).toEqual(told.messages);
    expect(kernel.sentData.calls).toBe(2);
  });

  it('leaves to others their turn, however much there is', () => {
    const { kernel, told } = openChannel();
    for (let index = 0; index < 500; index += 1) kernel.inbound.push({ data: Uint8Array.of(1) });
    kernel.onReady();
    expect(told.messages.length).toBe(64);
  });

  it('waits where the kernel has no room, goes on when it has, and ends only then', async () => {
    const { kernel, channel, told } = openChannel();
    kernel.room = 3;
    for (let index = 0; index < 8; index += 1) channel.send(message(10, index));
    await Promise.resolve();
    channel.shutdown();
    expect([told.taken, kernel.watched]).toEqual([30, { readable: true, writable: true }]);
    kernel.room = Number.POSITIVE_INFINITY;
    kernel.onReady();
    expect(firsts(kernel)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, undefined]);
    expect(kernel.given.at(-1)?.flags).toBe(0x200);
    expect([told.taken, kernel.watched]).toEqual([80, { readable: true, writable: false }]);
  });

  it('gives back what waits', async () => {
    const { kernel, channel } = openChannel();
    kernel.room = 1;
    for (let index = 0; index < 3; index += 1) channel.send(message(10, index));
    await Promise.resolve();
    expect(channel.takeWaiting().map(({ data }) => data[0])).toEqual([1, 2]);
    channel.abort();
    kernel.room = 5;
    kernel.onReady();
    expect(firsts(kernel)).toEqual([0]);
  });

  it('puts long messages together, and reads no more of a long notification than its beginning', () => {
    const { kernel, told } = openChannel();
    const failed = new Uint8Array(30_000);
    new DataView(failed.buffer).setUint16(0, 0x8003, true);
    kernel.inbound.push({ data: failed, isNotification: true }, { data: new Uint8Array(50_000).fill(7) });
    kernel.onReady();
    expect(told).toMatchObject({ messages: [7], lengths: [50_000], notifications: ['sendFailed'] });
  });
});

describe('reading once more', () => {
  it('goes on while there is something, and is tried ever less often while there is nothing', () => {
    const readingOn = new ReadingOn();
    const triesIn = (turns: number, isFound: boolean): number => {
      let tries = 0;
      for (let turn = 0; turn < turns; turn += 1) {
        if (!readingOn.isWorthwhile()) continue;
        tries += 1;
        readingOn.tried(isFound);
      }
      return tries;
    };
    expect(triesIn(100, true)).toBe(100);
    expect(triesIn(10_000, false)).toBeLessThan(170);
    expect(triesIn(64 + 100, true)).toBeGreaterThanOrEqual(100);
  });
});

describe('messages that wait', () => {
  it('leave in the order in which they came', () => {
    const actions = fc.oneof(
      fc.record({ push: fc.integer({ min: 1, max: 900 }) }),
      fc.record({ shift: fc.integer({ min: 0, max: 900 }) }),
      fc.constant('take' as const),
    );
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 40 }), (list) => {
        const waiting = new WaitingMessages();
        const naive: unknown[] = [];
        for (const action of list) {
          if (action === 'take') expect(waiting.take()).toEqual(naive.splice(0));
          else if ('push' in action) {
            for (let index = 0; index < action.push; index += 1) {
              const one = message(1, index);
              waiting.push(one);
              naive.push(one);
            }
          } else {
            const count = Math.min(action.shift, naive.length);
            expect(waiting.shift(count)).toEqual(naive.splice(0, count));
          }
          expect(waiting.count).toBe(naive.length);
          expect(waiting.messages[waiting.first]).toBe(naive[0]);
        }
      }),
      { numRuns: 50 },
    );
  });
});

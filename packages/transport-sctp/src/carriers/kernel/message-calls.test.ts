import { describe, expect, it } from 'vitest';
import { KernelCalls, type KernelMessage, noRoom, reset } from '../../testing/kernel-calls.fixture.ts';
import { MessageReceiver, messagesPerCall } from './message-receiver.ts';
import { MessageSender } from './message-sender.ts';

const bytes = (length: number, first = 0): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (first + index) & 0xff);

describe('receiving from the kernel', () => {
  const receiverOf = (inbound: readonly KernelMessage[]) => {
    const kernel = new KernelCalls();
    kernel.inbound.push(...inbound);
    return { kernel, receiver: new MessageReceiver(kernel) };
  };

  it('takes several messages with one call, each with what belongs to it', () => {
    const inbound = [
      { data: bytes(5), payloadProtocolIdentifier: 11, stream: 3, unordered: true },
      { data: bytes(7, 9), isNotification: true },
      { data: bytes(2, 4), payloadProtocolIdentifier: 0xfedcba98, stream: 65_535, unordered: false },
    ];
    const { kernel, receiver } = receiverOf(inbound);
    expect(receiver.receive(5, messagesPerCall)).toBe(3);
    const received = [0, 1, 2].map((slot) => ({ ...receiver.at(slot), bytes: [...receiver.at(slot).bytes] }));
    const common = { isComplete: true, isNotification: false };
    expect(received).toEqual([
      { ...common, bytes: [...bytes(5)], payloadProtocolIdentifier: 11, stream: 3, unordered: true },
      {
        ...common,
        isNotification: true,
        bytes: [...bytes(7, 9)],
        payloadProtocolIdentifier: 0,
        stream: 0,
        unordered: false,
      },
      {
        ...common,
        bytes: [...bytes(2, 4)],
        payloadProtocolIdentifier: 0xfedcba98,
        stream: 65_535,
        unordered: false,
      },
    ]);
    expect(kernel.receiveCalls).toBe(1);
  });

  it('has room for ancillary data again with each call', () => {
    const { kernel, receiver } = receiverOf([{ data: bytes(1), isNotification: true }]);
    expect(receiver.receive(5, messagesPerCall)).toBe(1);
    kernel.inbound.push({ data: bytes(1), payloadProtocolIdentifier: 11 });
    expect(receiver.receive(5, messagesPerCall)).toBe(1);
    expect(receiver.at(0).payloadProtocolIdentifier).toBe(11);
  });

  it('takes a long message in parts, of which the last one is marked', () => {
    const { receiver } = receiverOf([{ data: bytes(20_000), payloadProtocolIdentifier: 11 }]);
    const count = receiver.receive(5, messagesPerCall);
    const parts = Array.from({ length: count }, (_, slot) => receiver.at(slot));
    expect(Buffer.concat(parts.map((part) => part.bytes))).toEqual(Buffer.from(bytes(20_000)));
    expect(parts.map(({ isComplete }) => isComplete)).toEqual([false, false, true]);
  });

  it('takes what is there although the socket is broken, which the call tells first', () => {
    const { kernel, receiver } = receiverOf([{ data: bytes(3), isNotification: true }]);
    kernel.receiveErrors = [reset];
    expect(receiver.receive(5, messagesPerCall)).toBe(1);
    kernel.receiveErrors = [reset, reset, reset];
    expect(receiver.receive(5, messagesPerCall)).toBe(0);
    expect(kernel.receiveErrors.length).toBe(1);
  });

  it('takes the empty messages of a socket without association for nothing', () => {
    const { receiver } = receiverOf([{ data: bytes(3) }, { data: bytes(0) }, { data: bytes(0) }]);
    expect(receiver.receive(5, messagesPerCall)).toBe(1);
    expect(receiver.receive(5, messagesPerCall)).toBe(0);
  });
});

describe('sending with the kernel', () => {
  const messages = (...lengths: readonly number[]) =>
    lengths.map((length, index) => ({
      data: bytes(length, index),
      payloadProtocolIdentifier: 0xfedcba98,
      stream: index,
      unordered: index % 2 === 1,
    }));
  const dataOf = (list: ReturnType<typeof messages>) => list.map(({ data }) => [...data]);

  it('passes several messages, all but the last as being followed by more', () => {
    const kernel = new KernelCalls();
    const list = messages(5, 2048, 7, 9);
    expect(new MessageSender(kernel).sendSome(5, list, 1, 0xffffffff)).toBe(3);
    expect(kernel.given.map(({ hasMore }) => hasMore)).toEqual([true, true, false]);
    expect(kernel.sentData).toEqual({ data: dataOf(list.slice(1)), calls: 2 });
    expect(kernel.given.map(({ context, stream, flags }) => [context, stream, flags])).toEqual([
      [0xffffffff, 1, 1],
      [0, 2, 0],
      [1, 3, 1],
    ]);
    expect(kernel.given[0]?.payloadProtocolIdentifier).toBe(0xfedcba98);
  });

  it('passes a long message alone, and what is before it without it', () => {
    const kernel = new KernelCalls();
    const sender = new MessageSender(kernel);
    const list = messages(5, 6, 100_000, 7);
    expect([0, 2, 3].map((from) => sender.sendSome(5, list, from, from))).toEqual([2, 1, 1]);
    expect(kernel.sentData.data).toEqual(dataOf(list));
    expect(kernel.given.map(({ hasMore }) => hasMore)).toEqual([true, false, false, false]);
  });

  it('tells how many there was room for, and that there is none', () => {
    const kernel = new KernelCalls();
    const sender = new MessageSender(kernel);
    for (const room of [1, 3]) {
      kernel.room = room;
      expect(sender.sendSome(5, messages(5, 6, 7, 8), 0, 0)).toBe(room);
    }
    expect(sender.sendSome(5, messages(5, 6), 0, 0)).toBe('full');
    expect(sender.sendSome(5, messages(5), 0, 0)).toBe('full');
  });

  it('tells what the kernel refuses', () => {
    const kernel = new KernelCalls();
    [kernel.room, kernel.sendError] = [0, reset];
    const sender = new MessageSender(kernel);
    expect(sender.sendSome(5, messages(5, 6), 0, 0)).toBe('failed');
    expect(sender.send(5, 0, { data: bytes(3), payloadProtocolIdentifier: 0 }, 4, 0)).toBe('failed');
    kernel.sendError = noRoom;
    expect(sender.send(5, 0, { data: bytes(3000), payloadProtocolIdentifier: 0 }, 4, 0)).toBe('full');
  });
});

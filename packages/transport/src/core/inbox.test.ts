import { describe, expect, it } from 'vitest';
import type { AssociationHandlers, InboundMessage } from '../contract/association.ts';
import { Inbox } from './inbox.ts';

const message = (length: number): InboundMessage => ({
  data: new Uint8Array(length),
  payloadProtocolIdentifier: 0,
  stream: 0,
  unordered: false,
});

const settle = (): Promise<void> => Promise.resolve();

const world = (highWaterMarkBytes = 1000) => {
  const log: string[] = [];
  const inbox = new Inbox({
    highWaterMarkBytes,
    onFull: () => log.push('full'),
    onRoom: () => log.push('room'),
  });
  const handlers: AssociationHandlers = {
    message: ({ data }) => log.push(`message ${data.length}`),
    lost: (reason) => log.push(reason),
    writable: () => log.push('writable'),
    sendFailed: ({ data }) => log.push(`failed ${data.length}`),
  };
  return { log, inbox, handlers };
};

describe('inbox', () => {
  it('delivers at once where nothing stands in the way', () => {
    const { log, inbox, handlers } = world();
    inbox.handlers = handlers;
    inbox.push(message(1));
    expect(log).toEqual(['message 1']);
  });

  it('lets messages and the loss wait for handlers, and does not call them inside the assignment', async () => {
    const { log, inbox, handlers } = world();
    inbox.push(message(1));
    inbox.end('reset', [{ data: new Uint8Array(7), payloadProtocolIdentifier: 0 }]);
    inbox.push(message(2));
    inbox.handlers = handlers;
    expect(log).toEqual([]);
    await settle();
    expect(log).toEqual(['message 1', 'failed 7', 'reset']);
  });

  it('holds the sender up at the mark, counting empty messages too, and lets it go on at half', async () => {
    const { log, inbox, handlers } = world(640);
    for (let index = 0; index < 12; index += 1) inbox.push(message(0));
    expect([log, inbox.isFull]).toEqual([['full'], true]);
    inbox.handlers = { ...handlers, message: () => log.push(`${inbox.isFull}`) };
    await settle();
    // Seven of twelve were delivered when only five, half of the mark, are left.
    expect(log).toEqual([
      'full',
      ...Array<string>(7).fill('true'),
      'room',
      ...Array<string>(5).fill('false'),
    ]);
  });

  it('delivers nothing while paused, also when it is paused by a handler', async () => {
    const { log, inbox, handlers } = world();
    inbox.handlers = {
      ...handlers,
      message: ({ data }) => {
        log.push(`message ${data.length}`);
        inbox.pause();
      },
    };
    inbox.push(message(1));
    inbox.push(message(2));
    await settle();
    expect(log).toEqual(['message 1']);
    inbox.end('aborted');
    expect(log).toEqual(['message 1']);
    inbox.resume();
    await settle();
    expect(log).toEqual(['message 1', 'message 2', 'aborted']);
  });

  it('tells a paused owner of a loss when nothing waits before it', () => {
    const { log, inbox, handlers } = world();
    inbox.handlers = handlers;
    inbox.pause();
    inbox.end('heartbeat');
    expect(log).toEqual(['heartbeat']);
  });

  it('keeps the order when a message arrives while others are delivered', async () => {
    const { log, inbox, handlers } = world();
    inbox.push(message(1));
    inbox.push(message(2));
    inbox.handlers = {
      ...handlers,
      message: ({ data }) => {
        if (data.length === 1) inbox.push(message(3));
        log.push(`message ${data.length}`);
      },
    };
    await settle();
    expect(log).toEqual(['message 1', 'message 2', 'message 3']);
  });

  it('tells nothing any more once closed, not even in the middle of what waits', async () => {
    const { log, inbox, handlers } = world();
    inbox.push(message(1));
    inbox.push(message(2));
    inbox.handlers = {
      ...handlers,
      message: ({ data }) => {
        log.push(`message ${data.length}`);
        inbox.close();
      },
    };
    await settle();
    inbox.push(message(3));
    inbox.end('reset');
    inbox.notifyWritable();
    expect(log).toEqual(['message 1']);
  });

  it('keeps everything back while its process stands still', async () => {
    const { log, inbox, handlers } = world();
    inbox.handlers = handlers;
    inbox.hold();
    inbox.notifyWritable();
    inbox.push(message(1));
    inbox.end('reset');
    await settle();
    expect(log).toEqual([]);
    inbox.release();
    await settle();
    expect(log).toEqual(['message 1', 'reset']);
  });

  it('delivers thousands of waiting messages in order', async () => {
    const { inbox } = world(1_000_000_000);
    const sizes: number[] = [];
    for (let index = 0; index < 5000; index += 1) inbox.push(message(index % 7));
    inbox.handlers = { message: ({ data }) => sizes.push(data.length) };
    await settle();
    expect(sizes).toEqual(Array.from({ length: 5000 }, (_, index) => index % 7));
  });

  it('goes on after a handler that threw', async () => {
    const { log, inbox, handlers } = world();
    inbox.handlers = handlers;
    expect(() => {
      inbox.handlers = {
        message: () => {
          throw new Error('a mistake of the owner');
        },
      };
      inbox.push(message(1));
    }).toThrow('a mistake of the owner');
    inbox.handlers = handlers;
    inbox.push(message(2));
    await settle();
    expect(log).toEqual(['message 2']);
  });
});

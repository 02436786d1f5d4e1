import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendInput } from '../sctp-input.ts';
import { OutboundStreams } from './outbound-streams.ts';

function message(stream: number, length = 1, unordered = false, context?: unknown): SendInput {
  return {
    type: 'send',
    association: 1,
    data: new Uint8Array(length),
    payloadProtocolIdentifier: 0,
    stream,
    unordered,
    context,
  };
}

/** Takes everything, in pieces of at most so many bytes. */
function takeAll(streams: OutboundStreams, piece = 10): string[] {
  const taken: string[] = [];
  while (streams.message !== undefined) {
    const { message: current, from, streamSequenceNumber } = streams;
    if (from === 0) taken.push(`${current.stream}/${streamSequenceNumber}`);
    streams.advance(Math.min(piece, current.data.length - from));
  }
  return taken;
}

describe('messages that wait', () => {
  it('take turns stream by stream', () => {
    const streams = new OutboundStreams();
    for (const stream of [0, 0, 0, 1, 1, 2]) streams.add(message(stream));
    expect(takeAll(streams)).toEqual(['0/0', '1/0', '2/0', '0/1', '1/1', '0/2']);
    expect(streams.waitingBytes).toBe(0);
  });

  it('are finished before another one begins', () => {
    const streams = new OutboundStreams();
    streams.add(message(0, 25));
    streams.add(message(1, 5));
    streams.advance(10);
    expect([streams.message?.stream, streams.from, streams.waitingBytes]).toEqual([0, 10, 20]);
    streams.advance(15);
    expect([streams.message?.stream, streams.from]).toEqual([1, 0]);
  });

  it('have a sequence number of their stream where they are ordered', () => {
    const streams = new OutboundStreams();
    streams.add(message(3));
    streams.add(message(3, 1, true));
    streams.add(message(3));
    expect(takeAll(streams)).toEqual(['3/0', '3/0', '3/1']);
  });

  it('go over the wrap of sequence numbers', () => {
    const streams = new OutboundStreams();
    for (let number = 0; number <= 0x1_0000; number++) streams.add(message(0));
    expect(takeAll(streams).slice(-2)).toEqual(['0/65535', '0/0']);
  });

  it('are all taken, each stream in its order and no stream twice before another one once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 100 }), (order) => {
        const streams = new OutboundStreams();
        for (const [number, stream] of order.entries()) streams.add(message(stream, 1 + (number % 30)));
        const taken = takeAll(streams).map((text) => Number(text.split('/')[0]));
        expect(taken.toSorted((left, right) => left - right)).toEqual(
          order.toSorted((left, right) => left - right),
        );
        const left = new Map<number, number>();
        for (const stream of order) left.set(stream, (left.get(stream) ?? 0) + 1);
        // Rounds: a stream comes back only after every other one that still has messages had its turn.
        let round = new Set<number>();
        for (const stream of taken) {
          if (round.has(stream)) {
            for (const [other, count] of left) expect(count === 0 || round.has(other)).toBe(true);
            round = new Set();
          }
          round.add(stream);
          left.set(stream, (left.get(stream) ?? 0) - 1);
        }
      }),
    );
  });

  it('are drained with the one that was begun first', () => {
    const streams = new OutboundStreams();
    for (const [context, stream] of [0, 1, 0].entries()) streams.add(message(stream, 10, false, context));
    streams.advance(5);
    expect(streams.drain().map((drained) => drained.context)).toEqual([0, 2, 1]);
    expect(streams.message).toBeUndefined();
    expect(streams.waitingBytes).toBe(0);
    streams.add(message(1));
    expect(takeAll(streams)).toEqual(['1/0']);
  });
});

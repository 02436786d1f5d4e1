import { parseIpAddress } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../../clock/virtual-clock.ts';
import type { HeartbeatOptions } from '../../contract/endpoint.ts';
import { FramedProtocol } from './framed-protocol.ts';

interface End {
  readonly protocol: FramedProtocol;
  readonly events: string[];
  readonly written: number[];
  /** Where what it writes goes; nowhere while the wire is cut. */
  peer: FramedProtocol | undefined;
  isReadingStopped: boolean;
  unwrittenBytes: number;
}

const end = (clock: VirtualClock, heartbeat: HeartbeatOptions, port: number): End => {
  const state: End = {
    events: [],
    written: [],
    peer: undefined,
    isReadingStopped: false,
    unwrittenBytes: 0,
    protocol: new FramedProtocol({
      clock,
      heartbeat,
      handshakeTimeoutMs: 1000,
      maximumMessageBytes: 1000,
      localAddresses: [parseIpAddress('127.0.0.1')],
      localPort: port,
      owner: {
        write: (bytes) => {
          state.written.push(bytes[4] ?? 0);
          state.peer?.receive(bytes);
        },
        unwrittenBytes: () => state.unwrittenBytes,
        isReadingStopped: () => state.isReadingStopped,
        establish: (hello) => state.events.push(`up ${hello?.port}`),
        deliver: ({ data }) => state.events.push(`message ${data.length}`),
        lose: (reason) => {
          state.events.push(reason);
          state.protocol.stop();
        },
      },
    }),
  };
  return state;
};

const pair = (left: HeartbeatOptions, right: HeartbeatOptions): { clock: VirtualClock; ends: [End, End] } => {
  const clock = createVirtualClock();
  const ends: [End, End] = [end(clock, left, 1), end(clock, right, 2)];
  ends[0].peer = ends[1].protocol;
  ends[1].peer = ends[0].protocol;
  ends[0].protocol.start();
  ends[1].protocol.start();
  return { clock, ends };
};

const patient: HeartbeatOptions = { intervalMs: 10_000, maximumMissed: 2 };
const strict: HeartbeatOptions = { intervalMs: 100, maximumMissed: 2 };

describe('framed protocol', () => {
  it('keeps an idle association up, where only one end asks often', async () => {
    const { clock, ends } = pair(strict, patient);
    await clock.advance(100_000);
    expect(ends.map(({ events }) => events)).toEqual([['up 2'], ['up 1']]);
    // HELLO, then heartbeats from the strict end and their answers from the other.
    expect([new Set(ends[0].written), new Set(ends[1].written)]).toEqual([new Set([1, 3]), new Set([1, 4])]);
  });

  it('notices at each end, in its own time, that the wire is cut', async () => {
    const { clock, ends } = pair(strict, patient);
    await clock.advance(1000);
    ends[0].peer = undefined;
    ends[1].peer = undefined;
    await clock.advance(200);
    expect(ends.map(({ events }) => events.at(-1))).toEqual(['heartbeat', 'up 1']);
    await clock.advance(20_000);
    expect(ends[1].events.at(-1)).toBe('heartbeat');
  });

  it('gives a strict peer signs of life while this end does not read', async () => {
    const { clock, ends } = pair(strict, patient);
    await clock.advance(1000);
    ends[1].isReadingStopped = true;
    ends[0].peer = undefined;
    ends[1].protocol.readingStopped();
    await clock.advance(100_000);
    expect(ends.map(({ events }) => events.length)).toEqual([1, 1]);
  });

  it('adds no heartbeats and no answers to what a peer does not take', async () => {
    const { clock, ends } = pair(strict, strict);
    ends[0].unwrittenBytes = 1_000_000;
    const before = ends[0].written.length;
    await clock.advance(1000);
    expect(ends[0].written.length).toBe(before);
  });

  it('gives up a peer that says no HELLO', async () => {
    const clock = createVirtualClock();
    const { protocol, events } = end(clock, patient, 1);
    protocol.start();
    await clock.advance(1000);
    expect(events).toEqual(['unreachable']);
  });

  it('takes an end without SHUTDOWN for the death of the peer', () => {
    const { ends } = pair(patient, patient);
    expect(ends[0].protocol.end()).toBe('reset');
    ends[0].protocol.receive(ends[1].protocol.farewell);
    expect(ends[0].events.at(-1)).toBe('closed-by-peer');
    ends[1].protocol.receive(ends[0].protocol.abortNotice);
    expect(ends[1].events.at(-1)).toBe('aborted');
  });
});

import { parseRemoteEndpoint } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { encodeReport } from '../codec/encode-report.ts';
import type { ComponentReport } from '../component-report.ts';
import type { MonitorEvent } from './monitor-events.ts';
import { StatusMonitorMachine, type StatusMonitorMachineOptions } from './status-monitor-machine.ts';

const source = parseRemoteEndpoint('192.0.2.7:5000');

function report(object: number, more: Partial<ComponentReport> = {}): ComponentReport {
  return {
    sender: { group: 2, object: BigInt(object) },
    isFinal: false,
    uptimeMs: 5_000,
    reportIntervalMs: 1_000,
    location: 'host',
    status: '1 Session',
    workload: 0.5,
    associations: [],
    ...more,
  };
}

class Hand {
  readonly machine: StatusMonitorMachine;
  now = 0;

  constructor(options: StatusMonitorMachineOptions = {}) {
    this.machine = new StatusMonitorMachine(options);
  }

  give(data: Uint8Array): MonitorEvent[] {
    this.machine.handle({ type: 'datagram', data, source }, this.now);
    return this.drain();
  }

  report(object: number, more?: Partial<ComponentReport>): MonitorEvent[] {
    return this.give(encodeReport(report(object, more)));
  }

  pass(milliseconds: number): MonitorEvent[] {
    const end = this.now + milliseconds;
    const events: MonitorEvent[] = [];
    for (;;) {
      const next = this.machine.nextTimeout();
      if (next === undefined || next > end) break;
      this.now = next;
      this.machine.handleTimeout(next);
      events.push(...this.drain());
    }
    this.now = end;
    return events;
  }

  states(): string[] {
    return this.machine.components().map(({ identifier, state }) => `${String(identifier.object)} ${state}`);
  }

  drain(): MonitorEvent[] {
    const events: MonitorEvent[] = [];
    for (let event = this.machine.poll(); event !== undefined; event = this.machine.poll())
      events.push(event);
    return events;
  }
}

describe('a monitor of components', () => {
  it('keeps the last report of each, and tells which one is new', () => {
    const hand = new Hand();
    expect(hand.report(1)).toMatchObject([{ type: 'reported', isNew: true }]);
    hand.pass(1_000);
    expect(hand.report(1, { status: '2 Sessions' })).toMatchObject([{ type: 'reported', isNew: false }]);
    expect(hand.machine.components()).toMatchObject([
      {
        report: { status: '2 Sessions' },
        firstReportAt: 0,
        lastReportAt: 1_000,
        reports: 2,
        source,
        state: 'reporting',
      },
    ]);
  });

  it('orders them by kind and number', () => {
    const hand = new Hand();
    for (const object of [20, 3]) hand.report(object);
    hand.report(99, { sender: { group: 1, object: 99n } });
    expect(hand.states()).toEqual(['99 reporting', '3 reporting', '20 reporting']);
  });

  it('notices after three of its intervals that one is silent, and forgets it after half a minute', () => {
    const hand = new Hand();
    hand.report(1);
    expect(hand.pass(2_999)).toEqual([]);
    expect(hand.pass(1)).toMatchObject([{ type: 'timedOut', component: { state: 'timedOut' } }]);
    expect(hand.pass(29_999)).toEqual([]);
    expect(hand.pass(1)).toMatchObject([{ type: 'forgotten' }]);
    expect(hand.machine.components()).toEqual([]);
    expect(hand.machine.nextTimeout()).toBeUndefined();
  });

  it('gives one that names no interval, or a tiny one, a second', () => {
    const hand = new Hand();
    hand.report(1, { reportIntervalMs: 0 });
    expect(hand.pass(999)).toEqual([]);
    expect(hand.pass(1)).toMatchObject([{ type: 'timedOut' }]);
  });

  it('takes one back that reports again', () => {
    const hand = new Hand();
    hand.report(1);
    hand.pass(10_000);
    expect(hand.report(1)).toMatchObject([{ type: 'reported', isNew: true }]);
    expect(hand.states()).toEqual(['1 reporting']);
    expect(hand.pass(2_999)).toEqual([]);
  });

  it('shows what one that has ended said last', () => {
    const hand = new Hand();
    hand.report(1);
    const final = { isFinal: true, location: '', status: '', workload: 0, uptimeMs: 9_000 };
    expect(hand.report(1, final)).toMatchObject([
      { type: 'ended', component: { state: 'ended', report: { status: '1 Session', uptimeMs: 9_000 } } },
    ]);
    expect(hand.pass(30_000)).toMatchObject([{ type: 'forgotten' }]);
  });

  it('keeps no more components than it may, and tells of the others once a second at most', () => {
    const hand = new Hand({ limits: { maximumComponents: 2 } });
    hand.report(1);
    hand.report(2);
    const first = { type: 'refused', reason: 'limit', identifier: { object: 3n }, count: 1 };
    expect(hand.report(3)).toMatchObject([first]);
    expect([hand.report(4), hand.report(5)]).toEqual([[], []]);
    hand.pass(1_000);
    expect(hand.report(6)).toMatchObject([{ type: 'refused', count: 3 }]);
    expect(hand.machine.counters).toEqual({ reports: 2, malformed: 0, refused: 4 });
    expect(hand.report(2)).toMatchObject([{ type: 'reported' }]);
  });

  it('keeps no more associations of one than it may', () => {
    const hand = new Hand({ limits: { maximumAssociations: 2 } });
    const association = {
      receiver: { group: 1, object: 1n },
      durationMs: 1,
      protocol: 132,
      payloadProtocolIdentifier: 11,
    };
    hand.report(1, { associations: [association, association, association] });
    const [component] = hand.machine.components();
    expect(component?.report.associations).toHaveLength(2);
    expect(component?.associationsOmitted).toBe(1);
  });

  it('counts what is no report, and tells why', () => {
    const hand = new Hand();
    expect(hand.give(Uint8Array.of(1, 2, 3))).toEqual([
      { type: 'refused', reason: 'truncated', source, identifier: undefined, count: 1 },
    ]);
    expect(hand.machine.counters.malformed).toBe(1);
  });

  it.each([
    ['no components', { limits: { maximumComponents: 0 } }],
    ['half an association', { limits: { maximumAssociations: 0.5 } }],
    ['no patience', { timing: { missedReports: 0 } }],
    ['no end', { timing: { forgetAfterMs: Number.POSITIVE_INFINITY } }],
  ])('refuses settings that cannot work: %s', (_, options) => {
    expect(() => new StatusMonitorMachine(options)).toThrow(
      expect.objectContaining({ code: 'ERR_RSERPOOL_INVALID_ARGUMENT' }) as Error,
    );
  });
});

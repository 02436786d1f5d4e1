import type { MonitoredComponent } from '@rserpool/component-status';
import { parseRemoteEndpoint } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { componentTable } from './component-table.ts';
import { monitorEventToPlain } from './component-to-plain.ts';
import { describeMonitorEvent } from './describe-monitor-event.ts';

const registrar: MonitoredComponent = {
  identifier: { group: 1, object: 0x11223344n },
  state: 'reporting',
  source: parseRemoteEndpoint('192.0.2.7:5000'),
  firstReportAt: 0,
  lastReportAt: 0,
  reports: 1,
  associationsOmitted: 0,
  report: {
    sender: { group: 1, object: 0x11223344n },
    isFinal: false,
    uptimeMs: 65_000,
    reportIntervalMs: 1_000,
    location: 'here: 192.0.2.7:3863',
    status: '1[1] PEs in 1 Pool, 0 Peers',
    workload: undefined,
    associations: [],
  },
};
const element: MonitoredComponent = {
  ...registrar,
  identifier: { group: 2, object: 0x5566n },
  state: 'timedOut',
  report: {
    ...registrar.report,
    location: 'there',
    status: '\u001B[31mred',
    workload: 0.5,
    associations: [
      {
        receiver: registrar.identifier,
        durationMs: 5_000,
        protocol: 132,
        payloadProtocolIdentifier: 11,
      },
      {
        receiver: { group: 1, object: 0n },
        durationMs: undefined,
        protocol: 200,
        payloadProtocolIdentifier: 33,
      },
    ],
  },
};

describe('the table of components', () => {
  it('has a line for each, marks the silent ones, and lets no report steer the terminal', () => {
    expect(componentTable([registrar, element], false)).toEqual([
      'KIND          IDENTIFIER  STATE    UPTIME  LOAD  ASSOC  LOCATION              STATUS',
      'registrar     0x11223344          0:01:05     -      0  here: 192.0.2.7:3863  1[1] PEs in 1 Pool, 0 Peers',
      'pool element  0x00005566  SILENT  0:01:05   50%      2  there                 \uFFFD[31mred',
    ]);
  });

  it('has the associations of each below it where that is wanted', () => {
    expect(componentTable([element], true).slice(2)).toEqual([
      '  -> registrar 0x11223344 by SCTP ASAP for 0:00:05',
      '  -> registrar not known by its identifier by protocol 200 PPID 33',
    ]);
  });
});

describe('an event of the monitor', () => {
  it('is a line for people', () => {
    expect(describeMonitorEvent({ type: 'timedOut', component: element })).toBe(
      'pool element 0x00005566 is silent uptime=0:01:05 load=50% associations=2 location="there" status="\uFFFD[31mred"',
    );
    const { source } = registrar;
    const refused = {
      type: 'refused',
      reason: 'truncated',
      source,
      identifier: undefined,
      count: 3,
    } as const;
    expect(describeMonitorEvent(refused)).toBe(
      'refused 3 datagrams, the last from 192.0.2.7:5000: truncated',
    );
  });

  it('is JSON for programs', () => {
    expect(monitorEventToPlain({ type: 'reported', component: element, isNew: true })).toMatchObject({
      type: 'reported',
      kind: 'pool element',
      identifier: '0x00005566',
      state: 'timedOut',
      source: '192.0.2.7:5000',
      uptimeMs: 65_000,
      workload: 0.5,
      status: '\u001B[31mred',
      associations: [
        { kind: 'registrar', identifier: '0x11223344', durationMs: 5_000, protocol: 132 },
        { durationMs: null, payloadProtocolIdentifier: 33 },
      ],
    });
  });
});

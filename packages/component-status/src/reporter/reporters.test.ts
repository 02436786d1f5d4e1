import { createVirtualClock, type VirtualClock } from '@rserpool/transport';
import { parseRemoteEndpoint } from '@rserpool/wire';
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeReport } from '../codec/decode-report.ts';
import type { ComponentReport } from '../component-report.ts';
import { reportPoolElementStatus } from './report-pool-element-status.ts';
import { reportPoolUserStatus } from './report-pool-user-status.ts';
import { reportRegistrarStatus } from './report-registrar-status.ts';
import { startStatusReporter, type StatusReporterOptions } from './status-reporter.ts';

let clock: VirtualClock;
let sent: { at: number; report: ComponentReport }[];
let options: StatusReporterOptions;

beforeEach(() => {
  clock = createVirtualClock();
  sent = [];
  options = {
    server: '192.0.2.1',
    host: 'here',
    clock,
    sender: {
      send: (data) => {
        const decoded = decodeReport(data);
        if (decoded.ok) sent.push({ at: clock.now(), report: decoded.report });
      },
      close: () => Promise.resolve(),
    },
  };
});

const idle = { status: 'idle', workload: undefined, associations: [] };
const sender = { group: 9, object: 9n };

describe('a reporter', () => {
  it('reports at once, each interval, and finally when it is closed', async () => {
    const start = clock.now();
    const reporter = startStatusReporter(sender, () => idle, { ...options, intervalMs: 400 });
    await clock.advance(1_000);
    await reporter.close();
    await reporter.close();
    await clock.advance(5_000);
    expect(sent.map(({ at, report }) => [at - start, report.isFinal])).toEqual([
      [0, false],
      [400, false],
      [800, false],
      [1_000, true],
    ]);
    expect(sent.map(({ report }) => report.uptimeMs)).toEqual([0, 400, 800, 1_000]);
    expect(sent[0]?.report).toMatchObject({
      sender,
      location: 'here',
      status: 'idle',
      reportIntervalMs: 400,
    });
    expect(reporter.counters).toEqual({ reports: 4, failures: 0 });
  });

  it('reports besides when it is told to', () => {
    const reporter = startStatusReporter(sender, () => idle, options);
    reporter.report();
    expect(sent).toHaveLength(2);
  });

  it.each([
    ['an interval below a quarter of a second', { intervalMs: 249 }],
    ['an interval that its field cannot say', { intervalMs: 4_294_968 }],
    ['no interval', { intervalMs: Number.NaN }],
  ])('refuses %s', (_, wrong) => {
    expect(() => startStatusReporter(sender, () => idle, { ...options, ...wrong })).toThrow(
      expect.objectContaining({ code: 'ERR_RSERPOOL_INVALID_ARGUMENT' }) as Error,
    );
    expect(sent).toEqual([]);
  });
});

describe('the report of a registrar', () => {
  const registrar = {
    identifier: 0x11223344,
    asapEndpoint: parseRemoteEndpoint('192.0.2.9:3863'),
    poolCount: 1,
    elementCount: 3,
    ownElementCount: 2,
    peers: [
      { identifier: 7, associated: true },
      { identifier: 8, associated: false },
    ],
  };

  it('says in the words of the reference implementation what it has, and names the peers it has associations with', () => {
    reportRegistrarStatus(registrar, options);
    expect(sent[0]?.report).toMatchObject({
      sender: { group: 1, object: 0x11223344n },
      location: 'here: 192.0.2.9:3863',
      status: '3[2] PEs in 1 Pool, 2 Peers',
      workload: undefined,
      associations: [
        {
          receiver: { group: 1, object: 7n },
          durationMs: undefined,
          protocol: 132,
          payloadProtocolIdentifier: 12,
        },
      ],
    });
  });

  it('has the right plurals', () => {
    reportRegistrarStatus({ ...registrar, poolCount: 2, peers: registrar.peers.slice(1) }, options);
    expect(sent[0]?.report.status).toBe('3[2] PEs in 2 Pools, 1 Peer');
  });
});

describe('the report of a pool element', () => {
  it('says that a registrar is looked for, then how many sessions there are, and how old the association is', async () => {
    let homeRegistrar: { association: number; serverIdentifier: number | undefined } | undefined;
    let sessionCount = 0;
    const element = {
      identifier: 0x5566,
      port: 7000,
      get homeRegistrar() {
        return homeRegistrar;
      },
      get sessionCount() {
        return sessionCount;
      },
    };
    reportPoolElementStatus(element, { ...options, workload: () => sessionCount / 4 });
    homeRegistrar = { association: 1, serverIdentifier: undefined };
    sessionCount = 1;
    await clock.advance(1_000);
    homeRegistrar = { association: 1, serverIdentifier: 0x99 };
    sessionCount = 2;
    await clock.advance(1_000);
    homeRegistrar = { association: 2, serverIdentifier: 0x99 };
    await clock.advance(1_000);
    expect(sent.map(({ report }) => report.status)).toEqual([
      'Looking for Registrar ...',
      '1 Session',
      '2 Sessions',
      '2 Sessions',
    ]);
    expect(sent.map(({ report }) => report.associations.map(({ durationMs }) => durationMs))).toEqual([
      [],
      [0],
      [1_000],
      [0],
    ]);
    expect(sent.map(({ report }) => report.associations[0]?.receiver.object)).toEqual([
      undefined,
      0n,
      0x99n,
      0x99n,
    ]);
    expect(sent[2]?.report).toMatchObject({ location: 'here: port 7000', sender: { group: 2 } });
    expect(sent[2]?.report.workload).toBeCloseTo(0.5, 4);
  });
});

describe('the workload of a pool element', () => {
  const element = { identifier: 1, port: 7000, homeRegistrar: undefined, sessionCount: 0 };
  const registeredWith = (policy: object) => ({ ...element, businessCard: { poolElements: [{ policy }] } });

  it.each([
    ['the load that it is registered with', registeredWith({ type: 'leastUsed', load: 0x4000_0000 }), 0.25],
    ['not known where its policy has none', registeredWith({ type: 'roundRobin' }), undefined],
    ['not known where it has left', element, undefined],
  ])('is %s', (_, reported, workload) => {
    reportPoolElementStatus(reported, options);
    const seen = sent[0]?.report.workload;
    if (workload === undefined) expect(seen).toBeUndefined();
    else expect(seen).toBeCloseTo(workload, 4);
  });

  it('is what the service says, where it says something', () => {
    reportPoolElementStatus(registeredWith({ load: 0x4000_0000 }), { ...options, workload: () => 1 });
    expect(sent[0]?.report.workload).toBe(1);
  });
});

describe('the report of a pool user', () => {
  it('names its registrar and the elements that serve it, by protocol', () => {
    const user = {
      homeRegistrar: { association: 1, serverIdentifier: 0x99 },
      sessions: [
        { element: { identifier: 5, protocol: 'sctp' } },
        { element: { identifier: 6, protocol: 'tcp' } },
        { element: undefined },
      ],
    };
    reportPoolUserStatus(user, { ...options, payloadProtocolIdentifier: 33, status: () => 'drawing' });
    const [first] = sent;
    expect(first?.report.sender.group).toBe(3);
    expect(first?.report.sender.object).toBeGreaterThan(0n);
    expect(first?.report.status).toBe('drawing');
    const associations = first?.report.associations.map(
      ({ receiver, protocol, payloadProtocolIdentifier }) =>
        `${receiver.group}/${receiver.object} ${protocol} ${payloadProtocolIdentifier}`,
    );
    expect(associations).toEqual(['1/153 132 11', '2/5 132 33', '2/6 6 33']);
  });
});

import { randomIdentifier, seededRandom } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { type EnrpTiming, type EnrpTimingProfile, enrpTimingProfiles } from './enrp-timing.ts';
import { Cluster, viewOf } from './testing/cluster.fixture.ts';
import { Solo } from './testing/solo.fixture.ts';

const profiles = Object.entries(enrpTimingProfiles) as [EnrpTimingProfile, EnrpTiming][];

describe('RFC 5353 section 4.2: thresholds', () => {
  it('has the defaults of the RFC in the profile rfc', () => {
    expect(enrpTimingProfiles.rfc).toMatchObject({
      peerHeartbeatCycleMs: 30_000,
      maxTimeLastHeardMs: 61_000,
      maxTimeNoResponseMs: 5_000,
    });
  });

  it.each(profiles)('profile %s: two late heartbeats come before a peer is suspected', (_, timing) => {
    const slowest = timing.peerHeartbeatCycleMs * (1 + timing.heartbeatJitter);
    expect(2 * slowest).toBeLessThan(timing.maxTimeLastHeardMs + timing.maxTimeNoResponseMs);
  });

  it.each(profiles)(
    'profile %s: an acknowledged takeover outlasts all attempts of its initiator',
    (_, timing) => {
      expect(timing.takeoverExpiryMs).toBeGreaterThan(3 * timing.maxTimeNoResponseMs);
      expect(timing.auditSettlingMs).toBeLessThan(timing.peerHeartbeatCycleMs);
    },
  );

  it.each(profiles)('profile %s: a healed partition converges within three heartbeat cycles', (_, timing) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const cluster = new Cluster({ seed, timing, delayMs: [1, 10] });
      const nodes = cluster.startAll(1, 2, 3);
      for (const node of nodes) cluster.register(node, 'echo', node.identifier);
      cluster.advance(timing.peerHeartbeatCycleMs);
      cluster.partition([[1], [2, 3]]);
      cluster.advance(4 * (timing.maxTimeLastHeardMs + timing.maxTimeNoResponseMs) + seed * 137);
      expect(cluster.agrees()).toBe(false);
      cluster.heal();
      cluster.advance(3 * timing.peerHeartbeatCycleMs);
      expect(cluster.agrees()).toBe(true);
      expect(viewOf(cluster.node(1).handlespace)).toHaveLength(3);
    }
  });
});

describe('RFC 5353 section 3.2.1: generate a server identifier', () => {
  it('draws identifiers that are never zero', () => {
    const random = seededRandom(5);
    const zeroFirst = [0, 0, 7];
    expect(randomIdentifier(() => zeroFirst.shift() ?? 1)).toBe(7);
    for (let index = 0; index < 1000; index += 1) expect(randomIdentifier(random)).toBeGreaterThan(0);
  });

  it.each([0, -1, 1.5, 2 ** 32])('refuses %d as identifier', (serverIdentifier) => {
    expect(() => new Solo({ serverIdentifier })).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
  });
});

describe('settings', () => {
  it.each([
    { timing: { peerHeartbeatCycleMs: 0 } },
    { timing: { maxTimeNoResponseMs: Number.NaN } },
    { timing: { tableSessionMs: Number.POSITIVE_INFINITY } },
    { timing: { heartbeatJitter: 1 } },
    { limits: { maximumPeers: 0 } },
    { limits: { maximumMessageBytes: 70_000 } },
  ])('are refused where they would never work: %j', (options) => {
    expect(() => new Solo(options)).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
  });
});

describe('a machine after its shutdown', () => {
  it('closes its associations, stops its timers, and refuses new ones', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.input({ type: 'shutdown' });
    expect(solo.take('close')).toEqual([{ type: 'close', association: 9, abort: false }]);
    expect(solo.machine.nextTimeout()).toBeUndefined();
    expect(solo.machine.state).toBe('stopped');
    solo.connect(8);
    expect(solo.take('close')).toEqual([{ type: 'close', association: 8, abort: false }]);
    solo.sent();
    solo.presence(9, { replyRequired: true });
    expect(solo.sent()).toEqual([]);
  });
});

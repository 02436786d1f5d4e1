import { type AsapMessage, parseRemoteEndpoint, type PoolElement } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { createRegistrar } from './index.ts';
import { elementAt, pool, Scene, type Speaker } from './testing/hostile.fixture.ts';

/** The elements of each answer or update that somebody was told since the last call. */
function heard(speaker: Speaker): number[][] {
  return speaker
    .heardAsap()
    .flatMap((message) => (message.type === 'ASAP_HANDLE_RESOLUTION_RESPONSE' ? [message.poolElements] : []))
    .map((elements) => elements.map((element) => element.identifier));
}

const subscribe: AsapMessage = { type: 'ASAP_HANDLE_RESOLUTION', subscribe: true, poolHandle: pool };

function register(speaker: Speaker, poolElement: PoolElement): void {
  speaker.asap({ type: 'ASAP_REGISTRATION', poolHandle: pool, poolElement });
}

describe('RFC 5352 section 2.2.5: dynamic updates', () => {
  it('are sent for the elements of other registrars, too', async () => {
    const scene = await Scene.start();
    await scene.element('10.0.1.1', 77);
    const host = scene.network.host('10.0.0.2');
    const other = await createRegistrar({
      asap: { transport: host.transport },
      enrp: { transport: host.transport },
      profile: 'lan',
      clock: host.clock,
      identifier: 0x2222,
      peers: [scene.registrar.enrpEndpoint],
    });
    await scene.clock.advance(2_000);
    const user = await scene.connect('10.0.9.9', other.asapEndpoint);
    user.asap(subscribe);
    await scene.clock.advance(10);
    expect(heard(user)).toEqual([[77]]);
    const second = await scene.element('10.0.1.2', 78);
    await scene.clock.advance(20);
    expect(heard(user)).toEqual([[77, 78]]);
    second.association.abort();
    await second.endpoint.close();
    await scene.clock.advance(3_000);
    expect(heard(user)).toEqual([[77]]);
    await other.close();
  });

  it('do not pile up for somebody who does not read them: later the newest state comes', async () => {
    const scene = await Scene.start({
      timing: { asap: { poolUpdateIntervalMs: 1, keepAliveIntervalMs: 1e9 } },
    });
    await scene.element('10.0.1.1', 77);
    const crowd = await scene.connect('10.0.8.8', scene.registrar.asapEndpoint);
    for (let identifier = 1_000; identifier < 1_200; identifier++) {
      register(crowd, elementAt('10.0.8.8', identifier));
    }
    const user = await scene.connect('10.0.9.9', scene.registrar.asapEndpoint);
    user.asap(subscribe);
    await scene.clock.advance(10);
    user.association.pause();
    heard(user);
    // Each update has some 14 KiB: all of them would be 14 MiB.
    for (let life = 1; life <= 1_000; life++) {
      register(crowd, elementAt('10.0.8.8', 1_000, { registrationLife: 100 + life }));
      await scene.clock.advance(3);
    }
    const { updatesSent, updatesSuperseded } = scene.registrar.counters.asap;
    expect(updatesSuperseded).toBeGreaterThan(900);
    expect(updatesSent).toBeLessThan(60);
    user.association.resume();
    await scene.clock.advance(1_000);
    expect(user.lost).toBeUndefined();
    const last = user.heardAsap().at(-1);
    expect(last?.type === 'ASAP_HANDLE_RESOLUTION_RESPONSE' && last.poolElements).toContainEqual(
      expect.objectContaining({ identifier: 1_000, registrationLife: 1_100 }),
    );
  });
});

describe('a flood', () => {
  it('of reports by one user does not remove a living element faster than one user may', async () => {
    const scene = await Scene.start();
    await scene.element('10.0.1.1', 77);
    const user = await scene.connect('10.0.9.9', scene.registrar.asapEndpoint);
    const start = scene.clock.now();
    const isThere = (): boolean => scene.registrar.elementCount === 1;
    while (isThere() && scene.clock.now() - start < 20_000) {
      for (let count = 0; count < 50; count += 1) {
        user.asap({ type: 'ASAP_ENDPOINT_UNREACHABLE', poolHandle: pool, poolElementIdentifier: 77 });
      }
      await scene.clock.advance(10);
    }
    // MAX-BAD-PE-REPORT is 3, and a user counts once a second: the fourth comes after three seconds.
    expect(scene.clock.now() - start).toBeGreaterThanOrEqual(3_000);
    const { asap } = scene.registrar.counters;
    expect(asap.unreachableReports).toBeLessThan(100 + 100 * 3.2);
    expect(asap.unreachableReportsDropped).toBeGreaterThan(10_000);
    // Ten a second for the reports, four a second because the profile wants them.
    expect(asap.keepAlivesSent).toBeLessThan(10 + (10 + 8) * 3.2);
    const told = scene.events.filter(({ type }) => type === 'rateExceeded' || type === 'keepAliveSuppressed');
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThan(10);
  });

  it('of resolutions is answered with an error, and others are served', async () => {
    const scene = await Scene.start({ limits: { asap: { maximumResolutionsPerSecond: 100 } } });
    await scene.element('10.0.1.1', 77);
    const user = await scene.connect('10.0.9.9', scene.registrar.asapEndpoint);
    const other = await scene.connect('10.0.9.8', scene.registrar.asapEndpoint);
    const ask: AsapMessage = { type: 'ASAP_HANDLE_RESOLUTION', subscribe: false, poolHandle: pool };
    for (let count = 0; count < 5_000; count += 1) user.asap(ask);
    other.asap(ask);
    await scene.clock.advance(50);
    expect(heard(other)).toEqual([[77]]);
    const answers = user.heardAsap();
    expect(answers).toHaveLength(5_000);
    const causes = answers.flatMap((answer) =>
      answer.type === 'ASAP_HANDLE_RESOLUTION_RESPONSE' ? (answer.error?.causes ?? []) : [],
    );
    expect(causes).toHaveLength(4_900);
    expect(new Set(causes.map((cause) => cause.code))).toEqual(new Set([6]));
    expect(scene.registrar.counters.asap.resolutionsRefused).toBe(4_900);
    expect(scene.events.filter(({ type }) => type === 'rateExceeded')).toMatchObject([
      { limit: 'maximumResolutionsPerSecond' },
    ]);
    await scene.clock.advance(1_000);
    user.asap(ask);
    await scene.clock.advance(10);
    expect(heard(user)).toEqual([[77]]);
  });

  it('of associations from one address leaves room for others', async () => {
    const scene = await Scene.start({ limits: { asap: { maximumAssociationsPerAddress: 5 } } });
    for (let port = 1; port <= 10; port += 1) {
      await scene.connect('10.0.9.9', scene.registrar.asapEndpoint, 20_000 + port);
    }
    await scene.clock.advance(10);
    const refused = scene.events.filter(({ type }) => type === 'associationRefused');
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({ limit: 'maximumAssociationsPerAddress' });
    await scene.element('10.0.1.1', 77);
    expect(scene.registrar.elementCount).toBe(1);
  });
});

describe('the scope of addresses', () => {
  it('keeps elements out whose addresses do not reach far enough, and says so', async () => {
    const scene = await Scene.start({ minimumAddressScope: 'global' });
    const speaker = await scene.element('10.0.1.1', 77);
    expect(speaker.heardAsap()).toMatchObject([{ rejected: true, error: { causes: [{ code: 0x0a }] } }]);
    expect(scene.events.filter(({ type }) => type === 'addressesRefused')).toMatchObject([
      { poolElementIdentifier: 77, addresses: [parseRemoteEndpoint('10.0.1.1:1', 1).addresses[0]] },
    ]);
    await scene.element('192.0.2.1', 78);
    expect(scene.registrar.elementCount).toBe(1);
  });
});

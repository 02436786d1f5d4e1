import { createRegistrar } from '@rserpool/registrar';
import { createPoolElement, createPoolUser } from '@rserpool/session';
import { createMemoryNetwork, createVirtualClock } from '@rserpool/transport';
import { asapPort, parseIpAddress, seededRandom } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';

/** The group that IANA has assigned to ASAP (RFC 5352 section 8.4). */
const group = parseIpAddress('224.0.1.185');

describe('RFC 5352 section 3.6: a scope with multicast', () => {
  it('needs no list of registrars: elements and users find them by their announces', async () => {
    const clock = createVirtualClock();
    const network = createMemoryNetwork({ clock, random: seededRandom(3), delayMs: 1 });
    const host = network.host('10.0.0.1');
    await using registrar = await createRegistrar({
      asap: { transport: host.transport },
      enrp: { transport: host.transport },
      announce: { group, port: asapPort },
      profile: 'lan',
      clock: host.clock,
      random: seededRandom(1),
    });
    const announces = { group, port: asapPort };
    const elementHost = network.host('10.0.1.1');
    await using element = await createPoolElement({
      transport: elementHost.transport,
      poolHandle: 'EchoPool',
      registrars: [],
      announces,
      profile: 'lan',
      clock: elementHost.clock,
      random: seededRandom(2),
    });
    await clock.runUntil(() => element.registrationState === 'registered', 10_000);
    expect(registrar.elementCount).toBe(1);

    const userHost = network.host('10.0.2.1');
    await using user = await createPoolUser({
      transport: userHost.transport,
      registrars: [],
      announces,
      profile: 'lan',
      clock: userHost.clock,
      random: seededRandom(4),
    });
    const resolving = user.resolve('EchoPool');
    let identifiers: number[] | undefined;
    void resolving.then(({ elements }) => {
      identifiers = elements.map(({ identifier }) => identifier);
    });
    await clock.runUntil(() => identifiers !== undefined, 10_000);
    expect(identifiers).toEqual([element.identifier]);
    const closing = [user.close(), element.close(), registrar.close()];
    await clock.advance(10_000);
    await Promise.all(closing);
  });
});

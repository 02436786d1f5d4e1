import { createRegistrar } from '@rserpool/registrar';
import { createPoolElement, createPoolUser } from '@rserpool/session';
import { createMemoryNetwork, createVirtualClock } from '@rserpool/transport';
import { seededRandom } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';

const profiles = [
  ['lan', 'IANA’s'],
  ['rsplib', 'the reference implementation’s'],
] as const;

describe('RFC 5352 section 3.6: a scope with multicast', () => {
  it.each(profiles)(
    'needs no list of registrars: in the profile %s all meet in %s group',
    async (profile) => {
      const clock = createVirtualClock();
      const network = createMemoryNetwork({ clock, random: seededRandom(3), delayMs: 1 });
      const host = network.host('10.0.0.1');
      await using registrar = await createRegistrar({
        asap: { transport: host.transport },
        enrp: { transport: host.transport },
        announce: true,
        profile,
        clock: host.clock,
        random: seededRandom(1),
      });
      const elementHost = network.host('10.0.1.1');
      await using element = await createPoolElement({
        transport: elementHost.transport,
        poolHandle: 'EchoPool',
        registrars: [],
        announces: true,
        profile,
        clock: elementHost.clock,
        random: seededRandom(2),
      });
      await clock.runUntil(() => element.registrationState === 'registered', 10_000);
      expect(registrar.elementCount).toBe(1);

      const userHost = network.host('10.0.2.1');
      await using user = await createPoolUser({
        transport: userHost.transport,
        registrars: [],
        announces: true,
        profile,
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
    },
  );
});

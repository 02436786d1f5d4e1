import { createRegistrar, type Registrar, type RegistrarEvent } from '@rserpool/registrar';
import {
  encodePicture,
  type FractalParameter,
  fractalService,
  Picture,
  receivePicture,
  ServicePoolHandle,
} from '@rserpool/services';
import { FractalAlgorithm } from '@rserpool/services/machine';
import {
  createPoolElement,
  createPoolUser,
  type LocalPoolElement,
  type SessionEvent,
} from '@rserpool/session';
import {
  createMemoryNetwork,
  createVirtualClock,
  type MemoryNetwork,
  type VirtualClock,
} from '@rserpool/transport';
import { seededRandom } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';

const parameter: FractalParameter = {
  width: 40,
  height: 60,
  maxIterations: 30,
  algorithm: FractalAlgorithm.mandelbrot,
  c1real: -2,
  c1imag: 1.2,
  c2real: 1,
  c2imag: -1.2,
  n: 2,
};

interface Scope {
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  readonly registrars: Registrar[];
  readonly registrarEvents: RegistrarEvent[];
  readonly elements: LocalPoolElement[];
}

const registrarHosts = ['10.0.0.1', '10.0.0.2'];
const elementHosts = ['10.0.1.1', '10.0.1.2', '10.0.1.3'];

/** Two registrars and three fractal elements, all of them in virtual time. */
async function startScope(seed: number): Promise<Scope> {
  const clock = createVirtualClock();
  const network = createMemoryNetwork({ clock, random: seededRandom(seed), delayMs: 5, jitterMs: 3 });
  const registrarEvents: RegistrarEvent[] = [];
  const registrars: Registrar[] = [];
  for (const [index, address] of registrarHosts.entries()) {
    const host = network.host(address);
    const registrar = await createRegistrar({
      asap: { transport: host.transport },
      enrp: { transport: host.transport },
      peers: registrars.map(({ enrpEndpoint }) => enrpEndpoint),
      profile: 'lan',
      clock: host.clock,
      random: seededRandom(seed + index),
    });
    registrar.onEvent((event) => registrarEvents.push(event));
    registrars.push(registrar);
    await clock.advance(1000);
  }
  const elements: LocalPoolElement[] = [];
  for (const [index, address] of elementHosts.entries()) {
    const host = network.host(address);
    const element = await createPoolElement({
      transport: host.transport,
      poolHandle: ServicePoolHandle.fractal,
      registrars: registrars.map(({ asapEndpoint }) => asapEndpoint),
      profile: 'lan',
      clock: host.clock,
      random: seededRandom(seed + 10 + index),
    });
    const options = { pointsPerPacket: parameter.width, cookieMaximumPackets: 5, pauseMs: 10 };
    void element.serve(fractalService({ ...options, clock: host.clock }));
    elements.push(element);
  }
  await clock.runUntil(
    () => elements.every(({ registrationState }) => registrationState === 'registered'),
    5000,
  );
  return { clock, network, registrars, registrarEvents, elements };
}

/** What befalls the scope when so many rows are there. */
type Fault = (scope: Scope, serving: number) => void;

async function computeWith(
  seed: number,
  faults: ReadonlyMap<number, Fault>,
  onEvent: (event: SessionEvent, scope: Scope) => void = () => undefined,
): Promise<{ png: Uint8Array; events: SessionEvent[]; scope: Scope }> {
  const scope = await startScope(seed);
  const { clock, network, registrars } = scope;
  const host = network.host('10.0.2.1');
  const events: SessionEvent[] = [];
  const computing = (async () => {
    const user = await createPoolUser({
      transport: host.transport,
      sessionTransports: { sctp: host.transport },
      registrars: registrars.map(({ asapEndpoint }) => asapEndpoint),
      profile: 'lan',
      clock: host.clock,
      random: seededRandom(seed + 20),
    });
    const session = await user.connect(ServicePoolHandle.fractal, {
      resend: 'sinceCookie',
      onEvent: (event) => {
        events.push(event);
        onEvent(event, scope);
      },
    });
    const pending = new Map(faults);
    return await receivePicture(session, parameter, (_, { rows }) => {
      for (const [at, fault] of pending) {
        if (rows < at) continue;
        pending.delete(at);
        fault(scope, session.element?.identifier ?? 0);
      }
    });
  })();
  let png: Uint8Array | undefined;
  let failure: unknown;
  computing.then(
    (picture) => {
      png = encodePicture(picture);
    },
    (error: unknown) => {
      failure = error;
    },
  );
  await clock.runUntil(() => png !== undefined || failure !== undefined, 60_000);
  if (png === undefined) throw failure;
  return { png, events, scope };
}

const killServing: Fault = ({ network, elements }, serving) => {
  const index = elements.findIndex(({ identifier }) => identifier === serving);
  network.kill(elementHosts[index] ?? '');
};

const hangServing: Fault = ({ network, elements }, serving) => {
  const index = elements.findIndex(({ identifier }) => identifier === serving);
  network.hang(elementHosts[index] ?? '');
};

const killHomeRegistrar: Fault = ({ network, registrars }, serving) => {
  const pools = registrars[0]?.pools() ?? [];
  const home = pools
    .flatMap(({ poolElements }) => poolElements)
    .find(({ identifier }) => identifier === serving);
  const index = registrars.findIndex(({ identifier }) => identifier === home?.homeRegistrar);
  network.kill(registrarHosts[index] ?? '');
};

describe('a picture computed in a session', () => {
  const expected = encodePicture(Picture.computed(parameter));

  it.each([1, 2, 3, 4, 5])(
    'is the same whether or not the serving element is killed (seed %i)',
    async (seed) => {
      const { png, events } = await computeWith(seed, new Map([[5 + 9 * seed, killServing]]));
      expect(png).toEqual(expected);
      expect(events.filter(({ type }) => type === 'failoverComplete')).toMatchObject([{ withCookie: true }]);
    },
  );

  it('goes on from the request where the element is killed before its first cookie', async () => {
    const { png, events } = await computeWith(7, new Map([[1, killServing]]));
    expect(png).toEqual(expected);
    expect(events.filter(({ type }) => type === 'failoverComplete')).toHaveLength(1);
  });

  it('survives a hung element, which is noticed within 0.4 s in the profile lan', async () => {
    let hungAt = Number.NaN;
    let noticedAt = Number.NaN;
    const hang: Fault = (scope, serving) => {
      hungAt = scope.clock.now();
      hangServing(scope, serving);
    };
    const { png, events } = await computeWith(8, new Map([[20, hang]]), (event, { clock }) => {
      if (event.type === 'elementLost') noticedAt = clock.now();
    });
    expect(png).toEqual(expected);
    expect(events.find(({ type }) => type === 'elementLost')).toMatchObject({ reason: 'heartbeat' });
    expect(noticedAt - hungAt).toBeLessThan(400);
  });

  it('survives the loss of all elements but one', async () => {
    const { png, events } = await computeWith(
      9,
      new Map([
        [10, killServing],
        [30, killServing],
      ]),
    );
    expect(png).toEqual(expected);
    expect(events.filter(({ type }) => type === 'failoverComplete')).toHaveLength(2);
  });

  it.each([11, 12, 13])(
    'survives a killed element and then its successor’s home registrar (seed %i)',
    async (seed) => {
      const { png, events, scope } = await computeWith(
        seed,
        new Map([
          [15, killServing],
          [30, killHomeRegistrar],
        ]),
      );
      expect(png).toEqual(expected);
      expect(events.filter(({ type }) => type === 'failoverComplete')).toHaveLength(1);
      await scope.clock.advance(3000);
      const takeovers = scope.registrarEvents.filter((event) => event.type === 'takeoverServerSent');
      expect(takeovers).toHaveLength(1);
      expect(takeovers[0]?.elements).toBeGreaterThanOrEqual(1);
      const survivor = scope.registrars.find(({ identifier }) => identifier !== takeovers[0]?.target);
      const homes = survivor
        ?.pools()
        .flatMap(({ poolElements }) => poolElements.map(({ homeRegistrar }) => homeRegistrar));
      expect(homes).toEqual([survivor?.identifier, survivor?.identifier]);
    },
  );
});

import { createRegistrar, type Registrar } from '@rserpool/registrar';
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
import { createVirtualClock, type VirtualClock } from '@rserpool/transport';
import { createSctpNetwork, type SctpNetwork } from '@rserpool/transport-sctp/testing';
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

/** A host on two networks. */
const addressesOf = (host: string): string[] => [`10.0.${host}`, `10.1.${host}`];

interface Scope {
  readonly clock: VirtualClock;
  readonly network: SctpNetwork;
  readonly registrars: Registrar[];
  readonly elements: LocalPoolElement[];
}

/** Two registrars and three elements on SCTP, packet by packet, in virtual time. */
async function startScope(seed: number, loss: number): Promise<Scope> {
  const clock = createVirtualClock();
  const network = createSctpNetwork({ clock, random: seededRandom(seed), delayMs: 5, loss });
  const registrars: Registrar[] = [];
  for (const host of ['0.1', '0.2']) {
    const transport = network.transport(addressesOf(host));
    const creating = createRegistrar({
      asap: { transport },
      enrp: { transport },
      peers: registrars.map(({ enrpEndpoint }) => enrpEndpoint),
      profile: 'lan',
      clock,
      random: seededRandom(seed + registrars.length),
    });
    await clock.advance(1000);
    registrars.push(await creating);
  }
  const elements: LocalPoolElement[] = [];
  for (const host of ['1.1', '1.2', '1.3']) {
    const element = await createPoolElement({
      transport: network.transport(addressesOf(host)),
      poolHandle: ServicePoolHandle.fractal,
      registrars: registrars.map(({ asapEndpoint }) => asapEndpoint),
      profile: 'lan',
      clock,
      random: seededRandom(seed + 10 + elements.length),
    });
    const options = { pointsPerPacket: parameter.width, cookieMaximumPackets: 5, pauseMs: 10 };
    void element.serve(fractalService({ ...options, clock }));
    elements.push(element);
  }
  await clock.runUntil(
    () => elements.every(({ registrationState }) => registrationState === 'registered'),
    20_000,
  );
  return { clock, network, registrars, elements };
}

/** Computes the picture while something happens at the tenth row; returns it with what the session told. */
async function compute(
  seed: number,
  loss: number,
  fault: (scope: Scope, serving: string) => void,
): Promise<{ png: Uint8Array; events: SessionEvent[] }> {
  const scope = await startScope(seed, loss);
  const { clock, network, registrars, elements } = scope;
  const transport = network.transport(addressesOf('2.1'));
  const events: SessionEvent[] = [];
  let png: Uint8Array | undefined;
  let hasHappened = false;
  const computing = (async () => {
    const user = await createPoolUser({
      transport,
      sessionTransports: { sctp: transport },
      registrars: registrars.map(({ asapEndpoint }) => asapEndpoint),
      profile: 'lan',
      clock,
      random: seededRandom(seed + 20),
    });
    const session = await user.connect(ServicePoolHandle.fractal, {
      resend: 'sinceCookie',
      onEvent: (event) => events.push(event),
    });
    const picture = await receivePicture(session, parameter, (_, { rows }) => {
      if (rows < 10 || hasHappened) return;
      hasHappened = true;
      const serving = elements.findIndex(({ identifier }) => identifier === session.element?.identifier);
      fault(scope, `1.${serving + 1}`);
    });
    png = encodePicture(picture);
  })();
  await clock.runUntil(() => png !== undefined, 60_000);
  await computing;
  return { png: png ?? new Uint8Array(), events };
}

const typesOf = (events: readonly SessionEvent[]): string[] => events.map(({ type }) => type);

describe('a picture computed in a session over simulated SCTP', () => {
  const expected = encodePicture(Picture.computed(parameter));

  it.each([1, 2, 3])('survives the loss of its element (seed %i)', async (seed) => {
    const { png, events } = await compute(seed, 0, ({ network }, serving) => {
      for (const address of addressesOf(serving)) network.cut(address);
    });
    expect(png).toEqual(expected);
    expect(events.filter(({ type }) => type === 'failoverComplete')).toMatchObject([{ withCookie: true }]);
  });

  it.each([4, 5, 6])(
    'goes on by the other path where one is cut, with the same element (seed %i)',
    async (seed) => {
      const { png, events } = await compute(seed, 0.01, ({ network }) => network.cut('10.0.2.1'));
      expect(png).toEqual(expected);
      expect(typesOf(events)).not.toContain('elementLost');
      expect(events.filter(({ type }) => type === 'pathChanged')).toContainEqual(
        expect.objectContaining({ state: 'inactive' }),
      );
    },
  );

  it('repeats itself with the same seed', async () => {
    const run = (): Promise<unknown> => compute(7, 0.03, ({ network }) => network.cut('10.0.2.1'));
    expect(await run()).toEqual(await run());
  });
});

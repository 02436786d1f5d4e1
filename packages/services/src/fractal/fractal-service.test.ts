import type { Session } from '@rserpool/session';
import { describe, expect, it } from 'vitest';
import { decodeFractalCookie, encodeFractalCookie } from '../machine/fractal/fractal-cookie.ts';
import { encodeFractalPacket } from '../machine/fractal/fractal-packets.ts';
import { seahorseValley } from '../machine/fractal/fractal-parameter.ts';
import { Picture } from '../machine/fractal/picture.ts';
import { type Cluster, createCluster } from '../testing/cluster.fixture.ts';
import { fractalService, type FractalServiceOptions } from './fractal-service.ts';
import { receivePicture } from './receive-picture.ts';

const parameter = { ...seahorseValley, width: 60, height: 40, maxIterations: 50 };

async function start(options: FractalServiceOptions = {}): Promise<{ cluster: Cluster; session: Session }> {
  const cluster = await createCluster();
  for (const number of [1, 2]) {
    const element = await cluster.element(number, { poolHandle: 'FractalGeneratorPool' });
    const clock = cluster.elementClock(number);
    void element.serve(fractalService({ pointsPerPacket: 100, pauseMs: 10, ...options, clock }));
  }
  const user = await cluster.user(1);
  const session = await cluster.settle(user.connect('FractalGeneratorPool', { resend: 'sinceCookie' }));
  return { cluster, session };
}

describe('the fractal service', () => {
  it('computes the picture that it is asked for', async () => {
    const { cluster, session } = await start();
    const picture = await cluster.settle(receivePicture(session, parameter));
    expect(picture.toRgb()).toEqual(Picture.computed(parameter).toRgb());
    expect(picture.rowsRecomputed).toBe(0);
  });

  it('goes on with the picture of an element that is killed', async () => {
    const { cluster, session } = await start({ cookieMaximumPackets: 3 });
    const receiving = receivePicture(session, parameter);
    await cluster.clock.advance(105);
    cluster.kill(session.element?.identifier ?? 0);
    const picture = await cluster.settle(receiving);
    expect(picture.toRgb()).toEqual(Picture.computed(parameter).toRgb());
    // Three packets of a hundred points at most were computed again.
    expect(picture.rowsRecomputed).toBeLessThanOrEqual(5);
  });

  it('completes the picture though each element fails after some packets', async () => {
    const { cluster, session } = await start({
      failureAfterPackets: 8,
      cookieMaximumPackets: 2,
      pauseMs: 100,
    });
    let failovers = 0;
    session.on('failoverComplete', () => {
      failovers += 1;
    });
    const picture = await cluster.settle(receivePicture(session, parameter), 600_000);
    expect(picture.isComplete).toBe(true);
    expect(failovers).toBeGreaterThanOrEqual(2);
  });

  it('sends a cookie every so often where packets are few', async () => {
    const { cluster, session } = await start({ cookieMaximumPackets: 1000, cookieMaximumTimeMs: 50 });
    const positions: number[] = [];
    session.on('cookieStored', ({ cookie }) => {
      const state = decodeFractalCookie(cookie);
      if (state !== undefined) positions.push(state.currentY * parameter.width + state.currentX);
    });
    await cluster.settle(receivePicture(session, parameter));
    expect(positions[0]).toBe(0);
    expect(positions.slice(1, 4)).toEqual([600, 1100, 1600]);
  });

  it.each([
    [
      'a picture beyond its limits',
      encodeFractalPacket({ type: 'parameter', parameter: { ...parameter, width: 2 ** 30 } }),
    ],
    ['something that is no request', Uint8Array.of(1, 2, 3)],
  ])('cuts a session that asks for %s', async (_, request) => {
    const { cluster, session } = await start();
    let losses = 0;
    session.on('elementLost', () => {
      losses += 1;
    });
    session.send(request);
    await cluster.clock.advance(100);
    expect(losses).toBeGreaterThanOrEqual(1);
    session.abort();
  });

  it('computes only what is left behind the position of a cookie', async () => {
    const { cluster } = await start();
    const user = await cluster.user(2);
    const cookie = encodeFractalCookie({ parameter, currentX: 20, currentY: 38 });
    const session = await cluster.settle(user.connect('FractalGeneratorPool', { cookie }));
    const first = await cluster.settle(session[Symbol.asyncIterator]().next());
    expect(first.done).toBe(false);
    const view = new DataView((first.value?.data ?? new Uint8Array(16)).slice().buffer);
    expect([view.getUint32(4), view.getUint32(8), view.getUint32(12)]).toEqual([20, 38, 100]);
    session.abort();
  });
});

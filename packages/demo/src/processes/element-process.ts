import { setTimeout as pause } from 'node:timers/promises';
import type { HomeRegistrar } from '@rserpool/asap';
import { createPoolElement } from '@rserpool/session';
import { fractalPool } from '../fractal/fractal-pool.ts';
import { serveFractal } from '../fractal/serve-fractal.ts';
import { demoTransport } from './demo-transport.ts';
import { formatIdentifier } from './identifier.ts';
import { report } from './process-message.ts';
import type { Role } from './role.ts';
import { untilDisconnected } from './until-disconnected.ts';

/**
 * A pool element of the job: it computes rows for whoever opens a session.
 *
 * @param role - Its name, the registrars and its pause between rows.
 */
export async function runElement(role: Role): Promise<void> {
  await using element = await createPoolElement({
    transport: demoTransport(),
    poolHandle: fractalPool,
    policy: { type: 'roundRobin' },
    registrars: role.registrars,
    profile: 'lan',
  });
  const own = formatIdentifier(element.identifier);
  element.on('homeRegistrarChanged', ({ reason, homeRegistrar }) => {
    if (reason !== 'keepAlive' || homeRegistrar.serverIdentifier === undefined) return;
    const registrar = formatIdentifier(homeRegistrar.serverIdentifier);
    report({ event: 'adopted', process: role.name, element: own, registrar });
  });
  const registered = ({ homeRegistrar }: { readonly homeRegistrar: HomeRegistrar }): void => {
    report({
      event: 'registeredAt',
      process: role.name,
      element: own,
      asapPort: homeRegistrar.remote?.port ?? 0,
    });
  };
  let home = 0;
  element.on('registered', (event) => {
    const port = event.homeRegistrar.remote?.port ?? 0;
    if (port !== home) registered(event);
    home = port;
  });
  await Promise.race([
    element.serve((session) => serveFractal(session, async () => pause(role.rowPauseMs))),
    untilDisconnected(),
  ]);
}

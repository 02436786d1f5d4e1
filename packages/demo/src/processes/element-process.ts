import type { HomeRegistrar } from '@rserpool/asap';
import { fractalService, seahorseValley, ServicePoolHandle } from '@rserpool/services';
import { createPoolElement } from '@rserpool/session';
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
    poolHandle: ServicePoolHandle.fractal,
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
    element.serve(
      // Two packets a row, so that each row begins a packet; a cookie every five rows.
      fractalService({
        pointsPerPacket: seahorseValley.width / 2,
        pauseMs: role.rowPauseMs / 2,
        cookieMaximumPackets: 10,
        cookieMaximumTimeMs: Infinity,
      }),
    ),
    untilDisconnected(),
  ]);
}

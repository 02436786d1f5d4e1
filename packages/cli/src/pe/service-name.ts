import { ServicePoolHandle } from '@rserpool/services';

/** The name of a service, as that of the reference's option of `rspserver`. */
export type ServiceName = 'echo' | 'discard' | 'daytime' | 'chargen' | 'pingpong' | 'calcapp' | 'fractal';

const poolHandles: Readonly<Record<ServiceName, string>> = {
  echo: ServicePoolHandle.echo,
  discard: ServicePoolHandle.discard,
  daytime: ServicePoolHandle.daytime,
  chargen: ServicePoolHandle.chargen,
  pingpong: ServicePoolHandle.pingPong,
  calcapp: ServicePoolHandle.calcApp,
  fractal: ServicePoolHandle.fractal,
};

/** All names. */
export const serviceNames: readonly string[] = Object.keys(poolHandles);

/**
 * The pool that a service joins by default, which is the reference's.
 *
 * @param service - The service.
 */
export function defaultPoolHandle(service: ServiceName): string {
  return poolHandles[service];
}

import type { ClientRuntime } from '../client/client-runtime.ts';
import type { HomeLink } from '../client/home-link.ts';
import type { PoolElementEvent } from './pool-element-event.ts';
import type { PoolElementOutput } from './pool-element-output.ts';

/** The names of a pool element's timers, besides those of the hunt and the list of registrars. */
export const poolElementTimers = {
  registration: 'T2-registration',
  deregistration: 'T3-deregistration',
  reregistration: 'T4-reregistration',
  homeLossGrace: 'home-registrar-loss-grace',
  formerHomeLinger: 'former-home-linger',
  formerHomeProbe: 'former-home-probe',
} as const;

/** What the procedures of a pool element share. */
export interface PoolElementContext {
  /** Timers, outputs, random numbers. */
  readonly runtime: ClientRuntime<PoolElementOutput>;
  /** The home registrar. */
  readonly home: HomeLink;
  /** Reports a change of state. */
  emit(event: PoolElementEvent): void;
}

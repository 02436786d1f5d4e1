/**
 * An embeddable RSerPool registrar: it keeps the handlespace, watches its pool elements, keeps in step with its peers
 * and takes over for those that fail. It is given a transport and imports none.
 *
 * @packageDocumentation
 */
export { createRegistrar } from './create-registrar.ts';
export type { Registrar } from './registrar.ts';
export type { RegistrarEvent, RegistrarEventOf } from './registrar-events.ts';
export type {
  AddressForm,
  GroupOptions,
  ListenOptions,
  PeerForm,
  RegistrarLimits,
  RegistrarOptions,
} from './registrar-options.ts';
export {
  type RegistrarProfile,
  registrarProfiles,
  type RegistrarProfileSettings,
  registrarTimers,
  type RegistrarTimers,
  type RegistrarTiming,
} from './registrar-profile.ts';
export type { PoolSnapshot, RegistrarCounters } from './registrar-snapshot.ts';
export { snapshotPools } from './snapshot-pools.ts';

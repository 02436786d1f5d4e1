/**
 * Aggregate Server Access Protocol (RFC 5352) as pure protocol machines: pool element, pool user and the
 * registrar's side.
 *
 * @packageDocumentation
 */
export type { AsapClientOptions } from './client/asap-client-options.ts';
export type { RunningTimer } from './client/running-timer.ts';
export type {
  HomeChangeReason,
  PoolElementEvent,
  PoolElementIdentity,
} from './pool-element/pool-element-event.ts';
export type { PoolElementInput, PoolElementRegistration } from './pool-element/pool-element-input.ts';
export { PoolElementMachine } from './pool-element/pool-element-machine.ts';
export type { PoolElementOptions } from './pool-element/pool-element-options.ts';
export type { PoolElementOutput } from './pool-element/pool-element-output.ts';
export type { PoolUserCounters } from './pool-user/pool-user-counters.ts';
export type { PoolUserEvent } from './pool-user/pool-user-event.ts';
export type { PoolUserInput } from './pool-user/pool-user-input.ts';
export { PoolUserMachine } from './pool-user/pool-user-machine.ts';
export type { PoolUserOptions } from './pool-user/pool-user-options.ts';
export type { PoolUserOutput, ResolutionFailure, ResolvedPool } from './pool-user/pool-user-output.ts';
export type { PoolElementOfPool } from './pool-user/reverse-mapping.ts';
export type { AddressScope } from './registrar/address-scope.ts';
export type { AsapRegistrarCounters } from './registrar/asap-registrar-counters.ts';
export type {
  AsapRegistrarEvent,
  ElementRemovalReason,
  ProbeReason,
  RegistrarElementIdentity,
} from './registrar/asap-registrar-event.ts';
export type { AsapRegistrarInput } from './registrar/asap-registrar-input.ts';
export type { AsapRegistrarLimits } from './registrar/asap-registrar-limits.ts';
export { asapRegistrarLimitProfiles, defaultAsapRegistrarLimits } from './registrar/asap-registrar-limits.ts';
export { AsapRegistrarMachine } from './registrar/asap-registrar-machine.ts';
export type { AsapRegistrarOptions } from './registrar/asap-registrar-options.ts';
export type { AsapRegistrarOutput } from './registrar/asap-registrar-output.ts';
export type { HomeRegistrar } from './server-hunt/home-registrar.ts';
export type { ServerHuntEvent, ServerHuntReason } from './server-hunt/server-hunt-event.ts';
export type { AsapRegistrarTiming } from './timing/asap-registrar-timing.ts';
export type { AsapTiming, RegistrationLifeUnit } from './timing/asap-timing.ts';
export type { AsapTimingProfileName } from './timing/asap-timing-profiles.ts';
export { announceGroups } from './timing/announce-groups.ts';
export { asapRegistrarTimingProfiles, asapTimingProfiles } from './timing/asap-timing-profiles.ts';

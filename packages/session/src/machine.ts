/**
 * The pure part of `@rserpool/session`: sessions of pool users and pool elements, with failover and cookies, as
 * machines without clock, network and promises. Simulations run these; applications use `@rserpool/session`.
 *
 * @packageDocumentation
 */
export type { AttemptFailure, ElementLossReason, SessionFailure } from './machine/attempt-failure.ts';
export type { BusinessCard } from './machine/business-card.ts';
export { cookieCoverageParameterType } from './machine/cookie-coverage.ts';
export {
  type CookieRefusal,
  CookieSeal,
  cookieSealBytes,
  type CookieSealOptions,
  type MessageAuthentication,
  type OpenedCookie,
} from './machine/cookie-seal.ts';
export { defaultDeliveryLimits, type DeliveryLimits } from './machine/delivery/delivery-limits.ts';
export { DeliveryMachine, type DeliveryMachineOptions } from './machine/delivery/delivery-machine.ts';
export type {
  DeliveryApplicationOutput,
  DeliveryEvent,
  DeliveryFailure,
  DeliveryId,
  DeliveryInput,
  DeliveryNetworkOutput,
  DeliveryOptions,
  DeliveryOutput,
  DeliveryTarget,
  Destination,
} from './machine/delivery/delivery-types.ts';
export type { SessionProtocol } from './machine/element-choice.ts';
export { PoolElementNodeMachine, type PoolElementNodeOptions } from './machine/pool-element-node-machine.ts';
export type { PoolElementNodeInput, PoolElementNodeOutput } from './machine/pool-element-node-types.ts';
export { PoolSelectors } from './machine/pool-selectors.ts';
export { PoolUserNodeMachine, type PoolUserNodeOptions } from './machine/pool-user-node-machine.ts';
export type {
  PoolUserNodeInput,
  PoolUserNodeOutput,
  SessionId,
  SessionOptions,
} from './machine/pool-user-node-types.ts';
export {
  type CookieVerification,
  ServedSessionMachine,
  type ServedSessionMachineOptions,
  type ServedSessionState,
} from './machine/served-session-machine.ts';
export type {
  ServedSessionCommand,
  ServedSessionEvent,
  ServedSessionInput,
  ServedSessionOutput,
} from './machine/served-session-types.ts';
export type { SessionEvent } from './machine/session-event.ts';
export type { SessionCommand, SessionInput, SessionNetworkInput } from './machine/session-input.ts';
export { defaultSessionLimits, type SessionLimits } from './machine/session-limits.ts';
export { SessionMachine } from './machine/session-machine.ts';
export type { ResendOption, SessionMachineOptions, SessionState } from './machine/session-machine-options.ts';
export type { SessionMessage } from './machine/session-message.ts';
export type {
  SessionApplicationOutput,
  SessionNetworkOutput,
  SessionOutput,
} from './machine/session-output.ts';
export {
  type SessionTiming,
  type SessionTimingProfile,
  sessionTimingProfiles,
} from './machine/session-timing.ts';

/**
 * RSerPool for applications: pool elements that serve sessions, and pool users whose sessions survive the loss of
 * their server.
 *
 * @packageDocumentation
 */
export type { AbortOptions } from './abortable.ts';
export { createPoolElement } from './create-pool-element.ts';
export { createPoolUser } from './create-pool-user.ts';
export type { DiagnosticsMessage, DiagnosticsSource } from './diagnostics.ts';
export type { SessionTransports } from './element-associations.ts';
export type { AnnounceOptions } from './join-announces.ts';
export type { EventsByType, Unsubscribe } from '@rserpool/transport/internal';
export type {
  LocalPoolElement,
  LocalPoolElementEvent,
  LocalPoolElementEvents,
  OwnTcpService,
  PoolElementOptions,
  RegistrationState,
} from './local-pool-element.ts';
export type { Logger } from './logger.ts';
export type { AttemptFailure, ElementLossReason, SessionFailure } from './machine/attempt-failure.ts';
export type { BusinessCard } from './machine/business-card.ts';
export { defaultDeliveryLimits, type DeliveryLimits } from './machine/delivery/delivery-limits.ts';
export type { DeliveryEvent, DeliveryFailure, DeliveryTarget } from './machine/delivery/delivery-types.ts';
export type { CookieRefusal } from './machine/cookie-seal.ts';
export type { SessionOptions } from './machine/pool-user-node-types.ts';
export type { ServedSessionEvent } from './machine/served-session-types.ts';
export type { SessionEvent } from './machine/session-event.ts';
export { defaultSessionLimits, type SessionLimits } from './machine/session-limits.ts';
export type { ResendOption, SessionState } from './machine/session-machine-options.ts';
export type { SessionMessage } from './machine/session-message.ts';
export {
  type SessionTiming,
  type SessionTimingProfile,
  sessionTimingProfiles,
} from './machine/session-timing.ts';
export type {
  ConnectOptions,
  PoolUser,
  PoolUserEvents,
  PoolUserOptions,
  ResolveOptions,
} from './pool-user.ts';
export type { PoolElementHandle, PoolElementHandleForm, PoolOrElement } from './pool-element-handle.ts';
export type {
  DestinationForm,
  MessagePeer,
  PoolMessage,
  PoolSendOptions,
  SentMessage,
  TransportAddressForm,
} from './pool-message.ts';
export type { ReceivedMessage } from './received-message.ts';
export type { WatchOptions } from './pool-watch.ts';
export type { PoolResolution, ResolvedElement } from './resolved-element.ts';
export type { SendOptions } from './send-options.ts';
export { type SessionConventions, sessionConventions } from './session-conventions.ts';
export type { ServedSession, ServedSessionEvents, SetCookieOptions } from './served-session.ts';
export type { ForceFailoverOptions, Session, SessionEvents } from './session.ts';
export type { AddressForm, DataForm, PoolHandleForm, RegistrarForm } from './text-forms.ts';

export { AssociationTable, type AssociationTableOptions } from './driver/association-table.ts';
export { dialAt, type DialingEndpoint, type DialOutcome, type DialSettings } from './driver/dialing.ts';
export { EventHub, type EventsByType, type Unsubscribe } from './driver/event-hub.ts';
export { MachineDriver, type MachineDriverOptions } from './driver/machine-driver.ts';
export type { MessageProtocol } from './driver/message-protocol.ts';
export type { AssociationTableCounters } from './driver/table-counters.ts';
export { AcceptQueue } from './core/accept-queue.ts';
export { AssociationIndex } from './core/association-index.ts';
export { AssociationLimiter } from './core/association-limiter.ts';
export { type BindSettings, bindSettings, checkAddress, checkInteger } from './core/bind-settings.ts';
export { ConnectionAttempts, type DialOptions } from './core/connection-attempts.ts';
export { type GroupForm, groupSettings } from './core/group-settings.ts';
export { Inbox } from './core/inbox.ts';
export { checkOutbound } from './core/outbound-check.ts';
export { addressFromSystem, hostAddresses, isLoopback, isUnspecified } from './core/system-addresses.ts';
export {
  associationClosedError,
  associationLimitError,
  connectionRefusedError,
  connectTimeoutError,
  describeRemote,
  endpointClosedError,
  sendBufferFullError,
  throwIfAborted,
} from './core/transport-errors.ts';

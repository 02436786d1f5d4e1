export { AssociationTable, type AssociationTableOptions } from './driver/association-table.ts';
export type { DialingEndpoint, DialOutcome, DialSettings } from './driver/dialing.ts';
export { EventHub, type EventsByType, type Unsubscribe } from './driver/event-hub.ts';
export { MachineDriver, type MachineDriverOptions } from './driver/machine-driver.ts';
export type { MessageProtocol } from './driver/message-protocol.ts';
export type { AssociationTableCounters } from './driver/table-counters.ts';

import type { EnrpHandlespaceEvent } from './events/handlespace-event.ts';
import type { EnrpInitializationEvent } from './events/initialization-event.ts';
import type { EnrpPeeringEvent } from './events/peering-event.ts';
import type { EnrpTakeoverEvent } from './events/takeover-event.ts';

/**
 * A change of state, for logs and timelines. Registrars are named by their 32-bit identifiers. Nothing has to be
 * done on an event: what has to be done is an output of its own.
 */
export type EnrpEvent = EnrpPeeringEvent | EnrpInitializationEvent | EnrpTakeoverEvent | EnrpHandlespaceEvent;

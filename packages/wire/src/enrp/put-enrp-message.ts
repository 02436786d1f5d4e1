import type { EnrpMessage } from './enrp-message.ts';
import { putEnrpHandleTableResponse } from './handle-table-response.ts';
import { putEnrpHandleUpdate } from './handle-update.ts';
import { putEnrpPresence } from './presence.ts';

/** Writes an ENRP message the straight way; the rest as in `putAsapMessage`. */
export function putEnrpMessage(view: DataView, start: number, room: number, message: EnrpMessage): number {
  switch (message.type) {
    case 'ENRP_HANDLE_UPDATE':
      return putEnrpHandleUpdate(view, start, message);
    case 'ENRP_PRESENCE':
      return putEnrpPresence(view, start, message);
    case 'ENRP_HANDLE_TABLE_RESPONSE':
      return putEnrpHandleTableResponse(view, start, room, message);
    default:
      return -1;
  }
}

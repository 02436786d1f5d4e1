import type { AsapMessage, AssociationId, NetworkInput } from '@rserpool/wire';

/**
 * Answers what could not be understood with an ASAP_ERROR where RFC 5354 section 3 asks for one (RFC 5352 section
 * 2.2.14). An ASAP_ERROR itself is never answered, so that two ends cannot keep each other busy.
 *
 * @param input - What came in.
 * @param send - Sends the answer.
 */
export function reportErrors(
  input: Extract<NetworkInput<AsapMessage>, { type: 'message' | 'malformed' }>,
  send: (association: AssociationId, message: AsapMessage) => void,
): void {
  if (input.type === 'message') {
    if (input.reports.length === 0 || input.message.type === 'ASAP_ERROR') return;
    send(input.association, { type: 'ASAP_ERROR', error: { causes: input.reports } });
  } else if (input.error.action === 'report' && input.error.cause !== undefined) {
    if (input.error.messageType === asapErrorMessageType) return;
    send(input.association, { type: 'ASAP_ERROR', error: { causes: [input.error.cause] } });
  }
}

/** RFC 5352 section 2.2.14. */
const asapErrorMessageType = 0x0e;

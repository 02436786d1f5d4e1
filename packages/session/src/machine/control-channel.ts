import {
  type AsapMessage,
  type DecodeError,
  type ErrorCause,
  TransportUse,
  type UserTransport,
} from '@rserpool/wire';

/**
 * The ASAP_ERROR that RFC 5352 section 2.2.14 wants sent back for error causes that the codec collected. An
 * ASAP_ERROR is never answered, so that two sides cannot keep each other busy.
 *
 * @param message - What the causes are about.
 * @param reports - The causes; the bytes are still the sender's.
 * @returns The message, or `undefined` where there is nothing to report.
 */
export function answerToReports(
  message: AsapMessage,
  reports: readonly ErrorCause[],
): AsapMessage | undefined {
  if (reports.length === 0 || message.type === 'ASAP_ERROR') return undefined;
  return { type: 'ASAP_ERROR', error: { causes: reports } };
}

/**
 * The ASAP_ERROR for something that is no ASAP message, where RFC 5354 sections 3 and 4 want it reported; again
 * not for an ASAP_ERROR.
 *
 * @param error - What the codec says about it.
 */
export function answerToMalformed(error: DecodeError): AsapMessage | undefined {
  if (error.action !== 'report' || error.cause === undefined || error.messageType === 0x0e) return undefined;
  return { type: 'ASAP_ERROR', error: { causes: [error.cause] } };
}

/**
 * Tells whether a pool was registered with a control channel beside the data (Transport Use, RFC 5354 section 3.4).
 *
 * @param transport - The user transport of its elements.
 */
export function isControlled(transport: UserTransport | undefined): boolean {
  return transport?.protocol === 'sctp' && transport.transportUse === TransportUse.dataPlusControl;
}

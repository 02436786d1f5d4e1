import type { OutboundMessage } from '../contract/association.ts';
import { checkInteger } from './bind-settings.ts';
import { messageTooLongError } from './transport-errors.ts';

/**
 * Checks a message that is about to be sent.
 *
 * @param message - The message.
 * @param maximumBytes - How long it may be.
 * @throws RserpoolError `ERR_RSERPOOL_MESSAGE_TOO_LONG`, `ERR_RSERPOOL_INVALID_ARGUMENT`.
 */
export function checkOutbound(message: OutboundMessage, maximumBytes: number): void {
  if (message.data.length > maximumBytes) throw messageTooLongError(message.data.length, maximumBytes);
  checkInteger('payloadProtocolIdentifier', message.payloadProtocolIdentifier, 0, 0xffffffff);
  if (message.stream !== undefined) checkInteger('stream', message.stream, 0, 0xffff);
}

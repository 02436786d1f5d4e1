import { putProtocolViolationCause } from '../wire/causes/error-cause.ts';
import type { Association } from './association.ts';
import { maySendData } from './association-state.ts';
import { abortForViolation } from './end.ts';
import { reportAcknowledged } from './report-acknowledged.ts';

/** A SACK came (RFC 9260 section 6.2.1); where nothing may be outstanding it is discarded (section 6). */
export function receiveSack(
  association: Association,
  bytes: Uint8Array,
  offset: number,
  length: number,
  now: number,
): void {
  const { sender } = association;
  if (sender === undefined || !maySendData(association.state)) return;
  const outcome = sender.handleSack(bytes, offset, length, now);
  if (!outcome.valid) {
    const detail = 'SACK for what was never sent, or with gap ack blocks out of order';
    abortForViolation(association, detail, (writer) => putProtocolViolationCause(writer, detail));
    return;
  }
  reportAcknowledged(association, outcome.acknowledgedBytes);
}

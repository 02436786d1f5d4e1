import { AsapPayloadProtocolIdentifier, RserpoolError } from '@rserpool/wire';
import type { SessionMessage } from './machine/session-message.ts';
import { type DataForm, toData } from './text-forms.ts';

/** How a message of the application is sent. */
export interface SendOptions {
  /** The stream, 0 .. 65535; 0 by default. Order is kept within one stream; control messages use stream 0. */
  readonly stream?: number;
  /** Whether it may overtake others (ASAP_SCTP_UNORDER of RFC 5352 section 6.5.5); false by default. */
  readonly unordered?: boolean;
  /**
   * Whether another element may get the message where the one that it was meant for is unreachable
   * (ASAP_SEND_FAILOVER, ASAP_SEND_NO_FAILOVER of RFC 5352 section 6.5.5); true by default. With false, a message that
   * could not be sent comes back in an event `sendFailed`.
   */
  readonly failover?: boolean;
  /** The SCTP payload protocol identifier, 0 .. 2^32 - 1, but not ASAP's 11; 0 by default. */
  readonly payloadProtocolIdentifier?: number;
}

/**
 * Makes a message of what an application sends.
 *
 * @param form - The bytes, or text. Bytes are not copied.
 * @param options - How it is sent.
 * @param maximumBytes - The longest message that the transport takes.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` or `ERR_RSERPOOL_MESSAGE_TOO_LONG`.
 */
export function toSessionMessage(
  form: DataForm,
  options: SendOptions | undefined,
  maximumBytes: number,
): SessionMessage {
  const data = toData(form);
  const { stream = 0, unordered = false, payloadProtocolIdentifier = 0 } = options ?? {};
  if (payloadProtocolIdentifier === AsapPayloadProtocolIdentifier) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      'The payload protocol identifier 11 belongs to ASAP (RFC 5352 section 5): choose another one for data.',
    );
  }
  if (!isInteger(payloadProtocolIdentifier, 0xffffffff) || !isInteger(stream, 0xffff)) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `A stream is 0 .. 65535 and a payload protocol identifier 0 .. 4294967295: ${stream} and ${payloadProtocolIdentifier} are not.`,
    );
  }
  if (data.length > maximumBytes) {
    throw new RserpoolError(
      'ERR_RSERPOOL_MESSAGE_TOO_LONG',
      `The message has ${data.length} bytes, the transport takes ${maximumBytes}: send it in parts.`,
    );
  }
  const message = { data, payloadProtocolIdentifier, stream, unordered };
  return options?.failover === false ? { ...message, failover: false } : message;
}

function isInteger(value: number, maximum: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= maximum;
}

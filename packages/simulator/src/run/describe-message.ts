import { decodeAsapMessage, decodeEnrpMessage } from '@rserpool/wire';

/**
 * What a message is, for traces.
 *
 * @param data - Its bytes.
 */
export function describeMessage(data: Uint8Array): unknown {
  const decoded = decodeAsapMessage(data);
  const other = decoded.ok ? decoded : decodeEnrpMessage(data);
  if (other.ok) return { message: other.message.type, ...other.message };
  return `${data.length} bytes: ${data.subarray(0, 16).join('.')}`;
}

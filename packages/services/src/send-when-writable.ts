import type { ServedSession } from '@rserpool/session';

/**
 * Sends a message and waits until there is room for another one. A session that has ended takes none, and that is no
 * error: its user is gone.
 *
 * @param session - The session.
 * @param data - The message.
 * @param payloadProtocolIdentifier - What it is.
 */
export async function sendWhenWritable(
  session: ServedSession,
  data: Uint8Array | string,
  payloadProtocolIdentifier: number,
): Promise<void> {
  if (session.hasEnded) return;
  if (!session.send(data, { payloadProtocolIdentifier })) await session.writable();
}

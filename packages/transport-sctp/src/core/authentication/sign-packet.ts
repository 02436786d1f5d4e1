import type { Association } from '../association/association.ts';
import { beginAuth, HmacIdentifier, signAuth } from '../wire/chunks/auth.ts';
import type { PacketWriter } from '../wire/packet-writer.ts';
import { hmacOf } from './hmac-of.ts';

const hmacLengths: Readonly<Record<number, number>> = {
  [HmacIdentifier.sha1]: 20,
  [HmacIdentifier.sha256]: 32,
};

/** No chunk of the packet is authenticated. */
export const notAuthenticated = -1;

/**
 * Begins the authenticated part of a packet (RFC 4895 section 6.2).
 *
 * @returns What {@link endAuthenticated} wants to be given.
 */
export function beginAuthenticated(association: Association, writer: PacketWriter): number {
  const { authentication } = association;
  if (authentication === undefined) return notAuthenticated;
  const { hmacIdentifier } = authentication;
  return beginAuth(writer, 0, hmacIdentifier, hmacLengths[hmacIdentifier] ?? 0);
}

/** Ends the authenticated part of a packet: nothing may be written behind. */
export function endAuthenticated(association: Association, writer: PacketWriter, chunk: number): void {
  const { authentication, core } = association;
  if (chunk === notAuthenticated || authentication === undefined) return;
  const hmac = hmacOf(core, authentication.hmacIdentifier);
  if (hmac !== undefined) signAuth(writer, chunk, (data) => hmac(authentication.key, data));
}

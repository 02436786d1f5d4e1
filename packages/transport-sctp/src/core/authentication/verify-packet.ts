import type { Association } from '../association/association.ts';
import { putError } from '../association/send-alone.ts';
import type { Path } from '../path/path.ts';
import { putUnsupportedHmacCause } from '../wire/causes/error-cause.ts';
import {
  authenticatedBytes,
  authHmac,
  authHmacIdentifier,
  authSharedKeyIdentifier,
} from '../wire/chunks/auth.ts';
import { hmacOf } from './hmac-of.ts';

/**
 * An AUTH chunk came (RFC 4895 section 6.3).
 *
 * @param path - Where an ERROR may go; `undefined` where the packet came from an address that is not known yet.
 * @returns Whether the chunks behind it are what the peer sent; else they are discarded.
 */
export function isAuthentic(
  association: Association,
  path: Path | undefined,
  bytes: Uint8Array,
  offset: number,
  length: number,
): boolean {
  const { authentication, core } = association;
  if (authentication === undefined || length < 8) return false;
  const identifier = authHmacIdentifier(bytes, offset);
  const hmac = hmacOf(core, identifier);
  if (hmac === undefined) {
    reportUnsupported(association, path, identifier);
    return false;
  }
  // There are no endpoint pair shared keys, hence no identifier but 0.
  if (authSharedKeyIdentifier(bytes, offset) !== 0) return false;
  const expected = hmac(authentication.key, authenticatedBytes(bytes, offset, length));
  const received = authHmac(bytes, offset, length);
  if (received.length !== expected.length) return false;
  let difference = 0;
  for (const [at, byte] of expected.entries()) difference |= byte ^ (received[at] as number);
  if (difference !== 0) core.statistics.authenticationFailures += 1;
  return difference === 0;
}

function reportUnsupported(association: Association, path: Path | undefined, identifier: number): void {
  if (path?.isConfirmed !== true) return;
  association.queueControl({
    path,
    bytes: 12,
    put: (writer) => putError(writer, (error) => putUnsupportedHmacCause(error, identifier)),
  });
}

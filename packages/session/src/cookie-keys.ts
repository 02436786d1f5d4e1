import { createHmac } from 'node:crypto';
import { RserpoolError } from '@rserpool/wire';
import type { CookieSealOptions, MessageAuthentication } from './machine/cookie-seal.ts';

/** What HMAC-SHA-256 puts out: shorter keys weaken it (RFC 2104 section 3). */
const minimumKeyBytes = 32;

/**
 * The signature of cookies with HMAC-SHA-256.
 *
 * @param keys - The keys of the pool; the first one signs. Absent: nothing is signed.
 * @param maximumAgeMs - How old a cookie may be.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for no key, short keys, and an age that is not positive.
 */
export function toCookieSeal(
  keys: readonly Uint8Array[] | undefined,
  maximumAgeMs: number | undefined,
): CookieSealOptions | undefined {
  if (maximumAgeMs !== undefined && !(maximumAgeMs > 0)) {
    throw invalidArgument(`cookieMaximumAgeMs is ${maximumAgeMs}: it has to be positive.`);
  }
  if (keys === undefined) {
    if (maximumAgeMs === undefined) return undefined;
    throw invalidArgument('cookieMaximumAgeMs needs cookieKeys: only a signed cookie tells its age.');
  }
  const [first, ...others] = keys.map(toAuthentication);
  if (first === undefined) throw invalidArgument('cookieKeys is empty: give a key, or leave it out.');
  return {
    authenticate: [first, ...others],
    currentTime: () => Date.now(),
    ...(maximumAgeMs === undefined ? {} : { maximumAgeMs }),
  };
}

function toAuthentication(key: Uint8Array): MessageAuthentication {
  if (key.length < minimumKeyBytes) {
    throw invalidArgument(
      `A key in cookieKeys has ${key.length} bytes: give ${minimumKeyBytes} random ones, as crypto.randomBytes(${minimumKeyBytes}) makes them.`,
    );
  }
  const own = key.slice();
  return (data) => createHmac('sha256', own).update(data).digest();
}

function invalidArgument(message: string): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', message);
}

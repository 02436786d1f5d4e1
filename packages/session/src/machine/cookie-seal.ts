/**
 * A message authentication code: 32 bytes that only who has the key can make, HMAC-SHA-256 for example. Pure code has
 * no cryptography, so it is passed in; it has to be synchronous.
 */
export type MessageAuthentication = (data: Uint8Array) => Uint8Array;

/** Options of a {@link CookieSeal}. */
export interface CookieSealOptions {
  /**
   * One function for each key that all elements of the pool know. The first one signs; each of them verifies, so that
   * a key can be replaced: give the new one as the second to all elements, then as the first, then drop the old one.
   */
  readonly authenticate: readonly [MessageAuthentication, ...MessageAuthentication[]];
  /** The time of day, in milliseconds since 1970: elements compare it, so their clocks have to agree roughly. */
  readonly currentTime: () => number;
  /**
   * How old a cookie may be, in milliseconds; `Infinity` by default, since an idle session keeps its last cookie for as
   * long as it lives, and must not lose a state that is secured. A bound limits for how long an old state can be
   * brought back.
   */
  readonly maximumAgeMs?: number;
}

/**
 * Why a cookie is refused: it is not signed (or not in this form), it was changed or made for another pool or with an
 * unknown key, or it is older than `maximumAgeMs`.
 */
export type CookieRefusal = 'unsigned' | 'forged' | 'expired';

/** What {@link CookieSeal.open} finds. */
export type OpenedCookie =
  | { readonly ok: true; readonly cookie: Uint8Array }
  | { readonly ok: false; readonly reason: CookieRefusal };

/** `RSc1`: tells sealed cookies, of this form, from others. */
const mark = Uint8Array.of(0x52, 0x53, 0x63, 0x31);

const timeOffset = mark.length;
const cookieOffset = timeOffset + 8;
const tagBytes = 32;

/** By how many bytes a seal makes a cookie longer. */
export const cookieSealBytes: number = cookieOffset + tagBytes;

/**
 * Signs and verifies cookies (RFC 5352 section 3.8: "a cookie should be signed by the sending PE ASAP Endpoint and the
 * cookie should be verified by the receiving PE's ASAP Endpoint"; how is left to the implementation). For the user
 * a sealed cookie is what every cookie is: bytes to store and to send back unmodified.
 *
 * The form is the mark, the time in milliseconds since 1970 (u64), the application's cookie, and 32 bytes that
 * authenticate all of it together with the pool handle. It is signed, not encrypted: users can read it.
 *
 * A user may bring the same cookie again, which is what a second failover does, and an older one of its own: without a
 * store that the elements share nobody can tell. `maximumAgeMs` bounds that.
 */
export class CookieSeal {
  readonly #options: CookieSealOptions;

  /**
   * @param options - Keys, time, age.
   */
  constructor(options: CookieSealOptions) {
    this.#options = options;
  }

  /**
   * Signs a cookie.
   *
   * @param poolHandle - The pool, of whose elements the cookie will be good for.
   * @param cookie - The application's state.
   * @returns The cookie for the user, {@link cookieSealBytes} longer.
   */
  seal(poolHandle: Uint8Array, cookie: Uint8Array): Uint8Array {
    const sealed = new Uint8Array(cookieSealBytes + cookie.length);
    sealed.set(mark);
    new DataView(sealed.buffer).setBigUint64(timeOffset, BigInt(Math.trunc(this.#options.currentTime())));
    sealed.set(cookie, cookieOffset);
    const signed = sealed.subarray(0, sealed.length - tagBytes);
    sealed.set(this.#options.authenticate[0](authenticated(poolHandle, signed)), signed.length);
    return sealed;
  }

  /**
   * Verifies a cookie that a user brings.
   *
   * @param poolHandle - The pool of this element.
   * @param sealed - Whatever came.
   * @returns The application's state, which is a copy, or why it is refused.
   */
  open(poolHandle: Uint8Array, sealed: Uint8Array): OpenedCookie {
    if (sealed.length < cookieSealBytes || mark.some((byte, index) => sealed[index] !== byte)) {
      return { ok: false, reason: 'unsigned' };
    }
    const signed = sealed.subarray(0, sealed.length - tagBytes);
    const tag = sealed.subarray(signed.length);
    const data = authenticated(poolHandle, signed);
    if (!this.#options.authenticate.some((authenticate) => isEqual(authenticate(data), tag))) {
      return { ok: false, reason: 'forged' };
    }
    // What is authentic has a time that an element wrote. One of the future is another clock's: the cookie is new.
    const view = new DataView(sealed.buffer, sealed.byteOffset, sealed.length);
    const ageMs = this.#options.currentTime() - Number(view.getBigUint64(timeOffset));
    if (ageMs > (this.#options.maximumAgeMs ?? Infinity)) return { ok: false, reason: 'expired' };
    return { ok: true, cookie: signed.slice(cookieOffset) };
  }
}

/** What is authenticated: the length of the pool handle, the pool handle, and the cookie with its mark and time. */
function authenticated(poolHandle: Uint8Array, signed: Uint8Array): Uint8Array {
  const data = new Uint8Array(4 + poolHandle.length + signed.length);
  new DataView(data.buffer).setUint32(0, poolHandle.length);
  data.set(poolHandle, 4);
  data.set(signed, 4 + poolHandle.length);
  return data;
}

/** Compares in a time that depends on the length alone, so that nobody can guess a tag byte by byte. */
function isEqual(expected: Uint8Array, actual: Uint8Array): boolean {
  let difference = expected.length ^ actual.length;
  for (let index = 0; index < actual.length; index += 1) {
    difference |= (expected[index] ?? 0) ^ (actual[index] ?? 0);
  }
  return difference === 0;
}

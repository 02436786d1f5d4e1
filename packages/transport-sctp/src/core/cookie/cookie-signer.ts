import type { RandomSource } from '@rserpool/wire';
import type { HmacSha256 } from '../sctp-endpoint-options.ts';
import { decodeStateCookie, encodeStateCookie, type StateCookie } from './state-cookie.ts';

/** How long a key signs, in milliseconds: an hour, as RFC 9260 section 5.1.3 suggests. */
const keyPeriodMs = 3_600_000;

/** The length of a key and of a signature, in bytes. */
const keyBytes = 32;
const signatureBytes = 32;

/**
 * Signs state cookies and tells its own ones from others. Keys change hourly, and the one before stays valid for as
 * long: a cookie lives much shorter than that.
 */
export class CookieSigner {
  readonly #hmac: HmacSha256;
  readonly #random: RandomSource;
  readonly #keys: [Uint8Array, Uint8Array];
  #generation = 0;
  #changeAt: number | undefined;

  /**
   * @param hmac - HMAC-SHA-256.
   * @param random - Numbers that nobody can guess, for the keys.
   */
  constructor(hmac: HmacSha256, random: RandomSource) {
    this.#hmac = hmac;
    this.#random = random;
    this.#keys = [this.#newKey(), this.#newKey()];
  }

  /**
   * A signed cookie: the number of the key, the content, the signature of both.
   *
   * @param cookie - What it holds.
   * @param now - The time in milliseconds.
   */
  sign(cookie: StateCookie, now: number): Uint8Array {
    this.#changeKeys(now);
    const content = encodeStateCookie(cookie);
    const signed = new Uint8Array(1 + content.length + signatureBytes);
    signed[0] = this.#generation & 1;
    signed.set(content, 1);
    const body = signed.subarray(0, 1 + content.length);
    signed.set(this.#hmac(this.#key(), body), body.length);
    return signed;
  }

  /**
   * The content of a cookie that came back.
   *
   * @param signed - What COOKIE ECHO carries.
   * @param now - The time in milliseconds.
   * @returns `undefined` where this signer did not make it, or too long ago (RFC 9260 section 5.1.5, 1 and 2).
   */
  verify(signed: Uint8Array, now: number): StateCookie | undefined {
    this.#changeKeys(now);
    const bodyLength = signed.length - signatureBytes;
    if (bodyLength < 1) return undefined;
    const key = this.#keys[(signed[0] as number) & 1] as Uint8Array;
    const body = signed.subarray(0, bodyLength);
    const expected = this.#hmac(key, body);
    let difference = (signed[0] as number) & ~1;
    for (let at = 0; at < signatureBytes; at++) {
      difference |= (expected[at] as number) ^ (signed[bodyLength + at] as number);
    }
    return difference === 0 ? decodeStateCookie(body.subarray(1)) : undefined;
  }

  #key(): Uint8Array {
    return this.#keys[this.#generation & 1] as Uint8Array;
  }

  /** Changes keys when it is time; without a timer of its own, because nobody minds when nobody asks. */
  #changeKeys(now: number): void {
    if (this.#changeAt === undefined) this.#changeAt = now + keyPeriodMs;
    if (now < this.#changeAt) return;
    if (now >= this.#changeAt + keyPeriodMs) this.#keys[this.#generation & 1] = this.#newKey();
    this.#generation += 1;
    this.#keys[this.#generation & 1] = this.#newKey();
    this.#changeAt = now + keyPeriodMs;
  }

  #newKey(): Uint8Array {
    const key = new Uint8Array(keyBytes);
    const words = new DataView(key.buffer);
    for (let at = 0; at < keyBytes; at += 4) words.setUint32(at, this.#random());
    return key;
  }
}

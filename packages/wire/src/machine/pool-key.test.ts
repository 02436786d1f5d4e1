import { bytesEqual } from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { poolHandleOfKey, poolKey } from './pool-key.ts';

describe('the key of a pool handle', () => {
  test('is the same for the same bytes, and no other handle has it', () => {
    // Few values and short handles, so that equal ones and beginnings of others come up.
    const handle = fc.uint8Array({ minLength: 1, maxLength: 6, max: 2 });
    fc.assert(
      fc.property(handle, handle, (left, right) => {
        expect(poolKey(left) === poolKey(right)).toBe(bytesEqual(left, right));
      }),
    );
  });

  test('follows a handle whose bytes were changed', () => {
    const handle = Uint8Array.of(1, 2, 3, 4);
    const before = poolKey(handle);
    handle[3] = 5;
    expect(poolHandleOfKey(poolKey(handle))).toEqual(Uint8Array.of(1, 2, 3, 5));
    expect(poolHandleOfKey(before)).toEqual(Uint8Array.of(1, 2, 3, 4));
  });

  test('has the whole handle in it, however long', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (handle) => {
        expect(poolHandleOfKey(poolKey(handle))).toEqual(handle);
      }),
    );
  });

  test('tells the length of handles that end in the bytes of other characters', () => {
    expect(poolKey(Uint8Array.of(0, 1))).not.toBe(poolKey(Uint8Array.of(1)));
    expect(poolKey(Uint8Array.of(0, 0x65, 1, 2))).not.toBe(poolKey(Uint8Array.of(1, 2)));
  });
});

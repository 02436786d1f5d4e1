import { formatIpAddress } from '@rserpool/wire';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressText } from './address-text.ts';

test('an address has the same text, however many others were written before', () => {
  // Few values, so that addresses come again, and so many that some have the same place.
  const address = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4, max: 7 }),
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
  );
  fc.assert(
    fc.property(fc.array(address, { minLength: 50, maxLength: 500 }), (addresses) => {
      expect(addresses.map(addressText)).toEqual(addresses.map(formatIpAddress));
    }),
  );
});

test('what is no address is refused', () => {
  expect(() => addressText(new Uint8Array(5))).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
});

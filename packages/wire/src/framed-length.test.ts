import { expect, it } from 'vitest';
import { framedMessageLength } from './framed-length.ts';
import { bytes } from './testing/samples.fixture.ts';

const cases = [
  { name: 'an aligned message', input: bytes(5, 0, 0, 12), offset: 0, length: 12 },
  { name: 'a message with padding', input: bytes(5, 0, 1, 5), offset: 0, length: 264 },
  { name: 'a message behind another one', input: bytes(9, 9, 9, 9, 5, 0, 0, 13), offset: 4, length: 16 },
  { name: 'a header that is not complete', input: bytes(5, 0, 0), offset: 0, length: undefined },
  { name: 'nothing', input: bytes(), offset: 0, length: undefined },
  { name: 'a stream that is broken', input: bytes(5, 0, 0, 3), offset: 0, length: 3 },
];

it.each(cases)('tells the framed length of $name', ({ input, offset, length }) => {
  expect(framedMessageLength(input, offset)).toBe(length);
});

import { describe, expect, it } from 'vitest';
import { ascii, bytes } from '../testing/samples.fixture.ts';
import { formatPoolHandle, poolHandleFromText } from './pool-handle-text.ts';

describe('text of a pool handle', () => {
  it.each(['EchoPool', 'Schönwetter', 'プール', '😀', 'a b'])(
    'is itself where it is printable: %s',
    (text) => {
      expect(formatPoolHandle(poolHandleFromText(text))).toBe(text);
    },
  );

  it.each([
    { name: 'no bytes', handle: bytes(), text: '0x' },
    { name: 'no UTF-8', handle: bytes(0x41, 0xff), text: '0x41ff' },
    { name: 'a control character', handle: bytes(0x41, 0x0a), text: '0x410a' },
    { name: 'a C1 control character', handle: bytes(0xc2, 0x85), text: '0xc285' },
    { name: 'a change of direction', handle: poolHandleFromText('a\u202eb'), text: '0x61e280ae62' },
    { name: 'a zero at the end', handle: bytes(0x41, 0), text: '0x4100' },
  ])('is hexadecimal for $name', ({ handle, text }) => {
    expect(formatPoolHandle(handle)).toBe(text);
  });

  it('is made of the UTF-8 bytes', () => {
    expect(poolHandleFromText('Pool')).toEqual(ascii('Pool'));
    expect(poolHandleFromText('ö')).toEqual(bytes(0xc3, 0xb6));
  });
});

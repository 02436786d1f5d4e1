import { expect, it } from 'vitest';
import { Reader } from '../codec/reader.ts';
import { Writer } from '../codec/writer.ts';
import { defaultDecodeLimits } from '../decode-limits.ts';
import { bytesToHex, hexToBytes } from '../text/hex.ts';
import { readHandleResolutionOption, writeHandleResolutionOption } from './handle-resolution-option.ts';
import { ParameterType } from './parameter-type.ts';

const table = [
  { name: 'items left to the registrar', hex: '803f000800000000', items: 0 },
  { name: 'three items', hex: '803f000800000003', items: 3 },
  { name: 'as many as possible', hex: '803f0008ffffffff', items: 0xffffffff },
];

it.each(table)('Handle Resolution option, both ways: $name', ({ hex, items }) => {
  const bytes = hexToBytes(`05000000${hex}`);
  const reader = new Reader(bytes, defaultDecodeLimits);
  reader.beginMessage(5, bytes.length);
  reader.option = ParameterType.handleResolutionOption;
  expect(readHandleResolutionOption(reader)).toBe(items);
  const writer = new Writer();
  writeHandleResolutionOption(writer, items);
  expect(bytesToHex(writer.endBare())).toBe(hex);
});

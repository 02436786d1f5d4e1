import { formatPoolHandle, poolHandleFromText } from '@rserpool/wire';
import { expect, test } from 'vitest';
import { toPoolResolution } from './resolved-element.ts';

test.each(['EchoPool', 'a b~', 'Schönwetter', 'a\nb', '\ud800'])(
  'the text of a pool is the same, whether it was named by text, by bytes or not at all: %j',
  (text) => {
    const poolHandle = poolHandleFromText(text);
    const pool = { poolHandle, policy: { type: 'roundRobin' }, poolElements: [], fromCache: false } as const;
    const texts = [text, poolHandle, undefined].map((form) => toPoolResolution(pool, form).poolHandleText);
    expect(texts).toEqual(Array.from({ length: 3 }, () => formatPoolHandle(poolHandle)));
  },
);

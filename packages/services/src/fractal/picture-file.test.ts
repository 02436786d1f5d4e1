import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { seahorseValley } from '../machine/fractal/fractal-parameter.ts';
import { Picture } from '../machine/fractal/picture.ts';
import { encodePicture } from './picture-file.ts';

test('a picture becomes a PNG of its size, different where one point differs', () => {
  const picture = Picture.computed({ ...seahorseValley, width: 6, height: 4 });
  const before = encodePicture(picture);
  expect(decode(before)).toMatchObject({ width: 6, height: 4, channels: 3, depth: 8 });
  picture.put(2, 2, Uint32Array.of(3));
  expect(encodePicture(picture)).not.toEqual(before);
});

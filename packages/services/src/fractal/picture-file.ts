import { encode } from 'fast-png';
import type { Picture } from '../machine/fractal/picture.ts';

/**
 * A picture as a PNG file, eight bits a channel.
 *
 * @param picture - The picture; points that are not there yet are drawn as if they escaped at once.
 */
export function encodePicture(picture: Picture): Uint8Array {
  const { width, height } = picture.parameter;
  return encode({ width, height, data: picture.toRgb(), channels: 3, depth: 8 });
}

/**
 * The fractal pool: what `npm start` runs, and the service for other programs.
 *
 * @packageDocumentation
 */
export { computePoint } from './fractal/compute-point.ts';
export { decodeFractalCookie, encodeFractalCookie, type FractalState } from './fractal/fractal-cookie.ts';
export {
  decodeFractalPacket,
  encodeFractalPacket,
  type FractalPacket,
  FractalPayloadProtocolIdentifier,
  maximumPointsPerPacket,
} from './fractal/fractal-packets.ts';
export { FractalAlgorithm, type FractalParameter, seahorseValley } from './fractal/fractal-parameter.ts';
export { fractalPool } from './fractal/fractal-pool.ts';
export { Picture } from './fractal/picture.ts';
export { receivePicture } from './fractal/receive-picture.ts';
export { serveFractal } from './fractal/serve-fractal.ts';
export { main } from './main.ts';

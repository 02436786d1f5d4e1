/**
 * The application services of the RSerPool reference implementation, and clients of them.
 *
 * @packageDocumentation
 */
export { fractalService, type FractalServiceOptions } from './fractal/fractal-service.ts';
export { encodePicture } from './fractal/picture-file.ts';
export { receivePicture } from './fractal/receive-picture.ts';
export type { FractalLimits } from './machine/fractal/fractal-limits.ts';
export { type FractalParameter, seahorseValley } from './machine/fractal/fractal-parameter.ts';
export { Picture } from './machine/fractal/picture.ts';
export { ServicePayloadProtocolIdentifier, ServicePoolHandle } from './machine/service-protocol.ts';
export type { Service } from './service.ts';

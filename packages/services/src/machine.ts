/**
 * The pure part of `@rserpool/services`: the application protocols of the reference implementation, byte by byte, and
 * the services behind them without network, clock and promises. Simulations use these; applications use
 * `@rserpool/services`.
 *
 * @packageDocumentation
 */
export { decodeCalcAppCookie, encodeCalcAppCookie } from './machine/calc-app/calc-app-cookie.ts';
export {
  type CalcAppPacket,
  CalcAppPacketType,
  decodeCalcAppPacket,
  encodeCalcAppPacket,
} from './machine/calc-app/calc-app-packet.ts';
export type { CalcAppState } from './machine/calc-app/calc-app-state.ts';
export { computePoint } from './machine/fractal/compute-point.ts';
export { FractalComputation, type FractalPoints } from './machine/fractal/fractal-computation.ts';
export {
  decodeFractalCookie,
  encodeFractalCookie,
  type FractalState,
} from './machine/fractal/fractal-cookie.ts';
export {
  defaultFractalLimits,
  type FractalLimits,
  isWithinFractalLimits,
} from './machine/fractal/fractal-limits.ts';
export {
  decodeFractalPacket,
  encodeFractalPacket,
  type FractalPacket,
  maximumPointsPerPacket,
} from './machine/fractal/fractal-packets.ts';
export {
  FractalAlgorithm,
  type FractalParameter,
  seahorseValley,
} from './machine/fractal/fractal-parameter.ts';
export { Picture } from './machine/fractal/picture.ts';
export { decodePingPongCookie, encodePingPongCookie } from './machine/ping-pong/ping-pong-cookie.ts';
export {
  decodePingPongPacket,
  encodePingPongPacket,
  maximumPingDataBytes,
  type PingPongPacket,
} from './machine/ping-pong/ping-pong-packet.ts';
export { ServicePayloadProtocolIdentifier, ServicePoolHandle } from './machine/service-protocol.ts';

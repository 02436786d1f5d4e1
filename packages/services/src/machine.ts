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
export { CalcAppJobMachine } from './machine/calc-app/calc-app-job-machine.ts';
export {
  type CalcAppAttemptFailure,
  type CalcAppJobEvent,
  type CalcAppJobInput,
  type CalcAppJobOptions,
  type CalcAppJobOutput,
  type CalcAppJobTimes,
  maximumRetryDelayMs,
} from './machine/calc-app/calc-app-job-types.ts';
export { CalcAppServerMachine } from './machine/calc-app/calc-app-server-machine.ts';
export {
  type CalcAppServerOptions,
  defaultCalcAppServerOptions,
} from './machine/calc-app/calc-app-server-options.ts';
export type {
  CalcAppServerEvent,
  CalcAppServerInput,
  CalcAppServerOutput,
  ServedSessionId,
} from './machine/calc-app/calc-app-server-types.ts';
export type { CalcAppState } from './machine/calc-app/calc-app-state.ts';
export {
  CalcAppWorkload,
  type CalcAppWorkloadOptions,
  type PlannedJob,
} from './machine/calc-app/calc-app-workload.ts';
export {
  handlingTimeMs,
  JobStatistics,
  type JobSummary,
  type JobTimes,
} from './machine/calc-app/job-statistics.ts';
export { ProcessorSharing, type SharedJob } from './machine/calc-app/processor-sharing.ts';
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
export { PingPongClientMachine } from './machine/ping-pong/ping-pong-client-machine.ts';
export type {
  PingPongClientInput,
  PingPongClientOptions,
  PingPongClientOutput,
  PingPongEvent,
  PingPongSummary,
} from './machine/ping-pong/ping-pong-client-types.ts';
export { decodePingPongCookie, encodePingPongCookie } from './machine/ping-pong/ping-pong-cookie.ts';
export {
  decodePingPongPacket,
  encodePingPongPacket,
  maximumPingDataBytes,
  type PingPongPacket,
} from './machine/ping-pong/ping-pong-packet.ts';
export { PingPongReplies } from './machine/ping-pong/ping-pong-replies.ts';
export { ServicePayloadProtocolIdentifier, ServicePoolHandle } from './machine/service-protocol.ts';
export { decodeChargenCookie, encodeChargenCookie } from './machine/text/chargen-cookie.ts';
export { chargenLine } from './machine/text/chargen-line.ts';
export { type Daytime, formatDaytime } from './machine/text/daytime.ts';

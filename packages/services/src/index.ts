/**
 * The application services of the RSerPool reference implementation, and clients of them.
 *
 * @packageDocumentation
 */
export {
  type CalcAppService,
  type CalcAppServiceOptions,
  createCalcAppService,
} from './calc-app/calc-app-service.ts';
export { calculateJob, type CalculateJobOptions } from './calc-app/calculate-job.ts';
export {
  type CalcAppClientEvent,
  type CalcAppClientOptions,
  runCalcAppClient,
} from './calc-app/run-calc-app-client.ts';
export { fractalService, type FractalServiceOptions } from './fractal/fractal-service.ts';
export { encodePicture } from './fractal/picture-file.ts';
export { receivePicture } from './fractal/receive-picture.ts';
export type {
  CalcAppAttemptFailure,
  CalcAppJobEvent,
  CalcAppJobOptions,
  CalcAppJobTimes,
} from './machine/calc-app/calc-app-job-types.ts';
export {
  type CalcAppServerOptions,
  defaultCalcAppServerOptions,
} from './machine/calc-app/calc-app-server-options.ts';
export type { CalcAppPacket, CalcAppPacketType } from './machine/calc-app/calc-app-packet.ts';
export type { CalcAppServerEvent, ServedSessionId } from './machine/calc-app/calc-app-server-types.ts';
export type { CalcAppState } from './machine/calc-app/calc-app-state.ts';
export type { CalcAppWorkloadOptions } from './machine/calc-app/calc-app-workload.ts';
export type { JobSummary, JobTimes } from './machine/calc-app/job-statistics.ts';
export { defaultFractalLimits, type FractalLimits } from './machine/fractal/fractal-limits.ts';
export {
  FractalAlgorithm,
  type FractalParameter,
  seahorseValley,
} from './machine/fractal/fractal-parameter.ts';
export { Picture } from './machine/fractal/picture.ts';
export type {
  PingPongClientOptions,
  PingPongEvent,
  PingPongSummary,
} from './machine/ping-pong/ping-pong-client-types.ts';
export { ServicePayloadProtocolIdentifier, ServicePoolHandle } from './machine/service-protocol.ts';
export { pingPongService, type PingPongServiceOptions } from './ping-pong/ping-pong-service.ts';
export { runPingPongClient, type RunPingPongOptions } from './ping-pong/run-ping-pong-client.ts';
export type { Service } from './service.ts';
export { tellLoad } from './tell-load.ts';
export { chargenService, type ChargenServiceOptions } from './text/chargen-service.ts';
export { daytimeService, type DaytimeServiceOptions } from './text/daytime-service.ts';
export { discardService } from './text/discard-service.ts';
export { echoService } from './text/echo-service.ts';
export { runTerminal, type TerminalOptions } from './text/run-terminal.ts';

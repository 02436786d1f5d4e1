/**
 * The published evaluation of Reliable Server Pooling and whole clusters with faults, simulated in virtual time on the
 * machines and the codec that run in production. Everything follows from a seed.
 *
 * @packageDocumentation
 */
export type { Violation } from './checkers/violation.ts';
export type { ClusterProfile } from './cluster/cluster-timing.ts';
export type { Discovery } from './cluster/protocols.ts';
export type { Rarity, Scenario, ScenarioOptions } from './cluster/scenario.ts';
export { formatTraceLine, type TraceLine } from './cluster/trace.ts';
export { type Distribution, drawFrom } from './engine/distribution.ts';
export { EventQueue, SimulatedEvent } from './engine/event-queue.ts';
export { RandomStream } from './engine/random-stream.ts';
export { RandomStreams } from './engine/random-streams.ts';
export { VirtualTime } from './engine/virtual-time.ts';
export type { FaultKind, FaultModel } from './faults/fault-model.ts';
export type { Mischief } from './network/network-conditions.ts';
export { simulate, type SimulationOptions, type SimulationResult } from './run/simulation.ts';
export { checkParameters } from './evaluation/check-parameters.ts';
export { type MetricDescription, type MetricName, metricNames, metricTable } from './evaluation/metrics.ts';
export {
  type EvaluationPolicy,
  meanRequestInterval,
  meanUptime,
  type Model,
  modelDefaults,
  type RunParameters,
} from './evaluation/parameters.ts';
export {
  evaluationPolicies,
  type ParameterDescription,
  type ParameterName,
  parameterTable,
} from './evaluation/parameter-table.ts';
export type { RunTraceLine } from './evaluation/run-trace.ts';
export { type RunOptions, type RunResult, simulateRun } from './evaluation/simulate-run.ts';
export { cookieInterval } from './experiment/formula/cookie-interval.ts';

import { type MetricDescription, metricTable } from '../../evaluation/metrics.ts';
import { parameterTable } from '../../evaluation/parameter-table.ts';
import type { ParameterValue } from './scenario.ts';

/** A parameter that a scenario may set. */
export interface SubjectParameter {
  /** Its name, in camel case. */
  readonly name: string;
  /** Reads a value; throws an `RserpoolError` that says what is allowed. */
  parse(text: string): ParameterValue;
  /** What is wrong with a value, in words; `undefined` where nothing is. */
  problem(value: unknown): string | undefined;
}

/** What a scenario is about: parameters that go in, metrics that come out. */
export interface Subject {
  /** The parameters. */
  readonly parameters: readonly SubjectParameter[];
  /** The metrics by their names. */
  readonly metrics: Readonly<Record<string, MetricDescription>>;
}

/** The simulation: the parameters and metrics of a run. */
export const simulation: Subject = { parameters: parameterTable, metrics: metricTable };

import * as v from 'valibot';
import type { Assignment, Ordering, Panel, ParameterValue } from './scenario.ts';

/** A scenario as its file has it. */
export interface ScenarioFile {
  readonly title: string;
  readonly source: string;
  readonly about: string;
  readonly readings: readonly string[];
  readonly formula?: string | undefined;
  readonly model?: string | undefined;
  readonly fixed: Assignment;
  readonly x: {
    readonly parameter: string;
    readonly values: readonly ParameterValue[];
    readonly label: string;
    readonly divideBy: number;
    readonly scale: 'linear' | 'log';
  };
  readonly curves: Readonly<Record<string, readonly ParameterValue[]>>;
  readonly seeds: number;
  readonly panels: readonly Panel[];
  readonly orderings: readonly Ordering[];
}

/** Something that is wrong, and where: the keys that lead there. */
export interface Problem {
  /** The keys from the top of the file. */
  readonly path: readonly (string | number)[];
  /** What is wrong there and what is allowed. */
  readonly message: string;
}

const text = v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'));
const value = v.union(
  [v.number(), v.string(), v.boolean(), v.array(v.number())],
  'must be a number, a word, true or false, or a list of numbers',
);
const values = v.pipe(v.array(value), v.minLength(1, 'needs at least one value'));
const assignment = v.record(v.string(), value);
const lists = v.record(v.string(), values);

const ordering = v.strictObject({
  says: text,
  metric: text,
  change: v.optional(v.strictObject({ from: assignment, to: assignment })),
  order: v.optional(v.pipe(v.array(assignment), v.minLength(2, 'needs at least two, the largest first'))),
  between: v.optional(v.tuple([v.number(), v.number()])),
  where: v.optional(lists, {}),
  deviation: v.optional(text),
});

const schema = v.strictObject({
  title: text,
  source: v.optional(text, 'own'),
  about: v.optional(v.string(), ''),
  readings: v.optional(v.array(text), []),
  formula: v.optional(text),
  model: v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String))),
  fixed: v.optional(assignment, {}),
  x: v.strictObject({
    parameter: text,
    values,
    label: text,
    divideBy: v.optional(v.pipe(v.number(), v.gtValue(0, 'must be larger than 0')), 1),
    scale: v.optional(v.picklist(['linear', 'log'], "is 'linear' or 'log'"), 'linear'),
  }),
  curves: v.optional(lists, {}),
  seeds: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000, 'is 10000 at most')),
    24,
  ),
  panels: v.pipe(
    v.array(v.strictObject({ metric: text, label: v.optional(text) })),
    v.minLength(1, 'needs at least one'),
  ),
  orderings: v.optional(v.array(ordering), []),
});

/**
 * Checks the shape of what a scenario's file contains.
 *
 * @param content - The content, as YAML has it.
 * @returns The scenario with its defaults, or all that is wrong with it.
 */
export function parseScenarioFile(content: unknown): ScenarioFile | readonly Problem[] {
  const result = v.safeParse(schema, content);
  if (result.success) return result.output;
  return result.issues.map((issue) => ({
    path: (issue.path ?? []).map(({ key }) => key as string | number),
    message: messageOf(issue),
  }));
}

function messageOf({ message, expected, received }: v.BaseIssue<unknown>): string {
  if (!message.startsWith('Invalid')) return message;
  if (expected === 'never') return 'is not known here';
  if (received === 'undefined') return 'is missing';
  return `is ${received}, but must be ${(expected ?? 'something else').toLowerCase()}`;
}

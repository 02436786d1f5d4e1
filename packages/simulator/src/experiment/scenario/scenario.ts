/** The value of a parameter: a number, a word such as a policy's name or `never`, a switch, or a list of numbers. */
export type ParameterValue = number | string | boolean | readonly number[];

/** Parameters by name, some of them. */
export type Assignment = Readonly<Record<string, ParameterValue>>;

/** What a scenario plots against. */
export interface Axis {
  /** The parameter that varies. */
  readonly parameter: string;
  /** Its values, in the order of the axis. */
  readonly values: readonly ParameterValue[];
  /** What is written at the axis, with the unit. */
  readonly label: string;
  /** What values are divided by on the axis, such as the seconds of an average request; 1 by default. */
  readonly divideBy: number;
  /** Whether the axis is logarithmic. */
  readonly scale: 'linear' | 'log';
}

/** One plot of a figure. */
export interface Panel {
  /** The metric. */
  readonly metric: string;
  /** What is written at the axis; the metric's title and unit by default. */
  readonly label?: string | undefined;
}

/**
 * What is said about the figure, so that results can be held against it.
 *
 * Of the scenario's swept parameters some are named by `order` or `change`; what is said has to hold for every
 * combination of the others.
 */
export interface Ordering {
  /** The sentence, for people. */
  readonly says: string;
  /** The metric of which it speaks. */
  readonly metric: string;
  /** Where given, it speaks of the metric's change between two points, `to` less `from`, instead of its value. */
  readonly change?: { readonly from: Assignment; readonly to: Assignment } | undefined;
  /** The points, or curves, from the largest to the smallest. */
  readonly order?: readonly Assignment[] | undefined;
  /** The values between which the metric, or its change, is. */
  readonly between?: readonly [number, number] | undefined;
  /** Where it is said: the values of parameters that it speaks of; all by default. */
  readonly where: Readonly<Record<string, readonly ParameterValue[]>>;
  /** Why the model does not show it, where that is known. */
  readonly deviation?: string | undefined;
}

/** A figure as data: what is simulated, what varies, and what is looked at. */
export interface Scenario {
  /** The file's name without its ending; the results are named after it. */
  readonly name: string;
  /** One line. */
  readonly title: string;
  /** Where it comes from, such as `2009 paper, figure 7`. */
  readonly source: string;
  /** What is to be seen, in a few sentences. */
  readonly about: string;
  /** Decisions where texts disagree or are silent. */
  readonly readings: readonly string[];
  /** The formula that is evaluated; `undefined` where runs are simulated. */
  readonly formula: string | undefined;
  /** Parameters that differ from the model's defaults, the model itself included. */
  readonly fixed: Assignment;
  /** What is plotted against. */
  readonly x: Axis;
  /** One curve is drawn for each combination of these values. */
  readonly curves: Readonly<Record<string, readonly ParameterValue[]>>;
  /** How many runs each point has, with the seeds 1, 2 and so on. */
  readonly seeds: number;
  /** The plots, from left to right. */
  readonly panels: readonly Panel[];
  /** What is said about them. */
  readonly orderings: readonly Ordering[];
}

/**
 * The swept parameters of a scenario with their values: those of the curves, then the one of the axis.
 *
 * @param scenario - The scenario.
 */
export function sweptParameters(scenario: Scenario): Readonly<Record<string, readonly ParameterValue[]>> {
  return { ...scenario.curves, [scenario.x.parameter]: scenario.x.values };
}

/**
 * Every combination of values, the last parameter varying fastest.
 *
 * @param swept - The parameters and their values.
 */
export function combinations(swept: Readonly<Record<string, readonly ParameterValue[]>>): Assignment[] {
  return Object.entries(swept).reduce<Assignment[]>(
    (partial, [name, values]) =>
      partial.flatMap((assignment) => values.map((value) => ({ ...assignment, [name]: value }))),
    [{}],
  );
}

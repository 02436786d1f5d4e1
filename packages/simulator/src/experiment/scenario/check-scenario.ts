import { RserpoolError } from '@rserpool/wire';
import { formulas } from '../formula/formulas.ts';
import {
  type Assignment,
  type Ordering,
  type ParameterValue,
  type Scenario,
  sweptParameters,
} from './scenario.ts';
import { parametersOf } from './cells.ts';
import type { Problem } from './scenario-schema.ts';
import { simulation, type Subject } from './subject.ts';

type Path = Problem['path'];

/**
 * Checks what a scenario says against the parameters and metrics that there are.
 *
 * @param scenario - The scenario.
 * @returns All that is wrong.
 */
export function checkScenario(scenario: Scenario): Problem[] {
  const subject = scenario.formula === undefined ? simulation : formulas.get(scenario.formula);
  if (subject === undefined) {
    const allowed = [...formulas.keys()].join(', ');
    return [{ path: ['formula'], message: `'${scenario.formula}' is not known; allowed is ${allowed}` }];
  }
  const { x, curves, fixed, panels, orderings } = scenario;
  const problems = [
    ...Object.entries(fixed).flatMap(([name, value]) =>
      checkValue(subject, name === 'model' ? ['model'] : ['fixed', name], name, value),
    ),
    ...x.values.flatMap((value, index) => checkValue(subject, ['x', 'values', index], x.parameter, value)),
    ...Object.entries(curves).flatMap(([name, values]) =>
      values.flatMap((value, index) => checkValue(subject, ['curves', name, index], name, value)),
    ),
    ...panels.flatMap(({ metric }, index) => checkMetric(subject, ['panels', index, 'metric'], metric)),
    ...checkTwice(scenario),
    ...orderings.flatMap((ordering, index) => checkOrdering(subject, scenario, ordering, index)),
  ];
  return problems.length > 0 || scenario.formula !== undefined ? problems : checkWhole(scenario);
}

function checkValue(subject: Subject, path: Path, name: string, value: ParameterValue): Problem[] {
  const parameter = subject.parameters.find((known) => known.name === name);
  if (parameter === undefined) {
    const allowed = subject.parameters.map((known) => known.name).join(', ');
    return [{ path, message: `'${name}' is no parameter; allowed are ${allowed}` }];
  }
  const problem = parameter.problem(value);
  return problem === undefined ? [] : [{ path, message: problem }];
}

function checkMetric({ metrics }: Subject, path: Path, metric: string): Problem[] {
  if (Object.hasOwn(metrics, metric)) return [];
  return [{ path, message: `'${metric}' is no metric; allowed are ${Object.keys(metrics).join(', ')}` }];
}

/** A parameter is either fixed, or the axis, or told by the curve. */
function checkTwice({ x, curves, fixed }: Scenario): Problem[] {
  const problems: Problem[] = [];
  if (Object.hasOwn(curves, x.parameter)) {
    problems.push({ path: ['curves', x.parameter], message: 'is the x axis already' });
  }
  for (const name of [x.parameter, ...Object.keys(curves)]) {
    if (Object.hasOwn(fixed, name)) problems.push({ path: ['fixed', name], message: 'is swept already' });
  }
  return problems;
}

function checkOrdering(subject: Subject, scenario: Scenario, ordering: Ordering, index: number): Problem[] {
  const path = ['orderings', index] as const;
  const swept = sweptParameters(scenario);
  const { change, order, between, where, metric } = ordering;
  const problems = checkMetric(subject, [...path, 'metric'], metric);
  if ((order === undefined) === (between === undefined)) {
    problems.push({ path, message: "needs either 'order' or 'between'" });
  }
  const points: [Path, Assignment][] = [
    ...(order ?? []).map((point, place): [Path, Assignment] => [[...path, 'order', place], point]),
    ...(change === undefined
      ? []
      : Object.entries(change).map(([key, point]): [Path, Assignment] => [[...path, 'change', key], point])),
  ];
  for (const [place, point] of points) {
    for (const [name, value] of Object.entries(point)) {
      problems.push(...checkSwept(swept, [...place, name], name, [value]));
    }
  }
  for (const [name, values] of Object.entries(where)) {
    problems.push(...checkSwept(swept, [...path, 'where', name], name, values));
  }
  const names = (point: Assignment): string => Object.keys(point).toSorted().join();
  if (order?.some((point) => names(point) !== names(order[0] ?? {})) === true) {
    problems.push({ path: [...path, 'order'], message: 'needs the same parameters in each of its points' });
  }
  return problems;
}

function checkSwept(
  swept: Readonly<Record<string, readonly ParameterValue[]>>,
  path: Path,
  name: string,
  values: readonly ParameterValue[],
): Problem[] {
  const known = Object.hasOwn(swept, name) ? swept[name] : undefined;
  if (known === undefined) {
    return [{ path, message: `'${name}' is not swept; allowed are ${Object.keys(swept).join(', ')}` }];
  }
  const unknown = values.filter((value) => !known.includes(value));
  if (unknown.length === 0) return [];
  return [{ path, message: `${unknown.join(', ')} is not simulated; allowed are ${known.join(', ')}` }];
}

/** What parameters say together, at the first point: limits that depend on others. */
function checkWhole(scenario: Scenario): Problem[] {
  try {
    const first = Object.entries(sweptParameters(scenario)).map(([name, [value]]) => [name, value]);
    parametersOf(scenario, Object.fromEntries(first) as Assignment);
    return [];
  } catch (error) {
    if (!RserpoolError.is(error)) throw error;
    return [{ path: ['fixed'], message: error.message.replace(`${error.code}: `, '') }];
  }
}

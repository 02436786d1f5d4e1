import { RserpoolError } from '@rserpool/wire';
import { formulas } from '../formula/formulas.ts';
import type { ParameterValue, Scenario } from './scenario.ts';
import { simulation } from './subject.ts';

/** What a scenario is run with instead of what its file says. */
export interface Adaptation {
  /** Parameters: `name=value`; several values, separated by commas, for what is swept. */
  readonly settings: readonly string[];
  /** The number of runs a point. */
  readonly seeds?: number | undefined;
  /** Every second point of the axis, and at most four runs a point; a formula keeps its points. */
  readonly isQuick: boolean;
}

const quickSeeds = 4;

/**
 * A scenario with other parameters, other numbers of runs or fewer points.
 *
 * @param scenario - The scenario.
 * @param adaptation - What is different.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a setting that is none.
 */
export function adaptScenario(scenario: Scenario, { settings, seeds, isQuick }: Adaptation): Scenario {
  const adapted = settings.reduce(applySetting, scenario);
  const isPinned = settings.some((setting) => setting.startsWith(`${scenario.x.parameter}=`));
  return {
    ...adapted,
    seeds: seeds ?? (isQuick ? Math.min(quickSeeds, scenario.seeds) : scenario.seeds),
    x: {
      ...adapted.x,
      values:
        isQuick && !isPinned && scenario.formula === undefined
          ? everySecond(adapted.x.values)
          : adapted.x.values,
    },
  };
}

function everySecond(values: readonly ParameterValue[]): ParameterValue[] {
  // The ends stay: what is said about a figure is often said about them.
  return values.filter((_, index) => index % 2 === 0 || index === values.length - 1);
}

function applySetting(scenario: Scenario, setting: string): Scenario {
  const [, name = '', text = ''] = /^(\w+)=(.+)$/u.exec(setting) ?? [];
  const subject = scenario.formula === undefined ? simulation : formulas.get(scenario.formula);
  const parameter = subject?.parameters.find((known) => known.name === name);
  if (parameter === undefined) {
    const allowed = subject?.parameters.map((known) => known.name).join(', ') ?? '';
    throw invalid(`--set ${setting} is not understood; allowed is name=value with the names ${allowed}`);
  }
  const { x, curves, fixed } = scenario;
  const isAxis = name === x.parameter;
  if (!isAxis && !Object.hasOwn(curves, name)) {
    return { ...scenario, fixed: { ...fixed, [name]: parameter.parse(text) } };
  }
  const values = text.split(',').map((part) => parameter.parse(part));
  return isAxis
    ? { ...scenario, x: { ...x, values } }
    : { ...scenario, curves: { ...curves, [name]: values } };
}

function invalid(message: string): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', message);
}

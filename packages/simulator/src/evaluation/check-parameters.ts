import { RserpoolError } from '@rserpool/wire';
import { parameterTable } from './parameter-table.ts';
import { modelDefaults, type RunParameters } from './parameters.ts';

/** What is derived from other parameters, or drawn, where it is not given. */
const optional: ReadonlySet<string> = new Set(['requestInterval', 'capacities']);

/**
 * Completes and checks the parameters of a run.
 *
 * @param values - What differs from the defaults of the model, which is `2009` where none is named. Without `mtbfSize`
 *   that of `size` is taken.
 * @returns All parameters.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` with everything that is wrong, and what is allowed.
 * @example
 * ```ts
 * import { checkParameters } from '@rserpool/simulator';
 *
 * const parameters = checkParameters({ policy: 'RoundRobin', mtbf: 5, cookie: 1e6 });
 * ```
 */
export function checkParameters(values: Partial<RunParameters>): RunParameters {
  const problems: string[] = [];
  const known = new Set<string>(parameterTable.map(({ name }) => name));
  for (const name of Object.keys(values)) {
    if (!known.has(name)) problems.push(`there is no parameter ${name}`);
  }
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const base = modelDefaults[values.model ?? '2009'] as RunParameters | undefined;
  const parameters = {
    ...(base ?? modelDefaults['2009']),
    ...(values.size === undefined ? {} : { mtbfSize: values.size }),
    ...given,
  } as RunParameters;
  for (const description of parameterTable) {
    const { name } = description;
    if (optional.has(name) && parameters[name] === undefined) continue;
    const found = description.problem(parameters[name]);
    if (found !== undefined) problems.push(found);
  }
  if (parameters.availability < 1 && !(parameters.downtime > 0)) {
    problems.push('availability is below 1, so that downtime has to be more than 0 seconds');
  }
  const { capacities, poolElements } = parameters;
  if (Array.isArray(capacities) && capacities.length !== poolElements) {
    problems.push(
      `capacities has ${capacities.length} numbers, poolElements is ${poolElements}: both have to agree`,
    );
  }
  if (problems.length > 0) throw new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', problems.join('; '));
  return parameters;
}

import { InvalidArgumentError } from 'commander';

/**
 * A parser for an option that is a number.
 *
 * @param minimum - The smallest that is allowed.
 * @param maximum - The largest that is allowed; `Infinity` where there is none.
 * @param kind - Whether fractions are allowed; `integer` by default.
 * @returns A function from text to number, which throws commander's `InvalidArgumentError`.
 */
export function numberFrom(
  minimum: number,
  maximum: number = Infinity,
  kind: 'integer' | 'fraction' = 'integer',
): (text: string) => number {
  return (text) => {
    const value = /^\d+(?:\.\d+)?(?:e\d{1,3})?$/iu.test(text) ? Number(text) : NaN;
    const isAllowed =
      value >= minimum && value <= maximum && (kind === 'fraction' || Number.isInteger(value));
    if (isAllowed && Number.isFinite(value)) return value;
    const range = maximum === Infinity ? `a number from ${minimum}` : `${minimum} to ${maximum}`;
    throw new InvalidArgumentError(`'${text}' is not allowed; allowed is ${range}.`);
  };
}

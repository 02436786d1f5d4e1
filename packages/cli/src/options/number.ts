import { InvalidArgumentError } from 'commander';

/** What a number on the command line may be. */
export interface NumberRange {
  /** The least. */
  readonly least: number;
  /** The largest; as large as a number may be by default. */
  readonly largest?: number;
  /** Whether it may have a fraction; else it is an integer. */
  readonly isFraction?: boolean;
  /** Whether `unlimited` is allowed, for `Infinity`. */
  readonly isUnlimited?: boolean;
}

/**
 * A parser for an option that is a number.
 *
 * @param range - What is allowed.
 * @returns A function from text to number, which throws commander's `InvalidArgumentError`.
 */
export function numberIn(range: NumberRange): (text: string) => number {
  const { least, largest = Number.MAX_SAFE_INTEGER, isFraction = false, isUnlimited = false } = range;
  return (text) => {
    if (isUnlimited && text === 'unlimited') return Number.POSITIVE_INFINITY;
    const value = (isFraction ? /^\d+(?:\.\d+)?$/u : /^\d+$/u).test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= largest) return value;
    throw new InvalidArgumentError(`'${text}' is out of range; allowed is ${describeRange(range)}.`);
  };
}

/**
 * A range in words.
 *
 * @param range - What is allowed.
 */
export function describeRange({
  least,
  largest,
  isFraction = false,
  isUnlimited = false,
}: NumberRange): string {
  const numbers = isFraction ? 'a number' : 'an integer';
  const bounds = largest === undefined ? `of ${least} or more` : `from ${least} to ${largest}`;
  return `${numbers} ${bounds}${isUnlimited ? ', or unlimited' : ''}`;
}

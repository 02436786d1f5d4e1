const quantiles = new Map<number, number>();

/**
 * The probability that a variable with Student's t distribution is between -t and t.
 *
 * A finite sum for every whole number of degrees of freedom (Abramowitz and Stegun, 26.7.3 and 26.7.4).
 *
 * @param t - The bound, 0 or more.
 * @param degreesOfFreedom - How many, 1 or more.
 */
export function centralProbability(t: number, degreesOfFreedom: number): number {
  const angle = Math.atan(t / Math.sqrt(degreesOfFreedom));
  const cosine = Math.cos(angle);
  const isOdd = degreesOfFreedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let index = isOdd ? 3 : 2; index < degreesOfFreedom; index += 2) {
    term *= ((index - 1) / index) * cosine * cosine;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

/**
 * How many standard errors a two-sided 95 % confidence interval reaches to either side of a mean.
 *
 * @param degreesOfFreedom - How many, a whole number from 1 on.
 * @returns 12.7 for 1, 2.07 for 23, falling to 1.96.
 */
export function studentT95(degreesOfFreedom: number): number {
  const known = quantiles.get(degreesOfFreedom);
  if (known !== undefined) return known;
  let low = 0;
  let high = 16;
  // Halving 16 sixty times leaves less than the distance of two neighbouring numbers.
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (centralProbability(middle, degreesOfFreedom) < 0.95) low = middle;
    else high = middle;
  }
  quantiles.set(degreesOfFreedom, high);
  return high;
}

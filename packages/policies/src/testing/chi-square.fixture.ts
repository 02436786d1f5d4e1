import { expect } from 'vitest';

/** The chi-square value that a true distribution stays below in 999 of 1000 samples (Wilson and Hilferty 1931). */
function criticalValue(degreesOfFreedom: number): number {
  const part = 2 / (9 * degreesOfFreedom);
  return degreesOfFreedom * (1 - part + 3.0902 * Math.sqrt(part)) ** 3;
}

/**
 * Expects that counts follow a distribution. The random sources are seeded, so that a test that passes once
 * always does.
 *
 * @param observed - How often each outcome occurred.
 * @param weights - The ratio in which the outcomes should occur.
 */
export function expectDistribution(observed: readonly number[], weights: readonly number[]): void {
  // With one possible outcome there is nothing left to be tested.
  if (observed.length === 1) return;
  const samples = observed.reduce((sum, count) => sum + count, 0);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let chiSquare = 0;
  observed.forEach((count, index) => {
    const expected = (samples * weights[index]!) / total;
    expect(expected, 'enough samples for the test').toBeGreaterThan(5);
    chiSquare += (count - expected) ** 2 / expected;
  });
  expect(chiSquare).toBeLessThan(criticalValue(observed.length - 1));
}

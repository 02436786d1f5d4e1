/**
 * The probability of each ordered answer when elements are drawn one after the other without replacement, each with
 * its weight over the sum of the weights that are left.
 *
 * @returns Probabilities by the answer's slots, joined by commas.
 */
export function drawProbabilities(weights: readonly number[], count: number): Map<string, number> {
  const probabilities = new Map<string, number>();
  const draw = (answer: readonly number[], probability: number): void => {
    const total = weights.reduce((sum, weight, slot) => (answer.includes(slot) ? sum : sum + weight), 0);
    if (answer.length === count || total === 0) {
      probabilities.set(answer.join(), probability);
      return;
    }
    weights.forEach((weight, slot) => {
      if (weight > 0 && !answer.includes(slot)) draw([...answer, slot], (probability * weight) / total);
    });
  };
  draw([], 1);
  return probabilities;
}

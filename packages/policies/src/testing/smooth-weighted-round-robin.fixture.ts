/** The well-known smooth weighted round robin, with its look at every element for each selection. */
export function smoothWeightedRoundRobin(weights: readonly number[]): () => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const current = weights.map(() => 0);
  return () => {
    let best = 0;
    weights.forEach((weight, index) => {
      current[index]! += weight;
      if (current[index]! > current[best]!) best = index;
    });
    current[best]! -= total;
    return best;
  };
}

/** How far the number of selections is from its ideal at most, over two rounds of the list. */
export function largestDeviation(weights: readonly number[], next: () => number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = weights.map(() => 0);
  let largest = 0;
  for (let selections = 1; selections <= 2 * total; selections++) {
    counts[next()]!++;
    weights.forEach((weight, index) => {
      largest = Math.max(largest, Math.abs(counts[index]! - (selections * weight) / total));
    });
  }
  return largest;
}

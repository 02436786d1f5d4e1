// From rows of both implementations to ratios.

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function geometricMean(values) {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** Everything of a row but the measured value and who measured it: what a cell is. */
export function cellName({ op, message, policy, n, pools, h }) {
  if (message !== undefined) return `${op} ${message}`;
  const answer = h > 0 ? ` h=${h}` : '';
  return `${op}${answer} ${policy ?? ''} n=${n} pools=${pools}`.replaceAll(/ +/g, ' ');
}

/**
 * The ratios TypeScript to C of each cell: of each round, since what was measured one after the other saw the same
 * machine; the median counts, the range tells how far to trust it.
 */
export function ratios(rows) {
  const cells = new Map();
  for (const row of rows) {
    const name = cellName(row);
    if (!cells.has(name)) cells.set(name, { row, c: [], ts: [] });
    cells.get(name)[row.impl].push(row.opsPerSec);
  }
  return [...cells.values()]
    .filter(({ c, ts }) => c.length > 0 && ts.length > 0)
    .map(({ row, c, ts }) => {
      const each = ts.slice(0, c.length).map((value, round) => value / c[round]);
      const { impl: _impl, opsPerSec: _opsPerSec, ...cell } = row;
      return {
        ...cell,
        c: median(c),
        ts: median(ts),
        ratio: median(each),
        least: Math.min(...each),
        most: Math.max(...each),
      };
    });
}

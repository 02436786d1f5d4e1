// From the rows of all rounds to a cell for each operation and window, and to what they add up to.
import { median } from 'rserpool-benchmarks/ratios';

const round = (value, digits) => Number(value.toFixed(digits));

/** The ratio is that of each round, since what ran one after the other saw the same machine; the median counts. */
function cellOf(operation, window, rows) {
  const of = (registrar) => rows.filter((row) => row.registrar === registrar).map((row) => row.perSecond);
  const [ours, theirs] = [of('ours'), of('rspregistrar')];
  const ratios = ours.map((value, index) => value / theirs[index]);
  return {
    operation,
    window,
    rspregistrar: Math.round(median(theirs)),
    ours: Math.round(median(ours)),
    ratio: round(median(ratios), 2),
    least: round(Math.min(...ratios), 2),
    most: round(Math.max(...ratios), 2),
  };
}

export function cellsOf(rows) {
  const kinds = new Map(
    rows.map(({ operation, window }) => [`${operation} ${window}`, { operation, window }]),
  );
  return [...kinds.values()].map(({ operation, window }) =>
    cellOf(
      operation,
      window,
      rows.filter((row) => row.operation === operation && row.window === window),
    ),
  );
}

/** Of each kind of request the operation with the lesser ratio. */
export function summaryOf(cells) {
  const kinds = { resolve: ['resolve', 'resolveOne'], register: ['register', 'reregister'] };
  const windows = [...new Set(cells.map(({ window }) => window))];
  const least = (operations, window) =>
    Math.min(
      ...cells
        .filter((cell) => cell.window === window && operations.includes(cell.operation))
        .map(({ ratio }) => ratio),
    );
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, operations]) => [
      kind,
      Object.fromEntries(windows.map((window) => [window, least(operations, window)])),
    ]),
  );
}

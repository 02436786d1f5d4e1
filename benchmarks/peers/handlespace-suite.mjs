// The cells of the handlespace, and what they add up to.
import { fileURLToPath } from 'node:url';
import { policyTypes } from './handlespace-elements.mjs';
import { cellName, geometricMean } from './ratios.mjs';

const sizes = [1_000, 10_000, 100_000, 1_000_000];
const policies = [...Object.keys(policyTypes), 'Mixed'];

/** Small enough for two minutes, with both shapes, both ends of the cache and all kinds of structures. */
const quick = [1_000, 100_000].flatMap((n) => [
  { n, pools: n / 10, policy: 'Mixed' },
  { n, pools: 1, policy: 'WeightedRoundRobin' },
  { n, pools: 1, policy: 'WeightedRandom' },
  { n, pools: 1, policy: 'LeastUsed' },
  { n, pools: 1, policy: 'LeastUsedDegradation' },
]);

export const handlespaceSuite = {
  name: 'handlespace',
  program: 'handlespace',
  libraries: [
    'rsphsmgt',
    'tdstorage',
    'tdrandomizer',
    'tdstringutilities',
    'tdnetutilities',
    'tdtimeutilities',
  ],
  script: fileURLToPath(new URL('handlespace-run.mjs', import.meta.url)),
  nodeFlags: ['--expose-gc'],

  /** One run of a program each. */
  runs({ isQuick, only }) {
    const all = sizes.flatMap((n) =>
      [1, n / 10].flatMap((pools) => policies.map((policy) => ({ n, pools, policy }))),
    );
    return (isQuick ? quick : all).filter(
      ({ n, policy }) => (only.n ?? String(n)) === String(n) && (only.policy ?? policy) === policy,
    );
  },

  args({ n, pools, policy }, milliseconds) {
    return [String(n), String(pools), policy, String(milliseconds)];
  },

  summary(cells) {
    const isFirst = ({ op, pools }) => op === 'register' && pools > 1;
    const others = cells.filter((cell) => !isFirst(cell));
    const smallest = others.reduce((least, cell) => (cell.ratio < least.ratio ? cell : least), others[0]);
    const first = cells.filter(isFirst).map(({ ratio }) => ratio);
    return {
      geomean: geometricMean(cells.map(({ ratio }) => ratio)),
      geomeanBySize: Object.fromEntries(
        [...new Set(cells.map(({ n }) => n))].map((size) => [
          size,
          geometricMean(cells.filter(({ n }) => n === size).map(({ ratio }) => ratio)),
        ]),
      ),
      min: smallest?.ratio,
      minCell: smallest && cellName(smallest),
      minFirstRegistration: first.length > 0 ? Math.min(...first) : undefined,
    };
  },
};

// The cells of one request in, reply out, and what they add up to.
import { join } from 'node:path';
import { codecSuite } from './codec-suite.mjs';

const size = { n: 100_000, pools: 10_000 };

export const requestSuite = {
  name: 'request',
  program: 'request',
  libraries: codecSuite.libraries,
  script: join(import.meta.dirname, 'request-run.mjs'),
  nodeFlags: ['--expose-gc'],

  /** One run of a program each. */
  runs({ only }) {
    const isWanted =
      (only.n ?? String(size.n)) === String(size.n) && (only.policy ?? 'LeastUsed') === 'LeastUsed';
    return isWanted ? [size] : [];
  },

  args({ n, pools }, milliseconds) {
    // Each of the 32,768 requests should come up a few times.
    return [String(n), String(pools), String(Math.max(milliseconds, 250))];
  },

  /** The whole machine beside the same rows in C, which does less: shown, and not counted. */
  paired(rows) {
    const bare = rows.filter(({ impl }) => impl === 'c');
    return [...rows, ...bare.map((row) => ({ ...row, op: `${row.op}Machine` }))];
  },

  /** First registrations are rows of their own, but one filling is too short to count. */
  summary(cells) {
    const ratioOf = (wanted) => cells.find(({ op }) => op === wanted)?.ratio;
    return { resolve: ratioOf('resolve'), reregister: ratioOf('reregister') };
  },
};

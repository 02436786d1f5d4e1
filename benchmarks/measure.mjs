// One way to measure for all: tinybench runs each task for a while, the figure is operations a second at the median.
import { Bench } from 'tinybench';

/**
 * @param {string} suite - The name in each row.
 * @param {{ run: () => unknown, batch?: number, isAsync?: boolean }[]} tasks - What to run; other fields go into the row as they are.
 * @param {{ timeMs: number }} options - How long each task runs.
 */
export async function measure(suite, tasks, { timeMs }) {
  const rows = [];
  for (const { run, batch = 1, isAsync = false, ...fields } of tasks) {
    const bench = new Bench({ time: timeMs, warmupTime: timeMs / 4 });
    bench.add(suite, run, { async: isAsync });
    await bench.run();
    const [task] = bench.tasks;
    const { result } = task;
    if (result.state === 'errored') throw result.error;
    rows.push({
      suite,
      ...fields,
      opsPerSec: Math.round((batch * 1000) / result.latency.p50),
      p99Ms: result.latency.p99 / batch,
    });
  }
  return rows;
}

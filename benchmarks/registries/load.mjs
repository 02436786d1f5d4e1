// So many calls under way at a time for so long: rate and latencies.

/**
 * @param {(worker: number, turn: number) => Promise<unknown>} call - One operation; its errors end the measurement.
 * @param {number} width - How many are under way.
 * @param {number} timeMs - For how long.
 */
export async function load(call, width, timeMs) {
  const latencies = [];
  const begin = performance.now();
  const end = begin + timeMs;
  const worker = async (number) => {
    for (let turn = 0; ; turn++) {
      const started = performance.now();
      if (started >= end) return;
      await call(number, turn);
      latencies.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: width }, (_, number) => worker(number)));
  const seconds = (performance.now() - begin) / 1000;
  latencies.sort((left, right) => left - right);
  const quantile = (part) => Math.round(1000 * latencies[Math.floor((latencies.length - 1) * part)]) / 1000;
  return { opsPerSec: Math.round(latencies.length / seconds), p50Ms: quantile(0.5), p99Ms: quantile(0.99) };
}

/** Measures a client's operations with 1 and with 64 calls under way. */
export async function measureClient(implementation, operations, timeMs) {
  const rows = [];
  for (const [op, call] of Object.entries(operations)) {
    await load(call, 16, timeMs / 4);
    for (const width of [1, 64])
      rows.push({ impl: implementation, op, width, ...(await load(call, width, timeMs)) });
  }
  return rows;
}

/** The services that everybody holds: so many, with four members each. */
export const services = 1000;
export const membersPerService = 4;
export const valueBytes = 72;

/** Another service for each worker and turn, spread over all of them. */
export const serviceOf = (worker, turn) => (worker * 7919 + turn * 104_729) % services;

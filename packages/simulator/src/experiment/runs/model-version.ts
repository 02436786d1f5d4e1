import { createHash } from 'node:crypto';
import { checkParameters } from '../../evaluation/check-parameters.ts';
import { type Model, modelDefaults } from '../../evaluation/parameters.ts';
import { simulateRun } from '../../evaluation/simulate-run.ts';

/** Short runs in which all that the figures vary happens: failures, cookies, rejections, reports. */
const reference = {
  poolElements: 3,
  poolUsers: 6,
  targetUtilization: 0.7,
  thinkTime: 1,
  size: 1e6,
  mtbf: 20,
  availability: 1,
  clean: 0.5,
  cookie: 2e5,
  staleCache: 2,
  warmup: 20,
  duration: 200,
} as const;

/**
 * The version of the model: what short reference runs come to on this machine.
 *
 * A change of the model or of one of the machines below it gives other results, and with them another version, without
 * anybody thinking of it; a change that gives the same results gives the same version. The same holds for another
 * version of Node whose arithmetic is different: results of equal versions agree to the last bit.
 *
 * @returns 12 hexadecimal digits.
 */
export function modelVersion(): string {
  const hash = createHash('sha256');
  for (const model of Object.keys(modelDefaults) as Model[]) {
    for (const policy of ['LeastUsed', 'RoundRobin', 'Random'] as const) {
      const { metrics } = simulateRun(checkParameters({ ...reference, model, policy }), 1);
      hash.update(JSON.stringify(metrics));
    }
  }
  return hash.digest('hex').slice(0, 12);
}

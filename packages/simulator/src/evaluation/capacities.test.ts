import { describe, expect, it } from 'vitest';
import { checkParameters } from './check-parameters.ts';
import { parameterTable } from './parameter-table.ts';
import { simulateRun } from './simulate-run.ts';

describe('capacities that are given for each element', () => {
  const pool = { poolElements: 2, poolUsers: 20, warmup: 200, duration: 1200, requestInterval: 200 } as const;

  it('count instead of drawn ones: a faster element does more', () => {
    const equal = simulateRun(checkParameters({ ...pool, capacities: [1e6, 1e6] }), 1);
    const drawn = simulateRun(checkParameters({ ...pool, capacityMean: 1e6 }), 1);
    expect(equal).toEqual(drawn);
    const faster = simulateRun(checkParameters({ ...pool, capacities: [1e6, 3e6] }), 1);
    expect(faster.metrics.utilization).toBeLessThan(0.7 * equal.metrics.utilization);
    expect(faster.metrics.handlingSpeed).toBeGreaterThan(equal.metrics.handlingSpeed);
  });

  it('have to be as many as there are elements', () => {
    expect(() => checkParameters({ ...pool, capacities: [1e6] })).toThrow(/capacities has 1 numbers/u);
  });

  it('are read from text', () => {
    const row = parameterTable.find(({ name }) => name === 'capacities');
    expect(row?.parse('1e6, 2e6')).toEqual([1e6, 2e6]);
    expect(() => row?.parse('1e6,,2e6')).toThrow(/--capacities/u);
    expect(() => row?.parse('1e6,-1')).toThrow(/more than 0/u);
    expect(row?.problem([])).toBeDefined();
  });
});

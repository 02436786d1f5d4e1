import { describe, expect, it } from 'vitest';
import { simulateOverSctp } from './simulation.ts';

describe('a simulated cluster on SCTP', () => {
  it.each([1, 2, 3])('suffers and settles in the profile lan (seed %i)', async (seed) => {
    const t = performance.now();
    const result = await simulateOverSctp({ seed, scenario: { profile: 'lan', faultMs: 12_000 } });
    console.log(performance.now() - t, JSON.stringify(result));
    expect(result.violation).toBeUndefined();
    expect(result.answers).toBeGreaterThan(200);
  });
});

import { describe, expect, it } from 'vitest';
import { simulateOverSctp } from './simulation.ts';

describe('a simulated cluster on SCTP', () => {
  it('is the same for the same seed, packet by packet', async () => {
    const scenario = { profile: 'lan', faultMs: 2000, registrars: 2, elements: 4, users: 3 } as const;
    const lines: string[][] = [[], []];
    const results = [];
    for (const log of lines)
      results.push(
        await simulateOverSctp({
          seed: 5,
          scenario,
          trace: ({ at, where, kind, text }) => log.push(`${at} ${where} ${kind} ${text}`),
        }),
      );
    expect(results[1]).toEqual(results[0]);
    expect(lines[1]).toEqual(lines[0]);
    expect(lines[0]?.some((line) => line.includes('cookieEcho'))).toBe(true);
  });

  it.each([2, 3])(
    'suffers and settles although packets are lost, doubled, overtaken and changed (seed %i)',
    async (seed) => {
      const scenario = { profile: 'lan', isWild: true, faultMs: 12_000 } as const;
      const result = await simulateOverSctp({ seed, scenario });
      expect(result.violation).toBeUndefined();
      expect(result.answers).toBeGreaterThan(500);
    },
    300_000,
  );
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allMutations } from './all-mutations.fixture.ts';
import type { GuardTask } from './guards.fixture.ts';
import { mutated, type Mutation } from './mutation.fixture.ts';
import { clusters, readTranscripts, runMutant } from './run-mutant.fixture.ts';

// All of them are run by `npm run test:mutations`; here only as many as take a few seconds.
const root = fileURLToPath(new URL('../../../../', import.meta.url));

const sourceOf = ({ file }: Mutation): string => readFileSync(`${root}packages/${file}`, 'utf8');

const named = (text: string): Mutation => {
  const mutation = allMutations.find(({ procedure, name }) => `${procedure}: ${name}` === text);
  if (mutation === undefined) throw new Error(`there is no mutation '${text}'`);
  return mutation;
};

const transcripts = readTranscripts(root);
const byTranscripts: GuardTask = { transcripts, clusters: [], everyGuard: false };
const byClusters: GuardTask = { transcripts: [], clusters: clusters.slice(0, 1), everyGuard: false };

// Each takes a second or two of a core, and a busy machine may have little of one to spare.
const patience = 300_000;

describe('the mutations', () => {
  it('are many, of all procedures, and no two are the same', () => {
    const names = allMutations.map(({ procedure, name }) => `${procedure}: ${name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(60);
    expect(new Set(allMutations.map(({ procedure }) => procedure)).size).toBeGreaterThanOrEqual(15);
  });

  it.each(allMutations)('still apply to the sources ($procedure: $name)', (mutation) => {
    expect(mutated(mutation, sourceOf(mutation))).not.toBe(sourceOf(mutation));
  });

  it('fail where the code has changed, instead of breaking nothing', () => {
    const mutation: Mutation = { procedure: 'any', name: 'x', file: 'y.ts', before: 'a + b', after: 'a - b' };
    expect(mutated(mutation, 'return a + b;')).toBe('return a - b;');
    expect(() => mutated(mutation, 'return a * b;')).toThrow("mutation 'x': this stands 0 times");
    expect(() => mutated(mutation, 'a + b + a + b')).toThrow('stands 2 times');
    expect(() => mutated({ ...mutation, after: 'a + b' }, 'a + b')).toThrow('is replaced by itself');
  });

  it(
    'leave the code alone where there is none: transcripts and clusters pass',
    async () => {
      const findings = await runMutant(root, undefined, { ...byTranscripts, clusters: byClusters.clusters });
      expect(findings).toEqual({ transcripts: [], cluster: undefined });
    },
    patience,
  );

  it(
    'are seen by transcripts',
    async () => {
      const mutation = named('takeover: an acknowledgement is ignored');
      const { transcripts: changed } = await runMutant(root, mutation, byTranscripts);
      expect(changed).toContain('enrp 3.5-takeover-arbitration');
    },
    patience,
  );

  it(
    'are seen by the checkers of simulated clusters',
    async () => {
      const mutation = named('checksum: an element that leaves stays in the sum');
      const { cluster } = await runMutant(root, mutation, byClusters);
      expect(cluster?.guard).toBe('checksum (seed 1)');
    },
    patience,
  );

  it('are refused where nothing that is run has their file', async () => {
    const mutation = { ...named('takeover: an acknowledgement is ignored'), file: 'enrp/src/nowhere.ts' };
    await expect(runMutant(root, mutation, byClusters)).rejects.toThrow(
      'nothing that is run has enrp/src/nowhere.ts',
    );
  });
});

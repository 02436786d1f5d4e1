import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeHandlespace } from './testing/elements.fixture.ts';
import { NaiveHandlespace } from './testing/naive-handlespace.fixture.ts';
import { commands } from './testing/oracle-commands.fixture.ts';

test('agrees with plain arrays after any sequence of operations', () => {
  const sequences = fc.commands(commands, { maxCommands: 120, size: 'max' });
  const details = fc.check(
    fc.property(sequences, (sequence) => {
      fc.modelRun(() => ({ model: new NaiveHandlespace(), real: makeHandlespace() }), sequence);
    }),
    { seed: 5, numRuns: 150 },
  );
  expect(fc.defaultReportMessage(details) ?? 'agrees').toBe('agrees');
});

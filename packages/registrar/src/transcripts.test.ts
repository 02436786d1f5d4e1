import { readdirSync, readFileSync } from 'node:fs';
import { transcriptTitle } from '@rserpool/wire/testing';
import { describe, expect, it } from 'vitest';
import { replay } from './testing/replay-scope.fixture.ts';

// Each file in testdata holds commands and what followed them: time in ms, who, and
//   ->  a message leaves it    ..  an event: its state changed
// Messages take 1 ms. `vitest run --project registrar transcripts -u` writes the files anew; commit only what you
// understand.
const testdata = new URL('testdata/', import.meta.url);
const files = readdirSync(testdata).filter((name) => name.endsWith('.txt'));

describe('transcripts', () => {
  it.each(
    files
      .map((file) => ({ file, text: readFileSync(new URL(file, testdata), 'utf8') }))
      .map(({ file, text }) => [transcriptTitle(text), file, text] as const),
  )('%s', async (_title, file, text) => {
    await expect(replay(text)).toMatchFileSnapshot(`testdata/${file}`);
  });
});

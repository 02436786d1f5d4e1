import { readdirSync, readFileSync } from 'node:fs';
import { transcriptTitle } from '@rserpool/wire/testing';
import { describe, expect, it } from 'vitest';
import { replay } from './machine/testing/replay-session.fixture.ts';

// Each file in testdata holds commands and what followed them: time in seconds, who (registrar pr, pool element pe1,
// pool user pu), and
//   ->  a message    *  an event: its state changed    >  an answer for the application    <  an input of it
// The elements count: each message adds one, and the cookie and the answer have the sum. Messages take 1 ms.
// `vitest run --project session transcripts -u` writes the files anew; commit only what you understand.
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

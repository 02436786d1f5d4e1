import { readdirSync, readFileSync } from 'node:fs';
import { transcriptTitle } from '@rserpool/wire/testing';
import { describe, expect, it } from 'vitest';
import { replay } from './testing/replay-asap.fixture.ts';

// Each file in testdata holds commands and what followed them: time in seconds, who (registrar pr1, pool element pe1,
// pool user pu1), and
//   ->  a message    *  an event: its state changed    >  an output for the application    <  an input of it
// and the timers of elements and users wherever they change. Messages take 1 ms.
// `vitest run --project asap transcripts -u` writes the files anew; commit only what you understand.
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

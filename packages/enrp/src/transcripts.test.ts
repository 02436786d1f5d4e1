import { readdirSync, readFileSync } from 'node:fs';
import { replayTranscript, transcriptTitle } from '@rserpool/wire/testing';
import { TimerTable } from '@rserpool/wire/internal';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Cluster } from './testing/cluster.fixture.ts';
import { EnrpTranscript } from './testing/transcript-commands.fixture.ts';

// Each file in testdata holds commands and what followed them, one line for each thing that happens: time in ms,
// registrar, and
//   ->  a message leaves it        ..  an event: its state changed
//   **  a timer of it has expired  ==  an output for the registrar side of ASAP
// Messages take 1 ms. `vitest run --project enrp transcripts -u` writes the files anew; commit only what you understand.
const testdata = new URL('testdata/', import.meta.url);
const files = readdirSync(testdata).filter((name) => name.endsWith('.txt'));

/** A cluster that writes down everything, timers included. */
function recorded(): Cluster {
  const cluster = new Cluster({ transcript: true });
  const takeExpired = Reflect.get(TimerTable.prototype, 'takeExpired') as (
    this: unknown,
    now: number,
  ) => string | undefined;
  vi.spyOn(TimerTable.prototype, 'takeExpired').mockImplementation(function take(
    this: TimerTable,
    now: number,
  ) {
    const name = takeExpired.call(this, now);
    if (name !== undefined) cluster.noteTimer(name);
    return name;
  });
  return cluster;
}

describe('transcripts', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each(
    files
      .map((file) => ({ file, text: readFileSync(new URL(file, testdata), 'utf8') }))
      .map(({ file, text }) => [transcriptTitle(text), file, text] as const),
  )('%s', async (_title, file, text) => {
    const { handlers } = new EnrpTranscript(recorded());
    await expect(replayTranscript(text, handlers)).toMatchFileSnapshot(`testdata/${file}`);
  });
});

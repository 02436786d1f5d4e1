import { replayTranscript } from '@rserpool/wire/testing';
import { SessionTranscript } from './session-transcript.fixture.ts';

/** Replays a transcript of this package: its text as it has to be. */
export function replay(text: string): string {
  return replayTranscript(text, new SessionTranscript().handlers);
}

export { TranscriptCommand } from './testing/transcript-command.ts';
export { replayTranscript, type TranscriptHandlers, transcriptTitle } from './testing/transcript.ts';

import type { SctpOutput } from '../sctp-output.ts';

/** A user message that came in. */
export type MessageOutput = Extract<SctpOutput, { type: 'message' }>;

import { readFileSync } from 'node:fs';

/** One line of `testdata/messages.jsonl`: a message, and what an independent dissector (tshark 4.0.17) printed. */
export interface Capture {
  readonly proto: 'asap' | 'enrp' | 'csp';
  readonly type: number;
  readonly name: string;
  readonly flags: number;
  readonly shape: string;
  /** `rsplib`: captured while the reference implementation ran; `handmade`: sent to it to see what happens. */
  readonly origin: 'rsplib' | 'handmade';
  readonly hex: string;
  readonly tshark: Dissection;
}

/** Fields and nested parameters as the dissector names them; what occurs several times is a list. */
export type Dissection = string | { readonly [name: string]: Dissection } | readonly Dissection[];

/** All captured messages. */
export const captures: readonly Capture[] = readFileSync(
  new URL('../testdata/messages.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Capture);

import { RserpoolError } from '../rserpool-error.ts';
import { TranscriptCommand } from './transcript-command.ts';

/** Separates a command from what followed it. */
const separator = '----';

/** What does the commands of a transcript: each handler returns the lines that follow its command. */
export type TranscriptHandlers = Readonly<
  Record<string, (command: TranscriptCommand) => readonly string[] | undefined>
>;

/**
 * Replays a transcript: a text file of commands, each with the exact messages, timers and changes of state that
 * followed it.
 *
 * ```text
 * # RFC 5353 section 3.3: an element is added
 *
 * start 1 2
 * ----
 * R1 ready
 * R2 ready
 *
 * register 1 echo 77
 * ----
 * R1 -> R2 ENRP_HANDLE_UPDATE
 * ```
 *
 * Comments and empty lines stay where they are. Below a command, `----` begins what followed it, and an empty line ends
 * it. The result is the file as it has to be: a test compares it with the file as it is, or writes it anew. Who writes
 * a transcript writes the commands only.
 *
 * @example
 * ```ts
 * import { replayTranscript } from '@rserpool/wire/testing';
 *
 * let count = 0;
 * const text = replayTranscript('add 2\n\nadd 3\n', {
 *   add: (command) => {
 *     count += command.number(0);
 *     return [`count=${count}`];
 *   },
 * });
 * console.log(text); // 'add 2\n----\ncount=2\n\nadd 3\n----\ncount=5\n'
 * ```
 *
 * @param text - The transcript.
 * @param handlers - What does the commands, by their names.
 * @returns The transcript with what the handlers returned.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a command without a handler, and for words and options that
 *   its handler did not read; whatever a handler throws.
 */
export function replayTranscript(text: string, handlers: TranscriptHandlers): string {
  const replayed: string[] = [];
  let isOutput = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') isOutput = false;
    if (isOutput) continue;
    if (line === separator) {
      isOutput = true;
      continue;
    }
    replayed.push(line);
    if (line === '' || line.startsWith('#')) continue;
    replayed.push(separator, ...run(new TranscriptCommand(line, index + 1), handlers));
  }
  return replayed.join('\n');
}

/**
 * The first line of a transcript without its `#`: what it is about.
 *
 * @param text - The transcript.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where the first line is no comment.
 */
export function transcriptTitle(text: string): string {
  const [first = ''] = text.split('\n');
  if (first.startsWith('# ')) return first.slice(2);
  throw new RserpoolError(
    'ERR_RSERPOOL_INVALID_ARGUMENT',
    `a transcript begins with a comment that says what it is about, not with '${first}'`,
  );
}

function run(command: TranscriptCommand, handlers: TranscriptHandlers): string[] {
  const handler = Object.hasOwn(handlers, command.name) ? handlers[command.name] : undefined;
  if (handler === undefined) {
    throw command.error(`is no command; there are: ${Object.keys(handlers).toSorted().join(', ')}`);
  }
  const output = handler(command) ?? [];
  const unread = command.unread();
  if (unread.length > 0) throw command.error(`does not know ${unread.join(', ')}`);
  // An empty line would end the output.
  return output.flatMap((line) => line.split('\n')).filter((line) => line !== '');
}

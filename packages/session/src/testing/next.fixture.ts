import type { SessionMessage } from '../machine/session-message.ts';
import { textOf } from './cluster.fixture.ts';

/** The next message as text, or `undefined` at the end. */
export async function nextText(
  messages: AsyncIterable<SessionMessage, undefined>,
): Promise<string | undefined> {
  const result = await messages[Symbol.asyncIterator]().next();
  return result.done === true ? undefined : textOf(result.value.data);
}

// How our programs talk to the run: one JSON object a line. Questions come in as { do, request, ... }; answers and
// events go out.
import { createInterface } from 'node:readline';
import { bytesToHex, decodeUtf8, formatIpAddress } from '@rserpool/wire';

/** Numbers above this are no list: identifiers of IPv4 and IPv6 addresses are told as text. */
const isAddress = (value) => value instanceof Uint8Array && (value.length === 4 || value.length === 16);

function plain(key, value) {
  if (value instanceof Uint8Array) {
    if (key === 'poolHandle') return decodeUtf8(value);
    return isAddress(value) ? formatIpAddress(value) : bytesToHex(value);
  }
  if (Array.isArray(value)) return value.map((each) => plain('', each));
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(name, each)]));
  return value;
}

/** What the program is to be, from its command line. */
export const settings = JSON.parse(process.argv[2] ?? '{}');

/** Tells an event. */
export function tell(event, about = {}) {
  console.log(JSON.stringify({ event, ...plain('', about) }));
}

/** Tells each event of a registrar, an element, a user or a session as `{ event: its type, ... }`. */
export function tellEvent({ type, ...about }) {
  tell(type, about);
}

/** Answers questions with these functions until there are no more; then ends the program. */
export async function answerWith(functions) {
  for await (const line of createInterface({ input: process.stdin })) {
    const question = JSON.parse(line);
    // Not awaited: what is asked next may be what ends the wait.
    void answer(functions[question.do], question);
  }
  process.exit(0);
}

async function answer(ask, question) {
  const { request } = question;
  try {
    tell('answer', { request, result: (await ask(question)) ?? null });
  } catch (error) {
    tell('answer', { request, error: String(error.message), code: error.code });
  }
}

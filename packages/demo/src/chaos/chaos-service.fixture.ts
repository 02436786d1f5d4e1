import type { PoolUser, ServedSession, Session } from '@rserpool/session';

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/**
 * A service whose state is the number of the last request. The cookie goes before the answer, so that every answer
 * that a user has seen is secured by a cookie: a request that is not the next one means that state was lost.
 */
export async function serveNumbers(session: ServedSession, lost: (what: string) => void): Promise<void> {
  let state = Number(text(session.restoredState) || 0);
  for await (const { data } of session) {
    const request = Number(text(data));
    if (request > state + 1) lost(`an element at state ${state} was asked for ${request}`);
    if (request === state + 1) state = request;
    session.setCookie(String(state));
    session.send(String(state));
  }
}

/** How far a user has come. */
export interface Progress {
  answered: number;
  sessionsFailed: number;
}

/**
 * A user of that service: asks for one number after the other, for ever. It asks again where an element was lost
 * between its cookie and its answer, and goes on from the last cookie where a session fails for good.
 */
export async function useNumbers(
  user: PoolUser,
  pool: string,
  resend: 'none' | 'sinceCookie',
  pause: () => Promise<void>,
  progress: Progress,
  lost: (what: string) => void,
): Promise<void> {
  let cookie: Uint8Array | undefined;
  for (;;) {
    let session: Session | undefined;
    try {
      session = await user.connect(pool, { resend, ...(cookie !== undefined && { cookie }) });
      await ask(session, pause, progress, lost);
    } catch {
      progress.sessionsFailed += 1;
    }
    cookie = session?.cookie ?? cookie;
    await pause();
  }
}

async function ask(
  session: Session,
  pause: () => Promise<void>,
  progress: Progress,
  lost: (what: string) => void,
): Promise<void> {
  const request = (): void => {
    session.send(String(progress.answered + 1));
  };
  session.on('failoverComplete', request);
  request();
  for await (const { data } of session) {
    const answer = Number(text(data));
    if (answer < progress.answered) lost(`a user at ${progress.answered} was answered ${answer}`);
    // An answer that came twice, because the request did.
    if (answer !== progress.answered + 1) continue;
    progress.answered = answer;
    await pause();
    request();
  }
}

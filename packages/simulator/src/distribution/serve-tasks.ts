import type { LocalPoolElement, ServedSession } from '@rserpool/session';
import PQueue from 'p-queue';
import { checkParameters } from '../evaluation/check-parameters.ts';
import type { RunMetrics, RunTask } from '../experiment/runs/run-task.ts';
import { decodeTaskCookie, encodeTaskCookie } from './task-cookie.ts';
import {
  decodeTaskMessage,
  encodeTaskMessage,
  type SentTask,
  type TaskMessage,
  TaskPayloadProtocolIdentifier,
} from './task-message.ts';

/** How much of an error's text goes to the runner: enough to act on, far below what a message may have. */
const maximumReasonLength = 4096;

/** What happens at a worker. */
export type WorkerEvent =
  /** A runner has opened a session; `done` results were sent in it before, by a worker that is lost. */
  | { readonly type: 'sessionStarted'; readonly session: number; readonly done: number }
  /** A run was simulated, and its result sent. */
  | { readonly type: 'taskDone'; readonly session: number; readonly seed: number }
  /** A run could not be simulated. */
  | { readonly type: 'taskFailed'; readonly session: number; readonly seed: number; readonly reason: string }
  /** The runner has another version of the model. */
  | { readonly type: 'taskRefused'; readonly session: number; readonly modelVersion: string }
  /** The runner sent what is no message of this service: the session was cut. */
  | { readonly type: 'protocolViolation'; readonly session: number }
  /** The session is over. */
  | { readonly type: 'sessionEnded'; readonly session: number };

/** How a worker works. */
export interface ServeTasksOptions {
  /** Its name, for people. */
  readonly name: string;
  /** How many runs are simulated at a time. */
  readonly slots: number;
  /** Which model it has. */
  readonly modelVersion: string;
  /** Simulates one run; what it throws is told to the runner. */
  readonly compute: (task: RunTask) => Promise<RunMetrics>;
  /** Is told what happens. */
  readonly onEvent?: (event: WorkerEvent) => void;
}

/**
 * Serves runners: takes runs, simulates as many at a time as there are slots, and answers with the results. Each
 * session has one run simulated at a time; sessions beyond the slots wait in the order in which they asked. The load of
 * the element is the part of its slots that sessions use, so that the policy Least Used sends new ones to idle workers.
 *
 * @param element - An element with the policy Least Used and `announceCoverage`.
 * @param options - Slots, model, what simulates.
 * @returns Resolves when the element drains or closes.
 */
export async function serveTasks(element: LocalPoolElement, options: ServeTasksOptions): Promise<void> {
  const { slots, onEvent } = options;
  const queue = new PQueue({ concurrency: slots });
  let sessions = 0;
  const count = (change: 1 | -1): void => {
    const load = Math.min(1, sessions / slots);
    sessions += change;
    const next = Math.min(1, sessions / slots);
    if (next !== load && element.registrationState !== 'deregistered') element.setLoad(next);
  };
  await element.serve(async (session) => {
    const state = session.restoredState;
    const done = state === undefined ? 0 : (decodeTaskCookie(state)?.done ?? 0);
    count(1);
    onEvent?.({ type: 'sessionStarted', session: session.id, done });
    try {
      await serveSession(session, done, queue, options);
    } finally {
      count(-1);
      onEvent?.({ type: 'sessionEnded', session: session.id });
    }
  });
}

async function serveSession(
  session: ServedSession,
  doneBefore: number,
  queue: PQueue,
  options: ServeTasksOptions,
): Promise<void> {
  const { name: worker, slots, modelVersion, onEvent } = options;
  let done = doneBefore;
  let isAccepted = false;
  for await (const { data } of session) {
    const message = decodeTaskMessage(data);
    if (message?.type !== 'task') {
      onEvent?.({ type: 'protocolViolation', session: session.id });
      session.abort();
      return;
    }
    const { id, task } = message;
    if (message.modelVersion !== modelVersion) {
      onEvent?.({ type: 'taskRefused', session: session.id, modelVersion: message.modelVersion });
      send(session, { type: 'refused', id, worker, modelVersion });
      continue;
    }
    if (!isAccepted) send(session, { type: 'accepted', id, worker, slots });
    isAccepted = true;
    const answer = await queue.add(async () => await simulated(session, id, task, options));
    if (answer === undefined || session.hasEnded) return;
    // The result first: were it lost behind a cookie that covers its task, nobody would simulate the run again.
    send(session, answer);
    done += 1;
    session.setCookie(encodeTaskCookie({ done }));
    if (answer.type === 'result') onEvent?.({ type: 'taskDone', session: session.id, seed: task.seed });
  }
}

/** The answer to one task, or `undefined` where nobody waits for it any more. */
async function simulated(
  session: ServedSession,
  id: number,
  { parameters, seed }: SentTask,
  { name: worker, compute, onEvent }: ServeTasksOptions,
): Promise<TaskMessage | undefined> {
  if (session.hasEnded) return undefined;
  try {
    return { type: 'result', id, metrics: await compute({ parameters: checkParameters(parameters), seed }) };
  } catch (error) {
    if (session.hasEnded) return undefined;
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, maximumReasonLength);
    onEvent?.({ type: 'taskFailed', session: session.id, seed, reason });
    return { type: 'failed', id, worker, reason };
  }
}

function send(session: ServedSession, message: TaskMessage): void {
  session.send(encodeTaskMessage(message), { payloadProtocolIdentifier: TaskPayloadProtocolIdentifier });
}

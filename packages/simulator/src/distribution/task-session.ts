import type { AttemptFailure, PoolUser, Session, SessionEvent, SessionTiming } from '@rserpool/session';
import { RserpoolError } from '@rserpool/wire';
import { failedRun } from '../experiment/runs/thread-executor.ts';
import type { PoolExecutorEvent } from './pool-executor-event.ts';
import type { RunTask, RunWork } from '../experiment/runs/run-task.ts';
import {
  decodeTaskMessage,
  encodeTaskMessage,
  maximumTaskMessageBytes,
  type TaskMessage,
  TaskPayloadProtocolIdentifier,
} from './task-message.ts';
import type { NumberedTask, TaskSource } from './task-source.ts';

/** What a {@link TaskSession} needs. */
export interface TaskSessionOptions {
  readonly user: PoolUser;
  readonly poolHandle: string;
  readonly modelVersion: string;
  /** How long to wait for a worker, in milliseconds. */
  readonly waitMs: number;
  readonly source: TaskSource;
  readonly signal: AbortSignal;
  /** Is given each result once. */
  readonly onResult: RunWork['onResult'];
  readonly onEvent: (event: PoolExecutorEvent) => void;
  /** A worker took the first task of this session. */
  readonly onAccepted: (identifier: number, worker: string, slots: number) => void;
}

/**
 * How many tasks a session is sent before the first of them has a result: one is simulated while the next one travels.
 * More would wait in vain at one worker while others are idle.
 */
const window = 2;

/**
 * How many tasks one session is used for. Then the policy chooses again: so that workers that join get their share, and
 * one that wants to leave is free soon.
 */
const tasksPerSession = 8;

/** The pause between two attempts to find a worker grows to this at most, in milliseconds. */
const maximumPauseMs = 2_000;

/** One session with a worker, or with several of them one after another: hands out tasks and takes their results. */
export class TaskSession {
  /** Resolves when a worker has taken the first task. */
  readonly accepted: Promise<void>;
  readonly #options: TaskSessionOptions;
  readonly #open: Map<number, RunTask> = new Map();
  readonly #seeds: Map<number, number> = new Map();
  #resolveAccepted: () => void = () => undefined;
  #worker = 'a worker';
  /** Why the last attempt to find a worker failed. */
  #reason = '';
  #sent = 0;

  /**
   * @param options - The pool, where tasks come from and results go to.
   */
  constructor(options: TaskSessionOptions) {
    this.#options = options;
    this.accepted = new Promise((resolve) => {
      this.#resolveAccepted = resolve;
    });
  }

  /**
   * Uses the session until there are no more tasks, or until it has had its share.
   *
   * @param first - Its first task.
   * @throws RserpoolError `ERR_RSERPOOL_SIMULATION_WORKERS`, or the reason of the signal.
   */
  async run(first: NumberedTask): Promise<void> {
    const session = await this.#connect();
    const { signal } = this.#options;
    const abort = (): void => session.abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      this.#send(session, first);
      await this.#takeAnswers(session);
      await session.close();
    } catch (error) {
      session.abort();
      throw this.#finalError(error);
    } finally {
      signal.removeEventListener('abort', abort);
    }
    signal.throwIfAborted();
  }

  async #connect(): Promise<Session> {
    const { user, poolHandle, waitMs, signal } = this.#options;
    try {
      return await user.connect(poolHandle, {
        resend: 'sinceCookie',
        timing: waitingTiming(waitMs),
        signal,
        onEvent: (event) => this.#tell(event),
      });
    } catch (error) {
      throw this.#finalError(error);
    }
  }

  async #takeAnswers(session: Session): Promise<void> {
    for await (const { data } of session) {
      const message = decodeTaskMessage(data);
      switch (message?.type) {
        case 'accepted':
          this.#worker = message.worker;
          this.#options.onAccepted(session.element?.identifier ?? 0, message.worker, message.slots);
          this.#resolveAccepted();
          break;
        case 'result':
          this.#take(message);
          this.#refill(session);
          if (this.#open.size === 0) return;
          break;
        default:
          throw this.#workerError(message);
      }
    }
  }

  #take({ id, metrics }: Extract<TaskMessage, { type: 'result' }>): void {
    const task = this.#open.get(id);
    if (task !== undefined) {
      this.#open.delete(id);
      this.#options.onResult(task, metrics);
      return;
    }
    const seed = this.#seeds.get(id);
    if (seed === undefined) throw this.#workerError(undefined);
    this.#options.onEvent({ type: 'duplicateDropped', seed });
  }

  #refill(session: Session): void {
    while (this.#open.size < window && this.#sent < tasksPerSession) {
      const next = this.#options.source.next();
      if (next === undefined) return;
      this.#send(session, next);
    }
  }

  #send(session: Session, { id, task }: NumberedTask): void {
    const data = encodeTaskMessage({ type: 'task', id, modelVersion: this.#options.modelVersion, task });
    if (data.length > maximumTaskMessageBytes) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        `The parameters of a run have ${data.length} bytes, a worker takes ${maximumTaskMessageBytes}: simulate it with --workers instead of --pool.`,
      );
    }
    this.#open.set(id, task);
    this.#seeds.set(id, task.seed);
    this.#sent += 1;
    session.send(data, { payloadProtocolIdentifier: TaskPayloadProtocolIdentifier });
  }

  #tell(event: SessionEvent): void {
    const { onEvent } = this.#options;
    switch (event.type) {
      case 'attemptFailed':
        this.#reason = describeFailure(event.failure);
        break;
      case 'retry':
        onEvent({ type: 'waiting', attempt: event.attempt, delayMs: event.delayMs, reason: this.#reason });
        break;
      case 'elementLost':
        onEvent({
          type: 'workerLost',
          worker: this.#worker,
          reason: event.reason,
          tasks: this.#open.size,
        });
        break;
      case 'failoverComplete':
        onEvent({ type: 'failedOver', durationMs: event.durationMs, resent: event.resentMessages });
        break;
      default:
    }
  }

  #workerError(message: TaskMessage | undefined): RserpoolError {
    const worker = this.#worker;
    switch (message?.type) {
      case 'refused':
        return workersError(
          `The worker ${message.worker} has model ${message.modelVersion}, this runner ${this.#options.modelVersion}: start the worker from the same version.`,
        );
      case 'failed': {
        const task = this.#open.get(message.id);
        const where = `at the worker ${message.worker}: ${message.reason}`;
        return task === undefined ? workersError(where) : failedRun(task, where);
      }
      default:
        return workersError(
          `The worker ${worker} sent what is no answer: check that only simulation workers are in the pool ${this.#options.poolHandle}.`,
        );
    }
  }

  #finalError(error: unknown): unknown {
    if (!RserpoolError.is(error, 'ERR_RSERPOOL_SESSION_FAILED')) return error;
    const { poolHandle, waitMs } = this.#options;
    return workersError(
      `No worker of the pool ${poolHandle} could be reached for ${waitMs / 1000} s: check that one runs ("rserpool-sim worker") and that its registrar is the same.`,
      error,
    );
  }
}

function workersError(message: string, cause?: unknown): RserpoolError {
  return new RserpoolError(
    'ERR_RSERPOOL_SIMULATION_WORKERS',
    message,
    cause === undefined ? undefined : { cause },
  );
}

/** The times of a session that may wait for a worker for so long. */
function waitingTiming(waitMs: number): Partial<SessionTiming> {
  return {
    connectTimeoutMs: waitMs,
    failoverTimeoutMs: waitMs,
    maximumRetryDelayMs: maximumPauseMs,
    // The time is the bound; this only ends a session whose workers drop it over and over again.
    maximumFailoverAttempts: 32 + Math.ceil(waitMs / 100),
  };
}

const resolutionFailures: Readonly<
  Record<Extract<AttemptFailure, { kind: 'resolution' }>['reason'], string>
> = {
  unknownPoolHandle: 'there is none in the pool',
  rejected: 'the registrar refuses to answer',
  timeout: 'the registrar does not answer',
  noRegistrar: 'no registrar can be reached',
};

function describeFailure(failure: AttemptFailure): string {
  switch (failure.kind) {
    case 'resolution':
      return resolutionFailures[failure.reason];
    case 'element':
      return failure.reason;
    case 'noUsableElement':
      return 'none has a transport in common';
  }
}

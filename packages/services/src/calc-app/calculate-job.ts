import type { PoolUser, Session, SessionEvent } from '@rserpool/session';
import { createRealClock, type Clock, secureRandom } from '@rserpool/transport';
import { MachineDriver } from '@rserpool/transport/internal';
import { type RandomSource, RserpoolError } from '@rserpool/wire';
import { CalcAppJobMachine } from '../machine/calc-app/calc-app-job-machine.ts';
import type {
  CalcAppJobEvent,
  CalcAppJobInput,
  CalcAppJobOptions,
  CalcAppJobOutput,
  CalcAppJobTimes,
} from '../machine/calc-app/calc-app-job-types.ts';
import { decodeCalcAppPacket, encodeCalcAppPacket } from '../machine/calc-app/calc-app-packet.ts';
import { ServicePayloadProtocolIdentifier, ServicePoolHandle } from '../machine/service-protocol.ts';

/** Options of {@link calculateJob}. */
export interface CalculateJobOptions extends CalcAppJobOptions {
  /** The pool; `CalcAppPool` by default. */
  readonly poolHandle?: string;
  /** Is told what happens to the job. */
  readonly onJobEvent?: (event: CalcAppJobEvent) => void;
  /** Is told what happens in its session. */
  readonly onSessionEvent?: (event: SessionEvent) => void;
  /** Gives the job up; the promise is rejected with its reason. */
  readonly signal?: AbortSignal;
  /** Time and timers; the real clock by default. */
  readonly clock?: Clock;
  /** Random numbers; cryptographic ones by default. */
  readonly random?: RandomSource;
}

/**
 * Has one job calculated, in a session of its own as the reference's client does. The element is watched by keep-alives;
 * where it fails or rejects the job, another one goes on from the last cookie, or from the beginning where there is none.
 *
 * @param user - The pool user, with `sessionTransports`.
 * @param options - The job, times, limits.
 * @returns When the first element accepted it and when it was done.
 * @throws RserpoolError `ERR_RSERPOOL_JOB_FAILED` where `maximumAttempts` elements in a row would not have it, and what
 *   the session ends with, `ERR_RSERPOOL_SESSION_FAILED`.
 * @example
 * ```ts
 * import type { PoolUser } from '@rserpool/session';
 * import { calculateJob } from '@rserpool/services';
 *
 * declare const user: PoolUser;
 * const { acceptedAt, completedAt } = await calculateJob(user, { jobIdentifier: 1, jobSize: 5e6 });
 * console.log('processed in', completedAt - acceptedAt, 'ms');
 * ```
 */
export async function calculateJob(user: PoolUser, options: CalculateJobOptions): Promise<CalcAppJobTimes> {
  const job = new RunningJob(options);
  const { signal } = options;
  await using session = await user.connect(options.poolHandle ?? ServicePoolHandle.calcApp, {
    onEvent: (event) => job.sessionEvent(event),
    ...(signal !== undefined && { signal }),
  });
  const giveUp = (): void => session.abort();
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    return await job.run(session);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    job.stop();
    signal?.removeEventListener('abort', giveUp);
  }
}

class RunningJob {
  readonly #options: CalculateJobOptions;
  readonly #driver: MachineDriver<CalcAppJobInput, CalcAppJobOutput>;
  #session: Session | undefined;
  #result: Extract<CalcAppJobOutput, { type: 'completed' | 'failed' }> | undefined;

  constructor(options: CalculateJobOptions) {
    this.#options = options;
    this.#driver = new MachineDriver({
      machine: new CalcAppJobMachine(options, options.random ?? secureRandom()),
      clock: options.clock ?? createRealClock({ keepProcessAlive: true }),
      onOutput: (output) => this.#perform(output),
    });
  }

  sessionEvent(event: SessionEvent): void {
    this.#options.onSessionEvent?.(event);
    // Before there is a session to send in, the machine does not run.
    if (this.#session === undefined) return;
    if (event.type === 'elementLost') this.#driver.input({ type: 'disconnected' });
    if (event.type === 'failoverComplete')
      this.#driver.input({ type: 'connected', withCookie: event.withCookie });
  }

  async run(session: Session): Promise<CalcAppJobTimes> {
    this.#session = session;
    this.#driver.input({ type: 'connected', withCookie: false });
    for await (const { data } of session) {
      const packet = decodeCalcAppPacket(data);
      if (packet !== undefined) this.#driver.input({ type: 'packet', packet });
      if (this.#result !== undefined) break;
    }
    if (this.#result?.type === 'completed') return this.#result.times;
    const { jobIdentifier } = this.#options;
    const why =
      this.#result === undefined
        ? 'its session was closed'
        : `${this.#result.attempts} elements in a row would not have it (${this.#result.failure})`;
    throw new RserpoolError(
      'ERR_RSERPOOL_JOB_FAILED',
      `Job ${jobIdentifier} was not calculated: ${why}. Start more elements, or ask for less.`,
    );
  }

  stop(): void {
    this.#driver.stop();
  }

  #perform(output: CalcAppJobOutput): void {
    switch (output.type) {
      case 'send':
        this.#send(encodeCalcAppPacket(output.packet));
        break;
      case 'failover':
        this.#session?.forceFailover({ reportUnreachable: output.reportUnreachable });
        break;
      case 'event':
        this.#options.onJobEvent?.(output.event);
        break;
      default:
        this.#result = output;
        // The loop over the messages would wait for one that never comes.
        if (output.type === 'failed') void this.#session?.[Symbol.asyncDispose]();
    }
  }

  #send(data: Uint8Array): void {
    const session = this.#session;
    if (session === undefined || session.state === 'closed' || session.state === 'failed') return;
    session.send(data, {
      payloadProtocolIdentifier: ServicePayloadProtocolIdentifier.calcApp,
      // It is for this element; what the next one is to get is asked anew.
      failover: false,
    });
  }
}

import { bytesToHex, type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import type { Association } from '../contract/association.ts';
import type { Clock } from '../contract/clock.ts';
import type { ConnectOptions, HeartbeatOptions } from '../contract/endpoint.ts';
import { checkHeartbeat, checkInteger, checkRemote, defaultConnectTimeoutMs } from './bind-settings.ts';
import {
  abortedError,
  connectTimeoutError,
  endpointClosedError,
  throwIfAborted,
} from './transport-errors.ts';

/** What a transport's dialling is given. */
export interface DialOptions {
  /** Aborted when nobody waits for the association any more. */
  readonly signal: AbortSignal;
  /** How long the first caller waits, so that the time can be divided among the addresses. */
  readonly timeoutMs: number;
  /** The supervision that the first caller asked for. */
  readonly heartbeat: HeartbeatOptions;
}

/** Options of {@link ConnectionAttempts}. */
export interface ConnectionAttemptsOptions<Item extends Association> {
  /** For the timeouts. */
  readonly clock: Clock;
  /** The supervision where the caller asks for none. */
  readonly heartbeat: HeartbeatOptions;
  /** Whether associations and attempts are shared among callers. */
  readonly reuse: boolean;
  /** The association to an endpoint that is up already. */
  readonly find: (remote: RemoteEndpoint) => Item | undefined;
  /** Opens a new one. When its signal is aborted, it has to give up; what it opens nevertheless is aborted. */
  readonly dial: (remote: RemoteEndpoint, options: DialOptions) => Promise<Item>;
}

interface Attempt<Item> {
  readonly remote: RemoteEndpoint;
  readonly controller: AbortController;
  readonly waiters: Set<Waiter<Item>>;
}

interface Waiter<Item> {
  resolve(association: Item): void;
  reject(error: unknown): void;
}

const sharesAddress = (a: RemoteEndpoint, b: RemoteEndpoint): boolean => {
  if (a.port !== b.port) return false;
  const addresses = new Set(a.addresses.map((address) => bytesToHex(address)));
  return b.addresses.some((address) => addresses.has(bytesToHex(address)));
};

/**
 * The attempts to connect that an endpoint has under way. Callers that want the same remote endpoint share one, each
 * with its own timeout and signal; when the last of them has given up, the attempt is given up.
 */
export class ConnectionAttempts<Item extends Association> {
  readonly #options: ConnectionAttemptsOptions<Item>;
  readonly #attempts: Set<Attempt<Item>> = new Set();
  #closed = false;

  constructor(options: ConnectionAttemptsOptions<Item>) {
    this.#options = options;
  }

  /**
   * Does what {@link Endpoint.connect} promises.
   *
   * @param remote - Where to.
   * @param options - What the caller asked for.
   */
  async connect(remote: RemoteEndpoint, options: ConnectOptions): Promise<Item> {
    checkRemote(remote);
    const timeoutMs = checkInteger('timeoutMs', options.timeoutMs ?? defaultConnectTimeoutMs, 1, 0x7fffffff);
    const heartbeat = checkHeartbeat(options.heartbeat ?? this.#options.heartbeat);
    if (this.#closed) throw endpointClosedError();
    throwIfAborted('connecting', options.signal);
    const existing = this.#options.reuse ? this.#options.find(remote) : undefined;
    if (existing !== undefined) return existing;
    const attempt = this.#join(remote) ?? this.#begin(remote, timeoutMs, heartbeat);
    return this.#wait(attempt, timeoutMs, options.signal);
  }

  /** Gives up all attempts, and refuses new ones. */
  close(): void {
    this.#closed = true;
    for (const attempt of this.#attempts) {
      for (const waiter of attempt.waiters) waiter.reject(endpointClosedError());
    }
  }

  #join(remote: RemoteEndpoint): Attempt<Item> | undefined {
    if (!this.#options.reuse) return undefined;
    for (const attempt of this.#attempts) if (sharesAddress(attempt.remote, remote)) return attempt;
    return undefined;
  }

  #begin(remote: RemoteEndpoint, timeoutMs: number, heartbeat: HeartbeatOptions): Attempt<Item> {
    const controller = new AbortController();
    const attempt: Attempt<Item> = { remote, controller, waiters: new Set() };
    this.#attempts.add(attempt);
    const dialled = this.#options.dial(remote, { signal: controller.signal, timeoutMs, heartbeat });
    void dialled.then(
      (association) => {
        this.#attempts.delete(attempt);
        if (controller.signal.aborted) association.abort();
        for (const waiter of attempt.waiters) waiter.resolve(association);
      },
      (error: unknown) => {
        this.#attempts.delete(attempt);
        for (const waiter of attempt.waiters) waiter.reject(error);
      },
    );
    return attempt;
  }

  #wait(attempt: Attempt<Item>, timeoutMs: number, signal: AbortSignal | undefined): Promise<Item> {
    const { clock } = this.#options;
    return new Promise<Item>((resolve, reject) => {
      const finish = (): void => {
        clock.clearTimer(timer);
        signal?.removeEventListener('abort', onAbort);
        attempt.waiters.delete(waiter);
      };
      const waiter: Waiter<Item> = {
        resolve: (association) => {
          finish();
          resolve(association);
        },
        reject: (error) => {
          finish();
          reject(
            error instanceof Error ? error : new RserpoolError('ERR_RSERPOOL_CONNECT_FAILED', String(error)),
          );
          if (attempt.waiters.size > 0) return;
          this.#attempts.delete(attempt);
          attempt.controller.abort();
        },
      };
      const onAbort = (): void => {
        if (signal !== undefined) waiter.reject(abortedError('connecting', signal));
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const timer = clock.setTimer(clock.now() + timeoutMs, () => {
        waiter.reject(connectTimeoutError(attempt.remote, timeoutMs));
      });
      attempt.waiters.add(waiter);
    });
  }
}

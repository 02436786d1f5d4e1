import type { AssociationId, RemoteEndpoint } from '@rserpool/wire';
import type { PoolElementContext } from './pool-element-context.ts';
import { poolElementTimers } from './pool-element-context.ts';

/** The pauses between attempts vary by this fraction, so that the elements of one registrar fall out of step. */
const jitter = 0.25;

/**
 * Tries to reach the former home registrar again while its successor is awaited. Where only the path to it was
 * interrupted nobody takes over, and the registrar may have removed the element as unreachable meanwhile: it has to
 * hear of it as soon as the path is back. Attempts follow each other with a growing pause until the grace ends.
 */
export class HomeProbe {
  readonly #context: PoolElementContext;
  #remote: RemoteEndpoint | undefined;
  #association: AssociationId | undefined;
  #attempt = 0;

  constructor(context: PoolElementContext) {
    this.#context = context;
  }

  /** Begins, with a pause first. */
  start(remote: RemoteEndpoint, now: number): void {
    this.stop();
    this.#remote = remote;
    this.#attempt = 0;
    this.#pause(now);
  }

  /** Ends; an attempt that runs is given up. */
  stop(): void {
    this.#remote = undefined;
    this.#context.runtime.timers.stop(poolElementTimers.formerHomeProbe);
    this.#giveUp();
  }

  /** The pause, or the time that an attempt has, is over. */
  timeout(now: number): void {
    const remote = this.#remote;
    if (remote === undefined) return;
    if (this.#giveUp()) {
      this.#failed('no answer in time', now);
      return;
    }
    this.#attempt += 1;
    this.#association = this.#context.runtime.open(remote);
    this.#context.emit({ type: 'formerHomeProbed', remote, attempt: this.#attempt });
    this.#pause(now);
  }

  /** An association is up. Returns whether it is the one to the former home registrar, which is the caller's now. */
  associationUp(association: AssociationId): boolean {
    if (association !== this.#association) return false;
    this.#association = undefined;
    this.stop();
    return true;
  }

  /** An association could not be opened. Returns whether it was this one. */
  associationLost(association: AssociationId, reason: string, now: number): boolean {
    if (association !== this.#association) return false;
    this.#association = undefined;
    this.#failed(reason, now);
    return true;
  }

  #giveUp(): boolean {
    if (this.#association === undefined) return false;
    this.#context.runtime.close(this.#association, true);
    this.#association = undefined;
    return true;
  }

  #failed(reason: string, now: number): void {
    if (this.#remote === undefined) return;
    const retryInMs = this.#pause(now);
    this.#context.emit({
      type: 'formerHomeProbeFailed',
      remote: this.#remote,
      attempt: this.#attempt,
      reason,
      retryInMs,
    });
  }

  #pause(now: number): number {
    const { runtime } = this.#context;
    const { formerHomeProbeInitialMs, formerHomeProbeMaximumMs } = runtime.timing;
    const doublings = Math.min(Math.max(this.#attempt - 1, 0), 30);
    const pause = Math.min(formerHomeProbeInitialMs * 2 ** doublings, formerHomeProbeMaximumMs);
    const retryInMs = runtime.vary(pause, jitter);
    runtime.timers.set(poolElementTimers.formerHomeProbe, now + retryInMs);
    return retryInMs;
  }
}

import type {
  AllocateAssociation,
  AsapMessage,
  AssociationId,
  NetworkOutput,
  RandomSource,
  RemoteEndpoint,
} from '@rserpool/wire';
import { randomFraction } from '@rserpool/wire';
import { OutputQueue, TimerTable } from '@rserpool/wire/internal';
import type { AsapTiming } from '../timing/asap-timing.ts';
import { asapTimingProfiles } from '../timing/asap-timing-profiles.ts';
import type { AsapClientOptions } from './asap-client-options.ts';
import type { RunningTimer } from './running-timer.ts';

/** What every procedure of one client machine shares: its timers, its outputs, its random numbers. */
export class ClientRuntime<Output> {
  /** The effective timing: the profile `rfc` with the caller's overlay. */
  readonly timing: AsapTiming;
  /** All timers of the machine, by the RFC's names. */
  readonly timers: TimerTable = new TimerTable();
  /** What the machine wants done. */
  readonly outputs: OutputQueue<Output | NetworkOutput<AsapMessage>> = new OutputQueue();
  readonly #random: RandomSource;
  readonly #allocateAssociation: AllocateAssociation;

  /** @param options - The machine's options. */
  constructor(options: AsapClientOptions) {
    this.timing = { ...asapTimingProfiles.rfc, ...options.timing };
    this.#random = options.random;
    this.#allocateAssociation = options.allocateAssociation;
  }

  /** Sends a message. */
  send(association: AssociationId, message: AsapMessage): void {
    this.outputs.push({ type: 'send', association, message });
  }

  /** Opens an association and returns its number. */
  open(remote: RemoteEndpoint): AssociationId {
    const association = this.#allocateAssociation();
    this.outputs.push({ type: 'open', association, remote });
    return association;
  }

  /** Closes an association, gracefully or at once. */
  close(association: AssociationId, abort: boolean): void {
    this.outputs.push({ type: 'close', association, abort });
  }

  /** A time around `meanMs`, by at most `fraction` of it either way. */
  vary(meanMs: number, fraction: number): number {
    return meanMs * (1 - fraction + 2 * fraction * randomFraction(this.#random));
  }

  /** Those of the named timers that run, the earliest first. */
  running(names: Iterable<string>): RunningTimer[] {
    const running: RunningTimer[] = [];
    for (const name of names) {
      const at = this.timers.get(name);
      if (at !== undefined) running.push({ name, at });
    }
    return running.sort((left, right) => left.at - right.at);
  }

  /** An index below `length`, uniformly distributed. */
  pick(length: number): number {
    return Math.floor(randomFraction(this.#random) * length);
  }
}

import type { Association, HeartbeatOptions, TimerHandle } from '@rserpool/transport';
import type { DialOutcome, DialSettings } from '@rserpool/transport/internal';
import { type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import { SimulatedAssociation } from './simulated-association.ts';
import type { HostEndpoint } from './host-endpoint.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { SimulatedLink } from './simulated-link.ts';
import type { SimulatedNetwork } from './simulated-network.ts';

/** How long an attempt to connect may take where nothing is asked for, as the transports have it. */
const defaultConnectTimeoutMs = 5000;

/** Somebody who waits for an attempt. */
interface Waiter {
  timer: TimerHandle;
  readonly done: (outcome: DialOutcome) => void;
}

/** An attempt that is under way, shared by all who want the same. */
interface Attempt {
  readonly waiters: Set<Waiter>;
  link: SimulatedLink | undefined;
}

/** An endpoint of a simulated host: accepts and opens associations, at most one with each other endpoint. */
export class SimulatedEndpoint implements HostEndpoint {
  readonly host: SimulatedHost;
  readonly port: number;
  /** Whether associations are accepted. */
  readonly isListening: boolean;
  onAssociation: ((association: Association) => void) | undefined;
  readonly #network: SimulatedNetwork;
  readonly #heartbeat: HeartbeatOptions;
  readonly #associations: Set<SimulatedAssociation> = new Set();
  readonly #attempts: Map<string, Attempt> = new Map();

  /**
   * @param network - Where it is.
   * @param host - The host.
   * @param port - Its port.
   * @param heartbeat - How silent peers are noticed.
   * @param isListening - Whether associations are accepted.
   */
  constructor(
    network: SimulatedNetwork,
    host: SimulatedHost,
    port: number,
    heartbeat: HeartbeatOptions,
    isListening: boolean,
  ) {
    this.#network = network;
    this.host = host;
    this.port = port;
    this.#heartbeat = heartbeat;
    this.isListening = isListening;
  }

  /** The associations that are up. */
  get associations(): ReadonlySet<SimulatedAssociation> {
    return this.#associations;
  }

  isAssociatedWith(host: SimulatedHost, port: number): boolean {
    return this.#find(host, port) !== undefined;
  }

  /** No packets are carried here. */
  receive(): void {}

  /** Opens an association, or returns the one that is up; the result of the call gives the attempt up. */
  dial(remote: RemoteEndpoint, settings: DialSettings, done: (outcome: DialOutcome) => void): () => void {
    const to = this.#network.hostAt(remote.addresses);
    const known = to === undefined ? undefined : this.#find(to, remote.port);
    if (known !== undefined) {
      done({ association: known });
      return () => undefined;
    }
    const key = `${to?.index ?? remote.addresses.join()}:${remote.port}`;
    const attempt = this.#attempts.get(key) ?? this.#begin(key, to, remote, settings);
    return this.#wait(key, attempt, settings.timeoutMs ?? defaultConnectTimeoutMs, done);
  }

  /**
   * Somebody asks for an association.
   *
   * @param link - The association.
   * @param remote - Who asks.
   */
  accept(link: SimulatedLink, remote: RemoteEndpoint): SimulatedAssociation {
    // The peer's process died and nobody has noticed yet: its new one sets the same association up anew.
    const former = this.#find(link.from, remote.port);
    if (former?.isForsaken === true) {
      former.restart(link);
      return former;
    }
    const association = new SimulatedAssociation(link, this, remote, true, this.#heartbeat);
    this.#associations.add(association);
    this.onAssociation?.(association);
    association.review();
    return association;
  }

  /**
   * An association that was opened here is up.
   *
   * @param association - The association.
   */
  add(association: SimulatedAssociation): void {
    this.#associations.add(association);
  }

  /**
   * An association is gone.
   *
   * @param association - The association.
   */
  remove(association: SimulatedAssociation): void {
    this.#associations.delete(association);
  }

  /** Gives attempts up, and closes the associations gracefully. */
  close(): void {
    this.#forgetAttempts();
    for (const association of [...this.#associations]) void association.close();
    this.host.unbind(this);
  }

  /** The process died. */
  die(): void {
    this.onAssociation = undefined;
    this.#forgetAttempts();
    for (const association of this.#associations) association.die();
    this.#associations.clear();
  }

  #forgetAttempts(): void {
    for (const { link, waiters } of this.#attempts.values()) {
      for (const { timer } of waiters) this.host.clock.clearTimer(timer);
      link?.giveUp();
    }
    this.#attempts.clear();
  }

  #find(to: SimulatedHost, port: number): SimulatedAssociation | undefined {
    let newest: SimulatedAssociation | undefined;
    for (const association of this.#associations) {
      if (association.peer === to && association.remote.port === port) newest = association;
    }
    return newest;
  }

  #begin(
    key: string,
    to: SimulatedHost | undefined,
    remote: RemoteEndpoint,
    settings: DialSettings,
  ): Attempt {
    const attempt: Attempt = { waiters: new Set(), link: undefined };
    this.#attempts.set(key, attempt);
    // Nobody has that address: no answer comes, and the timeout ends it.
    if (to === undefined) return attempt;
    const heartbeat = settings.heartbeat ?? this.#heartbeat;
    attempt.link = new SimulatedLink(this.#network, this, to, remote.port, heartbeat, (association) => {
      this.#attempts.delete(key);
      const outcome =
        association === undefined
          ? { error: new RserpoolError('ERR_RSERPOOL_CONNECTION_REFUSED', 'nobody listens there') }
          : { association };
      for (const waiter of [...attempt.waiters]) this.#finish(attempt, waiter, outcome);
    });
    return attempt;
  }

  #wait(key: string, attempt: Attempt, timeoutMs: number, done: (outcome: DialOutcome) => void): () => void {
    const giveUp = (code: 'ERR_RSERPOOL_CONNECT_TIMEOUT' | 'ERR_RSERPOOL_ABORTED'): void => {
      if (!attempt.waiters.has(waiter)) return;
      this.#finish(attempt, waiter, { error: new RserpoolError(code, 'the attempt was given up') });
      if (attempt.waiters.size > 0) return;
      if (this.#attempts.get(key) === attempt) this.#attempts.delete(key);
      attempt.link?.giveUp();
    };
    const { clock } = this.host;
    const timer = clock.setTimer(clock.now() + timeoutMs, () => {
      giveUp('ERR_RSERPOOL_CONNECT_TIMEOUT');
    });
    const waiter: Waiter = { timer, done };
    attempt.waiters.add(waiter);
    return () => {
      giveUp('ERR_RSERPOOL_ABORTED');
    };
  }

  #finish(attempt: Attempt, waiter: Waiter, outcome: DialOutcome): void {
    attempt.waiters.delete(waiter);
    this.host.clock.clearTimer(waiter.timer);
    waiter.done(outcome);
  }
}

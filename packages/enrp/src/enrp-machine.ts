import type { AssociationId, Machine, RemoteEndpoint } from '@rserpool/wire';
import { EnrpCore, type EnrpState } from './core/enrp-core.ts';
import { MessageDispatch } from './core/message-dispatch.ts';
import type { EnrpPeer } from './core/peer.ts';
import { type Procedures, createProcedures } from './core/procedures.ts';
import { SignalDispatch } from './core/signal-dispatch.ts';
import { TimerDispatch } from './core/timer-dispatch.ts';
import type { EnrpCounters } from './enrp-counters.ts';
import type { EnrpInput } from './enrp-input.ts';
import type { EnrpMachineOptions } from './enrp-machine-options.ts';
import type { EnrpOutput } from './enrp-output.ts';

/**
 * A registrar among its peers (RFC 5353): it finds them, copies the handlespace, keeps it in step, notices who
 * failed and takes over. It shares a `Handlespace` with the registrar side of ASAP and has no clock, no
 * timers and no sockets: see {@link Machine} for how to drive it.
 *
 * Nothing that the network brings makes it throw.
 *
 * @example
 * ```ts
 * import { EnrpMachine, enrpTimingProfiles } from '@rserpool/enrp';
 * import { Handlespace } from '@rserpool/handlespace';
 * import { parseIpAddress, randomIdentifier, seededRandom } from '@rserpool/wire';
 *
 * const random = seededRandom(1); // a cryptographic source in production
 * let associations = 0;
 * const machine = new EnrpMachine({
 *   handlespace: new Handlespace({ random }),
 *   serverIdentifier: randomIdentifier(random),
 *   serverTransport: { protocol: 'sctp', port: 9901, transportUse: 0, addresses: [parseIpAddress('192.0.2.1')] },
 *   peers: [{ addresses: [parseIpAddress('192.0.2.2')], port: 9901 }],
 *   random,
 *   allocateAssociation: () => ++associations,
 *   timing: enrpTimingProfiles.lan,
 * });
 * machine.handle({ type: 'start' }, 0);
 * for (let output = machine.poll(); output !== undefined; output = machine.poll()) console.log(output.type);
 * ```
 */
export class EnrpMachine implements Machine<EnrpInput, EnrpOutput> {
  readonly #core: EnrpCore;
  readonly #procedures: Procedures;
  readonly #messages: MessageDispatch;
  readonly #timers: TimerDispatch;
  readonly #signals: SignalDispatch;

  /**
   * @param options - Who the registrar is, what it shares, and its settings.
   * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for a server identifier, a timer or a limit out of range.
   */
  constructor(options: EnrpMachineOptions) {
    this.#core = new EnrpCore(options);
    this.#procedures = createProcedures(this.#core);
    this.#messages = new MessageDispatch(this.#core, this.#procedures);
    this.#timers = new TimerDispatch(this.#core, this.#procedures);
    this.#signals = new SignalDispatch(this.#core, this.#procedures);
  }

  /** Where the registrar stands: `initializing` from `start` on, `ready` when it may offer its service. */
  get state(): EnrpState {
    return this.#core.state;
  }

  /** What was counted since the start; the object is the machine's own and changes with it. */
  get counters(): EnrpCounters {
    return this.#core.counters;
  }

  /** The peer list, for display. */
  peers(): EnrpPeer[] {
    return [...this.#core.peers.values()].map((peer) => ({
      identifier: peer.identifier,
      status: peer.status,
      heard: peer.heard,
      lastHeardAt: peer.lastHeard,
      associated: peer.associations.length > 0,
      endpoint: peer.endpoint,
    }));
  }

  /**
   * Takes one input. Before `start` and after `shutdown` only associations are accepted and closed.
   *
   * @param input - What happened.
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   */
  handle(input: EnrpInput, now: number): void {
    const core = this.#core;
    core.now = now;
    if (core.state === 'stopped') {
      if (input.type === 'associationUp') {
        core.outputs.push({ type: 'close', association: input.association, abort: false });
      }
      return;
    }
    this.#procedures.views.stamp();
    this.#apply(input);
    this.#signals.settle();
  }

  /** The next thing to do, in order, or `undefined` when there is nothing left. */
  poll(): EnrpOutput | undefined {
    return this.#core.outputs.take();
  }

  /** When {@link EnrpMachine.handleTimeout} wants to be called, or `undefined` while no timer runs. */
  nextTimeout(): number | undefined {
    const { now, timers, work } = this.#core;
    const next = timers.next();
    return work.isBusy && (next === undefined || next > now) ? now : next;
  }

  /**
   * Runs the timers that are due, and a slice of what takes long: then {@link EnrpMachine.nextTimeout} is in the past
   * until all is done.
   *
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   */
  handleTimeout(now: number): void {
    const { timers } = this.#core;
    this.#core.now = now;
    this.#procedures.views.stamp();
    for (let name = timers.takeExpired(now); name !== undefined; name = timers.takeExpired(now)) {
      this.#timers.expired(name);
      this.#signals.settle();
    }
    this.#core.work.run();
    this.#signals.settle();
  }

  #apply(input: EnrpInput): void {
    const { connections, errorReports, updates } = this.#procedures;
    switch (input.type) {
      case 'start':
        this.#start();
        break;
      case 'shutdown':
        this.#shutdown();
        break;
      case 'handleUpdate':
        updates.announce(input.action, input.poolHandle, input.poolElement);
        break;
      case 'message':
        this.#messages.received(input.association, input.message, input.reports);
        break;
      case 'groupMessage':
        this.#messages.receivedOnGroup(input.source, input.message);
        break;
      case 'malformed':
        errorReports.malformed(input.association, connections.get(input.association)?.peer, input.error);
        break;
      case 'associationUp':
        this.#associationUp(input.association, input.remote, input.inbound);
        break;
      case 'associationLost':
        connections.lost(input.association, input.reason);
        break;
    }
  }

  #start(): void {
    if (this.#core.state !== 'idle') return;
    this.#procedures.heartbeat.start();
    this.#procedures.initialization.start();
  }

  #shutdown(): void {
    this.#core.state = 'stopped';
    this.#core.timers.clear();
    this.#core.work.clear();
    this.#procedures.connections.shutdown();
    this.#core.peers.clear();
  }

  /** An association that this registrar opened begins with a presence: others refuse requests of strangers. */
  #associationUp(identifier: AssociationId, remote: RemoteEndpoint, inbound: boolean): void {
    const { connections, presence, failureDetection, initialization } = this.#procedures;
    const association = connections.up(identifier, remote, inbound);
    if (association?.endpoint === undefined) return;
    presence.sendOn(identifier, true);
    failureDetection.endpointReached(association.endpoint);
    initialization.associationUp(association);
  }
}

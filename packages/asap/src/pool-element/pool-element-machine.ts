import type { AsapMessage, AssociationId, Machine, RemoteEndpoint } from '@rserpool/wire';
import { ErrorCauseCode, RserpoolError } from '@rserpool/wire';
import { ClientRuntime } from '../client/client-runtime.ts';
import { HomeLink } from '../client/home-link.ts';
import { reportErrors } from '../client/report-errors.ts';
import type { RunningTimer } from '../client/running-timer.ts';
import { UnreachableReports } from '../client/unreachable-reports.ts';
import type { HomeRegistrar } from '../server-hunt/home-registrar.ts';
import { checkRegistration } from './check-registration.ts';
import { DeregistrationProcedure } from './deregistration-procedure.ts';
import { HomeWatch } from './home-watch.ts';
import type { PoolElementContext } from './pool-element-context.ts';
import { poolElementTimers } from './pool-element-context.ts';
import type { HomeChangeReason } from './pool-element-event.ts';
import type { PoolElementInput, PoolElementRegistration } from './pool-element-input.ts';
import type { PoolElementOptions } from './pool-element-options.ts';
import type { PoolElementOutput } from './pool-element-output.ts';
import { RegistrationProcedure } from './registration-procedure.ts';

/** The causes that say that an element contradicts its pool (section 3.1 rules 2 and 3). */
const contradictions: ReadonlySet<number> = new Set([
  ErrorCauseCode.inconsistentPoolPolicy,
  ErrorCauseCode.inconsistentTransportType,
  ErrorCauseCode.inconsistentDataControlConfiguration,
]);

/**
 * The pool element's side of ASAP (RFC 5352): keeps one element registered in one pool at a home registrar, answers
 * keep-alives, and leaves the pool again. This class hands what happens to the procedure that it concerns.
 *
 * The home registrar opens associations to the element, so that the shell has to accept them and report them with
 * `inbound: true`. Byte fields of inputs are kept and have to stay unchanged.
 *
 * @example
 * ```ts
 * import { PoolElementMachine } from '@rserpool/asap';
 * import { parseIpAddress, poolHandleFromText, seededRandom } from '@rserpool/wire';
 *
 * let lastAssociation = 0;
 * const machine = new PoolElementMachine({
 *   random: seededRandom(1),
 *   allocateAssociation: () => ++lastAssociation,
 *   registrars: [{ addresses: [parseIpAddress('192.0.2.1')], port: 3863 }],
 * });
 * machine.handle(
 *   {
 *     type: 'register',
 *     poolHandle: poolHandleFromText('echo'),
 *     poolElement: {
 *       identifier: 0x1234,
 *       registrationLife: 300,
 *       userTransport: { protocol: 'tcp', port: 7, address: parseIpAddress('192.0.2.7') },
 *       policy: { type: 'roundRobin' },
 *     },
 *   },
 *   0,
 * );
 * for (let output = machine.poll(); output !== undefined; output = machine.poll()) console.log(output.type);
 * ```
 */
export class PoolElementMachine implements Machine<PoolElementInput, PoolElementOutput> {
  readonly #runtime: ClientRuntime<PoolElementOutput>;
  readonly #context: PoolElementContext;
  readonly #home: HomeLink;
  readonly #watch: HomeWatch;
  readonly #reports: UnreachableReports;
  #registration: RegistrationProcedure | undefined;
  #deregistration: DeregistrationProcedure | undefined;
  #isShutDown = false;

  /** @param options - How the machine is set up. */
  constructor(options: PoolElementOptions) {
    const runtime = new ClientRuntime<PoolElementOutput>(options);
    this.#runtime = runtime;
    this.#home = new HomeLink(runtime, options, {
      event: (event) => this.#context.emit(event),
      found: (homeRegistrar, former, now) => {
        this.#watch.found(homeRegistrar, former, now);
        this.#homeChanged('hunt', homeRegistrar.association, now);
      },
      noRegistrar: () => this.#noRegistrar(),
    });
    this.#context = {
      runtime,
      home: this.#home,
      emit: (event) => runtime.outputs.push({ type: 'event', event }),
    };
    this.#watch = new HomeWatch(this.#context);
    this.#reports = new UnreachableReports({
      send: (association, message) => runtime.send(association, message),
      reported: (poolHandle, poolElementIdentifier) =>
        this.#context.emit({ type: 'unreachableReported', poolHandle, poolElementIdentifier }),
      dropped: (poolHandle, poolElementIdentifier) =>
        this.#context.emit({ type: 'unreachableReportDropped', poolHandle, poolElementIdentifier }),
    });
  }

  /** The home registrar, while there is an association to it. */
  get homeRegistrar(): HomeRegistrar | undefined {
    return this.#home.current;
  }

  /** The timers that run, the earliest first; for showing the machine's state. */
  runningTimers(): RunningTimer[] {
    return this.#runtime.running([...Object.values(poolElementTimers), ...this.#home.timerNames()]);
  }

  /**
   * Takes one input.
   *
   * @param input - What happened.
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   * @throws RserpoolError with ERR_RSERPOOL_INVALID_ARGUMENT for a registration that no registrar could accept,
   *   with ERR_RSERPOOL_INVALID_STATE for one that contradicts the present one. Never for network input.
   */
  handle(input: PoolElementInput, now: number): void {
    if (this.#isShutDown) return;
    switch (input.type) {
      case 'message':
        reportErrors(input, (association, message) => this.#runtime.send(association, message));
        this.#message(input.association, input.message, now);
        return;
      case 'malformed':
        reportErrors(input, (association, message) => this.#runtime.send(association, message));
        return;
      case 'associationUp':
        if (input.inbound) this.#watch.accepted(input.association, input.remote);
        else this.#associationUp(input.association, input.remote, now);
        return;
      case 'associationLost':
        this.#associationLost(input.association, input.reason, now);
        return;
      case 'groupMessage':
        if (input.message.type === 'ASAP_SERVER_ANNOUNCE')
          this.#home.announced(input.message, input.source, now);
        return;
      case 'register':
        this.#register(input.poolHandle, input.poolElement, now);
        return;
      case 'updatePolicy':
        this.#updatePolicy(input.policy, now);
        return;
      case 'deregister':
        this.#deregister(now);
        return;
      case 'reportUnreachable':
        this.#reports.report(this.#home.current?.association, input.poolHandle, input.poolElementIdentifier);
        if (this.#reports.isWaiting) this.#home.seek('noHomeRegistrar', now);
        return;
      case 'shutdown':
        this.#shutdown();
        return;
    }
  }

  /** The next thing to do, in order, or `undefined` when there is nothing left. */
  poll(): PoolElementOutput | undefined {
    return this.#runtime.outputs.take();
  }

  /** When {@link handleTimeout} wants to be called, or `undefined` while no timer runs. */
  nextTimeout(): number | undefined {
    return this.#runtime.timers.next();
  }

  /**
   * Runs the timers that are due.
   *
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   */
  handleTimeout(now: number): void {
    for (;;) {
      const timer = this.#runtime.timers.takeExpired(now);
      if (timer === undefined) return;
      this.#timeout(timer, now);
    }
  }

  #timeout(timer: string, now: number): void {
    switch (timer) {
      case poolElementTimers.registration:
        this.#registration?.registrationTimeout(now);
        return;
      case poolElementTimers.reregistration:
        this.#registration?.reregistrationTimeout(now);
        return;
      case poolElementTimers.deregistration:
        this.#deregistration?.timeout(now);
        this.#settleDeregistration();
        return;
      case poolElementTimers.homeLossGrace:
        this.#watch.endGrace();
        if (this.#deregistration === undefined) this.#registration?.repeat('homeRegistrarLost', now);
        return;
      case poolElementTimers.formerHomeLinger:
        this.#watch.endLinger();
        return;
      case poolElementTimers.formerHomeProbe:
        this.#watch.probeTimeout(now);
        return;
      default:
        this.#home.timeout(timer, now);
    }
  }

  #message(association: AssociationId, message: AsapMessage, now: number): void {
    switch (message.type) {
      case 'ASAP_REGISTRATION_RESPONSE':
        if (this.#isAnswer(association, message)) this.#registration?.answered(message, now);
        return;
      case 'ASAP_DEREGISTRATION_RESPONSE':
        this.#deregistrationResponse(association, message, now);
        return;
      case 'ASAP_ENDPOINT_KEEP_ALIVE':
        this.#keepAlive(association, message, now);
        return;
      case 'ASAP_SERVER_ANNOUNCE': {
        // RFC 5352 section 3.6 sends announcements to a group; over an association one is as good.
        const source = this.#home.current;
        if (source?.association === association && source.remote !== undefined) {
          this.#home.announced(message, source.remote, now);
        }
        return;
      }
      case 'ASAP_ERROR':
        this.#context.emit({ type: 'errorReceived', causes: message.error.causes });
        return;
      default:
    }
  }

  #isAnswer(
    association: AssociationId,
    answer: { readonly poolHandle: Uint8Array; readonly poolElementIdentifier: number },
  ): boolean {
    if (this.#home.current?.association !== association) return false;
    return this.#registration?.isAbout(answer.poolHandle, answer.poolElementIdentifier) ?? false;
  }

  #deregistrationResponse(
    association: AssociationId,
    response: Extract<AsapMessage, { type: 'ASAP_DEREGISTRATION_RESPONSE' }>,
    now: number,
  ): void {
    if (this.#isAnswer(association, response) && this.#deregistration !== undefined) {
      this.#deregistration.answered(response);
      this.#settleDeregistration();
      return;
    }
    // A registrar that took the element over and let it expire has told so over an association of its own.
    const isFromHome = this.#home.current === undefined || this.#home.current.association === association;
    if (!isFromHome || this.#deregistration !== undefined) return;
    if (this.#registration?.isAbout(response.poolHandle, response.poolElementIdentifier) !== true) return;
    const causes = response.error?.causes ?? [];
    if (causes.some((cause) => contradictions.has(cause.code))) this.#registration.revoked(causes);
    else this.#registration.expired(now);
  }

  // RFC 5352 section 3.4, KA1-KA2.4.
  #keepAlive(
    association: AssociationId,
    message: Extract<AsapMessage, { type: 'ASAP_ENDPOINT_KEEP_ALIVE' }>,
    now: number,
  ): void {
    const registration = this.#registration;
    if (registration === undefined || !registration.wasSent) return;
    if (!registration.isAbout(message.poolHandle, message.poolElementIdentifier)) return;
    const { identity } = registration;
    const { home, serverIdentifier } = message;
    this.#runtime.send(association, { type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK', ...identity });
    this.#context.emit({ type: 'keepAliveAcknowledged', ...identity, serverIdentifier, home });
    const { change, rival } = this.#watch.keepAlive(association, message, registration.hasGivenUp, now);
    if (change !== undefined) this.#homeChanged(change, association, now);
    if (rival !== undefined && this.#deregistration === undefined) registration.settle(rival, now);
  }

  #associationUp(association: AssociationId, remote: RemoteEndpoint, now: number): void {
    if (this.#watch.reached(association, remote, now)) this.#homeChanged('probe', association, now);
    else this.#home.associationUp(association, remote, now);
  }

  #homeChanged(reason: HomeChangeReason, association: AssociationId, now: number): void {
    if (this.#deregistration === undefined) this.#registration?.homeChanged(reason, now);
    else this.#deregistration.homeChanged(now);
    this.#reports.flush(association);
  }

  #noRegistrar(): void {
    if (this.#deregistration === undefined) this.#registration?.noRegistrar();
    else this.#deregistration.noRegistrar();
    this.#settleDeregistration();
    this.#reports.drop();
  }

  #associationLost(association: AssociationId, reason: string, now: number): void {
    if (this.#watch.probeFailed(association, reason, now)) return;
    this.#watch.forget(association);
    const homeRegistrar = this.#home.associationLost(association, reason);
    if (homeRegistrar === undefined) return;
    const isRequesting = this.#deregistration !== undefined || this.#registration?.isBusy === true;
    const mustWait = !isRequesting && this.#registration?.isAlive === true;
    const graceEndsAt = mustWait ? this.#watch.startGrace(homeRegistrar, reason, now) : undefined;
    this.#context.emit({ type: 'homeRegistrarLost', homeRegistrar, reason, graceEndsAt });
    if (this.#deregistration === undefined) this.#registration?.sendFailed(now);
    else this.#deregistration.sendFailed(now);
    this.#settleDeregistration();
  }

  #register(poolHandle: Uint8Array, poolElement: PoolElementRegistration, now: number): void {
    checkRegistration(poolHandle, poolElement);
    if (this.#deregistration !== undefined) {
      throw invalidState(
        "a deregistration is under way; wait for its event 'deregistered' or 'deregistrationFailed'",
      );
    }
    if (this.#registration === undefined) {
      this.#registration = new RegistrationProcedure(this.#context, poolHandle, poolElement);
    } else if (!this.#registration.isAbout(poolHandle, poolElement.identifier)) {
      throw invalidState(
        'another pool element is registered; deregister it first, or use a machine of its own',
      );
    }
    this.#registration.request(poolElement, now);
  }

  #updatePolicy(policy: PoolElementRegistration['policy'], now: number): void {
    if (this.#registration === undefined || this.#deregistration !== undefined) {
      throw invalidState('there is no registration to update; register first');
    }
    this.#registration.request({ ...this.#registration.wanted, policy }, now);
  }

  #deregister(now: number): void {
    const registration = this.#registration;
    if (registration === undefined || this.#deregistration !== undefined) return;
    const { identity } = registration;
    registration.stop();
    this.#watch.endGrace();
    if (registration.wasSent) {
      this.#deregistration = new DeregistrationProcedure(this.#context, identity);
      this.#deregistration.start(now);
      return;
    }
    this.#registration = undefined;
    if (!this.#reports.isWaiting) this.#home.stopSeeking();
    this.#context.emit({ type: 'deregistered', ...identity });
  }

  #settleDeregistration(): void {
    if (this.#deregistration?.isOver !== true) return;
    this.#deregistration = undefined;
    this.#registration = undefined;
  }

  #shutdown(): void {
    this.#isShutDown = true;
    this.#watch.endGrace();
    this.#watch.endLinger();
    this.#home.shutdown();
    this.#runtime.timers.clear();
  }
}

function invalidState(message: string): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_INVALID_STATE', message);
}

import type { ElementReference } from '@rserpool/handlespace';
import type { AsapMessage, AssociationId, Machine, NetworkInput, RemoteEndpoint } from '@rserpool/wire';
import { ErrorCauseCode } from '@rserpool/wire';
import { reportErrors } from '../client/report-errors.ts';
import type { AsapRegistrarCounters } from './asap-registrar-counters.ts';
import type { AsapRegistrarInput } from './asap-registrar-input.ts';
import type { AsapRegistrarOptions } from './asap-registrar-options.ts';
import type { AsapRegistrarOutput } from './asap-registrar-output.ts';
import { AssociationTable, type RegistrarAssociation } from './association-table.ts';
import { deregisterElement } from './element-deregistration.ts';
import { ElementBacklog, elementsPerSlice } from './element-backlog.ts';
import { ElementMonitor } from './element-monitor.ts';
import { ElementRegistration } from './element-registration.ts';
import { resolveHandle } from './handle-resolution.ts';
import { OwnedElements } from './owned-elements.ts';
import { negativeResponse } from './negative-response.ts';
import { PoolSubscriptions } from './pool-subscriptions.ts';
import { RegistrarRuntime } from './registrar-runtime.ts';
import { ServerAnnouncer } from './server-announcer.ts';
import { UnreachableReportHandler } from './unreachable-report-handler.ts';

/**
 * The registrar's side of ASAP (RFC 5352) over a handlespace that it shares with ENRP: registration, deregistration,
 * handle resolution, endpoint keep-alives, reports of unreachable elements, and announcements. This class hands what
 * happens to the procedure that it concerns.
 *
 * `handleUpdate` outputs have to reach ENRP in their order. When ENRP changes the handlespace, the machine wants to
 * run at once: {@link nextTimeout} is then in the past. Byte fields of inputs are not kept.
 */
export class AsapRegistrarMachine implements Machine<AsapRegistrarInput, AsapRegistrarOutput> {
  readonly #runtime: RegistrarRuntime;
  readonly #associations: AssociationTable;
  readonly #subscriptions: PoolSubscriptions;
  readonly #owned: OwnedElements;
  readonly #monitor: ElementMonitor;
  readonly #registration: ElementRegistration;
  readonly #reports: UnreachableReportHandler;
  readonly #announcer: ServerAnnouncer;
  readonly #adoptions: ElementBacklog = new ElementBacklog();
  #lastNow = 0;
  #isShutDown = false;

  /** @param options - How the machine is set up. */
  constructor(options: AsapRegistrarOptions) {
    this.#runtime = new RegistrarRuntime(options);
    this.#subscriptions = new PoolSubscriptions(this.#runtime);
    this.#associations = new AssociationTable(this.#runtime.limits, (association) =>
      this.#subscriptions.associationGone(association),
    );
    this.#owned = new OwnedElements(this.#runtime);
    this.#monitor = new ElementMonitor(this.#runtime, this.#associations, (element, reason) =>
      this.#owned.remove(element, reason),
    );
    this.#owned.watchWith(this.#monitor);
    this.#registration = new ElementRegistration(this.#runtime, this.#monitor, this.#owned);
    this.#reports = new UnreachableReportHandler(this.#runtime, this.#monitor, this.#owned);
    this.#announcer = new ServerAnnouncer(this.#runtime, options.announce);
  }

  /** What was counted since the machine was created; live, not a copy. */
  get counters(): AsapRegistrarCounters {
    return this.#runtime.counters;
  }

  /** How many associations are open or being opened. */
  get associationCount(): number {
    return this.#associations.size;
  }

  /** How many subscriptions to pools there are (RFC 5352 section 2.2.5). */
  get subscriptionCount(): number {
    return this.#subscriptions.size;
  }

  /**
   * Whether an element of this registrar is reached over an association that is up.
   *
   * @param element - The element.
   */
  isAssociated(element: ElementReference): boolean {
    return this.#monitor.associationOf(element) !== undefined;
  }

  /**
   * Takes one input.
   *
   * @param input - What happened.
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   */
  handle(input: AsapRegistrarInput, now: number): void {
    if (this.#isShutDown) return;
    this.#lastNow = now;
    this.#owned.settle(now);
    switch (input.type) {
      case 'message':
      case 'malformed':
        this.#received(input, now);
        break;
      case 'associationUp':
        this.#associationUp(input.association, input.remote, input.inbound);
        break;
      case 'associationLost':
        this.#associationLost(input.association, input.reason, now);
        break;
      case 'groupMessage':
        if (input.message.type === 'ASAP_SERVER_ANNOUNCE') this.#announcer.heard(input.message, now);
        else this.#runtime.counters.messagesIgnored += 1;
        break;
      case 'congestion':
        this.#subscriptions.congestion(input.association, input.isCongested);
        break;
      case 'offerService':
        this.#announcer.offerService(now);
        break;
      case 'adopt':
        this.#adoptions.add(input.elements);
        this.#adopt(now);
        break;
      case 'shutdown':
        this.#shutdown();
        return;
    }
    this.#owned.settle(now);
    if (this.#subscriptions.isUnsettled) this.#subscriptions.settle(now);
  }

  /** The next thing to do, in order, or `undefined` when there is nothing left. */
  poll(): AsapRegistrarOutput | undefined {
    return this.#runtime.outputs.take();
  }

  /** When {@link handleTimeout} wants to be called, or `undefined` while no timer runs. */
  nextTimeout(): number | undefined {
    if (this.#isShutDown) return undefined;
    const isBehind =
      this.#owned.isUnsettled ||
      !this.#adoptions.isEmpty ||
      this.#monitor.isBehind ||
      this.#subscriptions.isUnsettled;
    if (isBehind) return this.#lastNow;
    let earliest = this.#runtime.handlespace.nextExpiry();
    const keepAlive = this.#monitor.next();
    if (keepAlive !== undefined && (earliest === undefined || keepAlive < earliest)) earliest = keepAlive;
    const announcement = this.#announcer.next();
    if (announcement !== undefined && (earliest === undefined || announcement < earliest)) {
      earliest = announcement;
    }
    const update = this.#subscriptions.next();
    if (update !== undefined && (earliest === undefined || update < earliest)) earliest = update;
    return earliest;
  }

  /**
   * Runs the timers that are due.
   *
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   */
  handleTimeout(now: number): void {
    if (this.#isShutDown) return;
    this.#lastNow = now;
    this.#owned.settle(now);
    this.#adopt(now);
    this.#owned.expire(now);
    this.#monitor.settleLost(now);
    this.#monitor.timeout(now);
    this.#announcer.timeout(now);
    this.#owned.settle(now);
    this.#subscriptions.settle(now);
  }

  #received(input: Extract<NetworkInput<AsapMessage>, { type: 'message' | 'malformed' }>, now: number): void {
    const { counters } = this.#runtime;
    const association = this.#associations.get(input.association);
    if (association?.isUp !== true) {
      counters.messagesIgnored += 1;
      return;
    }
    if (input.type === 'malformed') counters.malformed += 1;
    else counters.messagesReceived += 1;
    reportErrors(input, (to, message) => this.#sendError(to, message));
    if (input.type === 'message') this.#message(association, input.message, now);
  }

  #message(association: RegistrarAssociation, message: AsapMessage, now: number): void {
    const { counters } = this.#runtime;
    switch (message.type) {
      case 'ASAP_REGISTRATION':
        this.#registration.register(association, message, now);
        return;
      case 'ASAP_DEREGISTRATION':
        deregisterElement(this.#runtime, this.#owned, association, message);
        return;
      case 'ASAP_HANDLE_RESOLUTION':
        this.#resolve(association, message, now);
        return;
      case 'ASAP_ENDPOINT_KEEP_ALIVE_ACK':
        this.#acknowledged(association, message, now);
        return;
      case 'ASAP_ENDPOINT_UNREACHABLE':
        this.#reports.reported(association, message, now);
        return;
      case 'ASAP_ERROR':
        counters.errorsReceived += 1;
        this.#runtime.emit({
          type: 'errorReceived',
          association: association.id,
          causes: message.error.causes,
        });
        return;
      default:
        counters.messagesIgnored += 1;
    }
  }

  #resolve(
    association: RegistrarAssociation,
    request: Extract<AsapMessage, { type: 'ASAP_HANDLE_RESOLUTION' }>,
    now: number,
  ): void {
    if (association.resolutions.take(now)) {
      resolveHandle(this.#runtime, this.#subscriptions, association.id, request);
      return;
    }
    this.#runtime.counters.resolutionsRefused += 1;
    this.#runtime.send(association.id, negativeResponse(request.poolHandle, ErrorCauseCode.lackOfResources));
    if (!association.resolutions.isNews(now)) return;
    const limit = 'maximumResolutionsPerSecond';
    this.#runtime.emit({ type: 'rateExceeded', limit, association: association.id });
  }

  #acknowledged(
    association: RegistrarAssociation,
    message: Extract<AsapMessage, { type: 'ASAP_ENDPOINT_KEEP_ALIVE_ACK' }>,
    now: number,
  ): void {
    const { counters, handlespace } = this.#runtime;
    const element = handlespace.find(message.poolHandle, message.poolElementIdentifier);
    const isExpected = element !== undefined && this.#monitor.acknowledged(element, association, now);
    if (isExpected) counters.keepAlivesAcknowledged += 1;
    else counters.keepAlivesUnexpected += 1;
  }

  #associationUp(id: AssociationId, remote: RemoteEndpoint, inbound: boolean): void {
    if (!inbound) {
      const association = this.#associations.get(id);
      if (association === undefined) {
        // Nobody waits for it any more.
        this.#runtime.close(id, true);
        return;
      }
      this.#associations.up(association, remote);
      this.#monitor.associationUp(association);
      return;
    }
    const { limits } = this.#runtime;
    const isFull = this.#associations.size >= limits.maximumAssociations;
    if (isFull || this.#associations.acceptedFrom(remote) >= limits.maximumAssociationsPerAddress) {
      const limit = isFull ? 'maximumAssociations' : 'maximumAssociationsPerAddress';
      this.#runtime.counters.associationsRefused += 1;
      this.#runtime.close(id, true);
      this.#runtime.emit({ type: 'associationRefused', association: id, remote, limit });
      return;
    }
    this.#associations.add(id, remote, false);
  }

  #associationLost(id: AssociationId, reason: string, now: number): void {
    const association = this.#associations.get(id);
    if (association === undefined) return;
    this.#associations.remove(association);
    this.#monitor.associationLost(association, reason, now);
  }

  // RFC 5353 section 3.5.2: the new home registrar tells the elements by keep-alives with the H flag. A slice.
  #adopt(now: number): void {
    for (let rest = elementsPerSlice; rest > 0 && !this.#adoptions.isEmpty; rest -= 1) {
      const element = this.#adoptions.take();
      if (element === undefined) return;
      this.#owned.settleOne(element, now);
      if (this.#monitor.isWatched(element)) this.#monitor.probe(element, 'adoption', now);
    }
  }

  #sendError(association: AssociationId, message: AsapMessage): void {
    this.#runtime.counters.errorsSent += 1;
    this.#runtime.send(association, message);
    const causes = message.type === 'ASAP_ERROR' ? message.error.causes : [];
    this.#runtime.emit({ type: 'errorSent', association, causes });
  }

  #shutdown(): void {
    this.#isShutDown = true;
    for (const association of this.#associations.all()) {
      this.#runtime.close(association.id, !association.isUp);
    }
    this.#adoptions.clear();
    this.#owned.close();
    this.#subscriptions.close();
    this.#monitor.clear();
    this.#announcer.close();
  }
}

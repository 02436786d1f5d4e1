import { type CalcAppPacket, decodeCalcAppCookie } from '@rserpool/services/machine';
import {
  PoolUserNodeMachine,
  type PoolUserNodeInput,
  type PoolUserNodeOutput,
  type SessionEvent,
  type SessionNetworkOutput,
} from '@rserpool/session/machine';
import type { AsapMessage, AssociationId } from '@rserpool/wire';
import type { RandomStream } from '../engine/random-stream.ts';
import { registrarEndpoint, userEndpoint } from './addresses.ts';
import { CalcMessage, readCalcMessage } from './calc-message.ts';
import { MachineComponent } from './machine-component.ts';
import { MachineLinks } from './machine-links.ts';
import type { PendingRequest } from './pending-request.ts';
import { poolHandle } from './pool.ts';
import { RequestSource } from './request-source.ts';
import type { RunWorld } from './run-world.ts';
import { SessionLinks } from './session-links.ts';

/** Where a user is with its request: looking for an element, waiting for its answer, watching it work, or pausing. */
type Phase = 'idle' | 'connecting' | 'requested' | 'processing' | 'pausing';

/**
 * A user: generates requests and lets them wait in a queue, and has one handled after the other by a session with the
 * pool. It watches the element by keep-alives, and lets the session go on with another one where there is no answer.
 */
export class UserComponent extends MachineComponent<PoolUserNodeInput, PoolUserNodeOutput> {
  readonly #world: RunWorld;
  readonly #node: PoolUserNodeMachine;
  readonly #registrars: MachineLinks<AsapMessage>;
  readonly #elements: SessionLinks;
  readonly #source: RequestSource;
  readonly #pauses: RandomStream;
  #request: PendingRequest | undefined;
  #phase: Phase = 'idle';
  #phaseEndsAt = Infinity;
  #isProbing = false;
  #session = 0;

  /**
   * @param world - What everything shares.
   * @param index - Its number, from 1.
   */
  constructor(world: RunWorld, index: number) {
    const { parameters, behaviour, streams, network, schedule } = world;
    const name = `user ${index}`;
    let last = 0;
    const allocateAssociation = (): AssociationId => ++last;
    const registrars = Array.from({ length: parameters.registrars }, (_, other) =>
      registrarEndpoint(other + 1),
    );
    const node = new PoolUserNodeMachine({
      registrars,
      random: streams.source(`${name} machine`),
      allocateAssociation,
      timing: behaviour.asap,
      listenToAnnounces: false,
      protocols: ['sctp'],
      sessionTiming: behaviour.session,
      staleCacheValueMs: parameters.staleCache * 1000,
    });
    super(name, schedule, node);
    this.#world = world;
    this.#node = node;
    this.#source = new RequestSource(world, name);
    this.#pauses = streams.stream(`${name} pauses`);
    const local = userEndpoint(index);
    this.#registrars = new MachineLinks({
      network,
      name,
      local,
      protocol: 'asap',
      allocateAssociation,
      feed: (input) => {
        this.feed({ type: 'registrar', input });
      },
    });
    this.#elements = new SessionLinks(network, name, local, (input) => {
      this.feed(input);
    });
  }

  /** Begins to generate requests. */
  start(): void {
    this.#source.start();
    this.arm();
  }

  protected ownTimeout(): number {
    const { nextAt } = this.#source;
    return nextAt < this.#phaseEndsAt ? nextAt : this.#phaseEndsAt;
  }

  protected ownTimer(now: number): void {
    if (this.#source.nextAt <= now) {
      this.#source.generate();
      if (this.#phase === 'idle') this.#next();
    }
    if (this.#phaseEndsAt <= now) this.#phaseEnds();
  }

  protected perform(output: PoolUserNodeOutput): void {
    if (output.type === 'registrar') this.#registrars.perform(output.output);
    else if (output.type === 'session' && output.session === this.#session) {
      const wanted = output.output;
      if (wanted.type === 'message') this.#received(readCalcMessage(wanted.message)?.type);
      else if (wanted.type === 'event') this.#happened(wanted.event);
      else if (wanted.type !== 'writable') this.#elements.perform(wanted);
    } else if (output.type === 'session') this.#fromFormer(output.output);
  }

  /** A session that was given up still closes its association. */
  #fromFormer(output: { readonly type: string }): void {
    if (output.type === 'close') this.#elements.perform(output as SessionNetworkOutput);
  }

  /** Turns to the next request, if there is one. */
  #next(): void {
    this.#request = this.#source.take();
    if (this.#request === undefined) {
      this.#enter('idle', Infinity);
      return;
    }
    this.#request.dequeuedAt = this.now;
    this.#openSession(this.#request);
  }

  #openSession({ cookie }: PendingRequest): void {
    this.#session += 1;
    this.#enter('connecting', Infinity);
    const { mayReturn } = this.#world.behaviour;
    const options = cookie === undefined ? { mayReturn } : { mayReturn, cookie };
    this.feed({ type: 'openSession', session: this.#session, poolHandle, options });
  }

  #happened(event: SessionEvent): void {
    const request = this.#request;
    if (request === undefined) return;
    const { trace, counters, parameters } = this.#world;
    switch (event.type) {
      case 'connected':
        // The cookie was echoed before anything else: the element knows the request by it.
        if (request.cookie === undefined) this.#send('request');
        this.#enter('requested', this.now + parameters.requestTimeout * 1000);
        break;
      case 'cookieStored':
        request.cookie = event.cookie;
        this.#secure(request, decodeCalcAppCookie(event.cookie)?.completed ?? 0);
        break;
      case 'elementLost':
        this.#enter('connecting', Infinity);
        break;
      case 'failed':
        counters.failedSessions += 1;
        this.#enter('pausing', this.now + parameters.resolutionRetryDelay * 1000);
        break;
      default:
    }
    if (trace.isOn && event.type !== 'selected') trace.state(this.name, event.type, `request ${request.id}`);
  }

  #received(type: CalcAppPacket['type'] | undefined): void {
    const request = this.#request;
    if (request === undefined) return;
    switch (type) {
      case 'accept':
        if (this.#phase === 'requested') this.#accepted(request);
        break;
      case 'reject':
        if (this.#phase === 'requested') this.#rejected();
        break;
      case 'abort':
        if (this.#phase !== 'processing') break;
        this.#purge();
        this.#leaveElement(false);
        break;
      case 'complete':
        if (this.#phase === 'processing') this.#completed(request);
        break;
      case 'keepAlive':
        this.#send('keepAliveAck');
        break;
      case 'keepAliveAck':
        if (this.#phase !== 'processing') break;
        this.#isProbing = false;
        this.#phaseEndsAt = this.now + this.#world.parameters.jobKeepalive * 1000;
        break;
      default:
    }
  }

  #accepted(request: PendingRequest): void {
    const { counters, parameters } = this.#world;
    counters.accepted += 1;
    if (request.firstAcceptedAt === undefined) {
      request.firstAcceptedAt = this.now;
      request.securedAt = this.now;
    } else {
      counters.failovers += 1;
      counters.failoverMs += this.now - request.securedAt;
    }
    this.#isProbing = false;
    this.#enter('processing', this.now + parameters.jobKeepalive * 1000);
  }

  // The session is given up: a new one begins with the cookie after a pause.
  #rejected(): void {
    const { counters, parameters } = this.#world;
    counters.rejected += 1;
    this.#purge();
    const pauseMs = this.#pauses.between(0, 2 * parameters.retryDelay * 1000);
    this.#enter('pausing', this.now + pauseMs);
    this.feed({ type: 'session', session: this.#session, input: { type: 'abort' } });
  }

  #completed(request: PendingRequest): void {
    const { counters, ledger } = this.#world;
    ledger.complete(request.id);
    this.#secure(request, request.size);
    const acceptedAt = request.firstAcceptedAt ?? this.now;
    counters.completed += 1;
    counters.completedSize += request.size;
    counters.queuingMs += request.dequeuedAt - request.generatedAt;
    counters.startupMs += acceptedAt - request.dequeuedAt;
    counters.processingMs += this.now - acceptedAt;
    this.feed({ type: 'session', session: this.#session, input: { type: 'close' } });
    this.#source.completed();
    this.#next();
  }

  #secure(request: PendingRequest, completed: number): void {
    this.#world.counters.secured += completed - request.secured;
    request.secured = completed;
    request.securedAt = this.now;
  }

  #phaseEnds(): void {
    const { parameters, trace } = this.#world;
    const request = this.#request;
    if (request === undefined) return;
    if (this.#phase === 'pausing') this.#openSession(request);
    else if (this.#phase === 'processing' && !this.#isProbing) {
      this.#isProbing = true;
      this.#phaseEndsAt = this.now + parameters.jobKeepaliveTimeout * 1000;
      this.#send('keepAlive');
    } else {
      const what = this.#phase === 'requested' ? 'request timeout' : 'session keep-alive timeout';
      if (trace.isOn) trace.timer(this.name, what, `request ${request.id}`);
      this.#leaveElement(true);
    }
  }

  /** Lets the session go on with another element. */
  #leaveElement(reportUnreachable: boolean): void {
    this.#enter('connecting', Infinity);
    const input = { type: 'forceFailover', reportUnreachable } as const;
    this.feed({ type: 'session', session: this.#session, input });
  }

  /** Has the cache forget the element that the session has. */
  #purge(): void {
    const element = this.#node.session(this.#session)?.element;
    if (element === undefined) return;
    this.feed({ type: 'purge', poolHandle, poolElementIdentifier: element.identifier });
  }

  #send(type: CalcAppPacket['type']): void {
    const request = this.#request;
    if (request === undefined) return;
    const message = new CalcMessage({ type, jobIdentifier: request.id, jobSize: request.size, completed: 0 });
    this.feed({ type: 'session', session: this.#session, input: { type: 'send', message } });
  }

  #enter(phase: Phase, endsAt: number): void {
    this.#phase = phase;
    this.#phaseEndsAt = endsAt;
    this.arm();
  }
}

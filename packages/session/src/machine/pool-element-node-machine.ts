import {
  type HomeRegistrar,
  PoolElementMachine,
  type PoolElementOptions,
  type PoolElementRegistration,
} from '@rserpool/asap';
import type { AsapMessage, AssociationId, ErrorCause, Machine, RemoteEndpoint } from '@rserpool/wire';
import { OutputQueue } from '@rserpool/wire/internal';
import type { BusinessCard } from './business-card.ts';
import { answerToMalformed, isControlled } from './control-channel.ts';
import { CookieSeal, type CookieSealOptions } from './cookie-seal.ts';
import type { PoolElementNodeInput, PoolElementNodeOutput } from './pool-element-node-types.ts';
import { type CookieVerification, ServedSessionMachine } from './served-session-machine.ts';
import type { ServedSessionInput } from './served-session-types.ts';

/** Options of a {@link PoolElementNodeMachine}. */
export interface PoolElementNodeOptions extends PoolElementOptions {
  /**
   * Whether a session is sent an ASAP_BUSINESS_CARD with the pool and this element when it begins; true by default,
   * as RFC 5352 section 3.9 asks ("a PE should always send").
   */
  readonly businessCard?: boolean;
  /** Whether cookies say how many messages they cover, an extension; false by default. */
  readonly announceCoverage?: boolean;
  /**
   * Signs the cookies of the sessions, and refuses those that are not signed by an element of this pool
   * (RFC 5352 section 3.8); off by default, since all elements need the same key.
   */
  readonly cookieSeal?: CookieSealOptions;
  /** How many sessions there may be at once; 10 000 by default. More are refused. */
  readonly maximumSessions?: number;
}

/** An association that was accepted, before its first message tells who is at the other end. */
interface Stranger {
  readonly remote: RemoteEndpoint;
  readonly controlChannel: boolean;
}

/** The messages that only pool users send to an element; all others come from registrars. */
const sessionMessages: ReadonlySet<AsapMessage['type']> = new Set([
  'ASAP_COOKIE',
  'ASAP_COOKIE_ECHO',
  'ASAP_BUSINESS_CARD',
]);

/**
 * A whole pool element without its network: the registration with its keep-alives, any number of sessions, and the
 * routing between them. Registrars and pool users come to the same port (RFC 5352 section 3.1 R1), and only the
 * first message on an association tells who it is.
 */
export class PoolElementNodeMachine implements Machine<PoolElementNodeInput, PoolElementNodeOutput> {
  readonly #options: PoolElementNodeOptions;
  readonly #poolElement: PoolElementMachine;
  readonly #outputs = new OutputQueue<PoolElementNodeOutput>();
  readonly #registrars: Set<AssociationId> = new Set();
  readonly #strangers: Map<AssociationId, Stranger> = new Map();
  readonly #sessions: Map<AssociationId, ServedSessionMachine> = new Map();
  #registration: { poolHandle: Uint8Array; poolElement: PoolElementRegistration } | undefined;
  #isAccepting = true;
  #cookiesRefused = 0;

  /**
   * @param options - Registrars, times, limits.
   */
  constructor(options: PoolElementNodeOptions) {
    this.#options = options;
    this.#poolElement = new PoolElementMachine(options);
  }

  /** The home registrar, while there is an association to it. */
  get homeRegistrar(): HomeRegistrar | undefined {
    return this.#poolElement.homeRegistrar;
  }

  /** How many sessions there are that have not ended. */
  get sessionCount(): number {
    return this.#sessions.size;
  }

  /** How many cookies that users brought were refused, because they were forged, expired or not signed. */
  get cookiesRefused(): number {
    return this.#cookiesRefused;
  }

  /**
   * A session, to read its state, or `undefined` where it has ended; change it only through {@link handle}.
   *
   * @param association - The number of its association.
   */
  session(association: AssociationId): ServedSessionMachine | undefined {
    return this.#sessions.get(association);
  }

  /**
   * Takes one input.
   *
   * @param input - What happened.
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   * @throws RserpoolError what `PoolElementMachine` throws for registrations that cannot be; never for network input.
   */
  handle(input: PoolElementNodeInput, now: number): void {
    switch (input.type) {
      case 'associationUp':
        this.#up(input, now);
        break;
      case 'associationLost':
        this.#strangers.delete(input.association);
        if (this.#registrars.delete(input.association)) this.#poolElement.handle(input, now);
        else this.#toSession(input.association, { type: 'associationLost', reason: input.reason });
        break;
      case 'message':
        this.#message(input.association, input.message, input.reports, now);
        break;
      case 'malformed':
        if (this.#registrars.has(input.association)) this.#poolElement.handle(input, now);
        else if (this.#sessions.has(input.association)) {
          this.#toSession(input.association, { type: 'malformedControl', error: input.error });
        } else this.#answer(input.association, answerToMalformed(input.error));
        break;
      case 'data':
        this.#becomeSession(input.association);
        this.#toSession(input.association, { type: 'data', message: input.message });
        break;
      case 'congested':
      case 'writable':
        this.#toSession(input.association, { type: input.type });
        break;
      case 'sendFailed':
        this.#toSession(input.association, { type: 'sendFailed', message: input.message });
        break;
      case 'stopAccepting':
        this.#stopAccepting();
        break;
      case 'session':
        this.#toSession(input.association, input.input);
        break;
      default:
        if (input.type === 'register') this.#registration = input;
        if (input.type === 'updatePolicy' && this.#registration !== undefined) {
          const { poolHandle, poolElement } = this.#registration;
          this.#registration = { poolHandle, poolElement: { ...poolElement, policy: input.policy } };
        }
        this.#poolElement.handle(input, now);
    }
    this.#drainPoolElement();
  }

  /** The next thing to do, in order, or `undefined` when there is nothing left. */
  poll(): PoolElementNodeOutput | undefined {
    return this.#outputs.take();
  }

  /** When {@link handleTimeout} wants to be called, or `undefined` while no timer runs. */
  nextTimeout(): number | undefined {
    return this.#poolElement.nextTimeout();
  }

  /**
   * Runs the timers that are due.
   *
   * @param now - The time, in milliseconds on the caller's monotonic clock.
   */
  handleTimeout(now: number): void {
    this.#poolElement.handleTimeout(now);
    this.#drainPoolElement();
  }

  #up(input: Extract<PoolElementNodeInput, { type: 'associationUp' }>, now: number): void {
    const { association, remote, inbound, controlChannel } = input;
    if (this.#registrars.has(association)) this.#poolElement.handle(input, now);
    else if (inbound && this.#isAccepting) this.#strangers.set(association, { remote, controlChannel });
    else if (inbound) this.#refuse(association, 'draining');
    else this.#outputs.push({ type: 'close', association, abort: false });
  }

  #message(
    association: AssociationId,
    message: AsapMessage,
    reports: readonly ErrorCause[],
    now: number,
  ): void {
    if (sessionMessages.has(message.type)) this.#becomeSession(association);
    else if (message.type !== 'ASAP_ERROR') this.#becomeRegistrar(association, now);
    if (this.#registrars.has(association)) {
      this.#poolElement.handle({ type: 'message', association, message, reports }, now);
    } else this.#toSession(association, { type: 'control', message, reports });
  }

  #becomeRegistrar(association: AssociationId, now: number): void {
    const stranger = this.#strangers.get(association);
    if (stranger === undefined) return;
    this.#strangers.delete(association);
    this.#registrars.add(association);
    this.#poolElement.handle(
      { type: 'associationUp', association, remote: stranger.remote, inbound: true },
      now,
    );
    this.#drainPoolElement();
  }

  #becomeSession(association: AssociationId): void {
    const stranger = this.#strangers.get(association);
    if (stranger === undefined) return;
    this.#strangers.delete(association);
    if (this.#sessions.size >= (this.#options.maximumSessions ?? 10_000)) {
      this.#refuse(association, 'limit');
      return;
    }
    const card = this.#options.businessCard === false ? undefined : this.#card();
    const session = new ServedSessionMachine({
      controlChannel: stranger.controlChannel && isControlled(this.#registration?.poolElement.userTransport),
      announceCoverage: this.#options.announceCoverage ?? false,
      ...(card === undefined ? {} : { businessCard: card }),
      ...(this.#options.cookieSeal === undefined
        ? {}
        : { cookies: this.#verification(this.#options.cookieSeal) }),
    });
    this.#sessions.set(association, session);
    this.#drainSession(association, session);
  }

  #verification(options: CookieSealOptions): CookieVerification {
    const seal = new CookieSeal(options);
    const { poolHandle } = this.#registration ?? { poolHandle: new Uint8Array() };
    return {
      seal: (cookie) => seal.seal(poolHandle, cookie),
      open: (sealed) => seal.open(poolHandle, sealed),
    };
  }

  #card(): BusinessCard | undefined {
    if (this.#registration === undefined) return undefined;
    const { poolHandle, poolElement } = this.#registration;
    return { poolHandle, poolElements: [{ ...poolElement, homeRegistrar: 0 }] };
  }

  #stopAccepting(): void {
    this.#isAccepting = false;
    for (const association of this.#strangers.keys()) this.#refuse(association, 'draining');
    this.#strangers.clear();
  }

  #refuse(association: AssociationId, reason: 'limit' | 'draining'): void {
    // Graceful, so that the user goes on with another element without reporting this one as unreachable.
    this.#outputs.push({ type: 'close', association, abort: false });
    this.#outputs.push({ type: 'sessionRefused', association, reason });
  }

  #toSession(association: AssociationId, input: ServedSessionInput): void {
    const session = this.#sessions.get(association);
    if (session === undefined) return;
    const hadCard = session.userCard !== undefined;
    session.handle(input);
    const card = session.userCard;
    if (!hadCard && card !== undefined) this.#outputs.push({ type: 'userBusinessCard', association, card });
    this.#drainSession(association, session);
  }

  #drainSession(association: AssociationId, session: ServedSessionMachine): void {
    for (let output = session.poll(); output !== undefined; output = session.poll()) {
      if (output.type === 'sendControl') this.#answer(association, output.message);
      else if (output.type === 'close') this.#outputs.push({ ...output, association });
      else if (output.type === 'event' && output.event.type === 'cookieRefused') {
        // The application has no session yet, and will have none.
        this.#cookiesRefused += 1;
        this.#outputs.push({ type: 'cookieRefused', association, reason: output.event.reason });
      } else this.#outputs.push({ type: 'session', association, output });
    }
    if (session.state === 'ended') this.#sessions.delete(association);
  }

  #drainPoolElement(): void {
    for (let output = this.#poolElement.poll(); output !== undefined; output = this.#poolElement.poll()) {
      if (output.type === 'open') this.#registrars.add(output.association);
      else if (output.type === 'close') this.#registrars.delete(output.association);
      this.#outputs.push(output);
    }
  }

  #answer(association: AssociationId, message: AsapMessage | undefined): void {
    if (message !== undefined) this.#outputs.push({ type: 'send', association, message });
  }
}

import {
  PoolUserNodeMachine,
  type PoolUserNodeInput,
  type PoolUserNodeOutput,
  type ResendOption,
  type SessionEvent,
} from '@rserpool/session/machine';
import type { TimerHandle } from '@rserpool/transport';
import { AssociationTable, MachineDriver } from '@rserpool/transport/internal';
import type { AsapMessage, AssociationId, RemoteEndpoint } from '@rserpool/wire';
import { RandomStream } from '../engine/random-stream.ts';
import type { SimulatedHost } from '../network/simulated-host.ts';
import { Deadlines } from './deadlines.ts';
import { decodeNumber, encodeNumber, numberPayloadProtocolIdentifier } from './number-service.ts';
import { ProcessNode } from './process-node.ts';
import { announceGroup, asapProtocol, type Discovery } from './protocols.ts';
import { resolutionBoundMs } from './request-bounds.ts';
import { SendFailures } from './send-failures.ts';
import { SessionAssociations } from './session-associations.ts';
import type { World } from './world.ts';

/** What the application of a session is told when a message could not be sent. */
const failedSend = 'word of a failed send';

/** How a {@link UserNode} is set up. */
export interface UserOptions {
  /** The pool that it uses. */
  readonly pool: string;
  /** What becomes of its messages that were under way. */
  readonly resend: ResendOption;
  /** How it finds registrars. */
  readonly discovery: Discovery;
  /** The registrars, where they are in a list. */
  readonly registrars: readonly RemoteEndpoint[];
}

/**
 * A host with a pool user that asks the number service for one number after the other, for ever. It asks again where
 * an element was lost between its cookie and its answer, leaves an element that does not answer, and goes on from the
 * last cookie where a session fails for good. Machines, driver and table are those of production.
 */
export class UserNode extends ProcessNode {
  readonly #options: UserOptions;
  readonly #poolHandle: Uint8Array;
  #deadlines: Deadlines;
  #random: RandomStream;
  #driver: MachineDriver<PoolUserNodeInput, PoolUserNodeOutput> | undefined;
  #node: PoolUserNodeMachine | undefined;
  #session = 0;
  #resolutions = 0;
  #answered = 0;
  #answers = 0;
  #failedSessions = 0;
  /** The association that the last message of the session went to. */
  #carrier: AssociationId | undefined;
  #cookie: Uint8Array | undefined;
  #answerTimer: TimerHandle | undefined;
  /** Counts the requests, so that a thought about one is forgotten when another one was sent meanwhile. */
  #turn = 0;

  /**
   * @param world - What everything shares.
   * @param host - Where it runs.
   * @param options - Pool, registrars, delivery option.
   */
  constructor(world: World, host: SimulatedHost, options: UserOptions) {
    super(world, host);
    this.#options = options;
    this.#poolHandle = Uint8Array.from(options.pool, (letter) => letter.charCodeAt(0));
    this.#deadlines = new Deadlines(host.clock);
    this.#random = new RandomStream(this.random('application'));
  }

  /** The pool that it uses. */
  get pool(): string {
    return this.#options.pool;
  }

  /** How many answers it has got in all its lives. */
  get answers(): number {
    return this.#answers;
  }

  /** How many sessions have failed for good. */
  get failedSessions(): number {
    return this.#failedSessions;
  }

  /** How many sessions its machine keeps. */
  get sessionCount(): number {
    return this.#node?.sessionCount ?? 0;
  }

  /** What it waits for. */
  get deadlines(): Deadlines {
    return this.#deadlines;
  }

  protected override wasAway(ms: number): void {
    this.#deadlines.postpone(ms);
  }

  protected begin(): void {
    const { host, world } = this;
    const { timing } = world;
    const usesGroups = this.#options.discovery === 'groups';
    let last = 0;
    const allocateAssociation = (): AssociationId => ++last;
    this.#deadlines = new Deadlines(host.clock);
    this.#random = new RandomStream(this.random('application'));
    this.#answered = 0;
    this.#cookie = undefined;
    this.#answerTimer = undefined;
    const node = new PoolUserNodeMachine({
      registrars: usesGroups ? [] : this.#options.registrars,
      random: this.random('machine'),
      allocateAssociation,
      timing: timing.asap,
      sessionTiming: timing.session,
      listenToAnnounces: usesGroups,
      protocols: ['sctp'],
    });
    this.#node = node;
    const driver = new MachineDriver<PoolUserNodeInput, PoolUserNodeOutput>({
      machine: node,
      clock: host.clock,
      onOutput: (output) => {
        this.#perform(output, registrars, elements);
      },
    });
    this.#driver = driver;
    const endpoint = host.bind(0, timing.heartbeat, false);
    const registrars: AssociationTable<AsapMessage> = new AssociationTable({
      endpoint,
      group: usesGroups ? host.join(announceGroup, endpoint.port) : undefined,
      protocol: asapProtocol,
      allocateAssociation,
      feed: (input) => {
        driver.input({ type: 'registrar', input });
      },
    });
    const failures = new SendFailures(world, this.name);
    const elements = new SessionAssociations(host, timing.heartbeat, failures, (input) => {
      if (input.type === 'sendFailed' && input.association === this.#carrier) this.#sendFails();
      driver.input(input);
    });
    this.note('user', `pool=${this.pool} resend=${this.#options.resend}`);
    this.#openSession();
    this.#resolveNow();
  }

  #openSession(): void {
    this.#session += 1;
    this.#deadlines.begin('session', this.world.timing.session.connectTimeoutMs);
    this.#driver?.input({
      type: 'openSession',
      session: this.#session,
      poolHandle: this.#poolHandle,
      options: {
        resend: this.#options.resend,
        ...(this.#cookie === undefined ? {} : { cookie: this.#cookie }),
      },
    });
  }

  /** Beside its session it resolves the pool by itself, as applications without sessions do. */
  #resolveNow(): void {
    const request = ++this.#resolutions;
    this.#deadlines.begin(`resolution ${request}`, resolutionBoundMs(this.world.timing));
    this.#driver?.input({ type: 'resolve', request, poolHandle: this.#poolHandle });
    const [, most] = this.world.timing.think;
    this.#after(this.#random.between(most, 4 * most), () => {
      this.#resolveNow();
    });
  }

  #perform(
    output: PoolUserNodeOutput,
    registrars: AssociationTable<AsapMessage>,
    elements: SessionAssociations,
  ): void {
    switch (output.type) {
      case 'registrar':
        registrars.perform(output.output);
        break;
      case 'resolved':
      case 'resolutionFailed':
        this.#deadlines.end(`resolution ${output.request}`);
        break;
      case 'event':
        this.note(output.event.type, output.event);
        break;
      case 'session':
        if (output.output.type === 'event') this.#sessionEvent(output.output.event);
        else if (output.output.type === 'message') this.#answer(decodeNumber(output.output.message.data));
        else if (output.output.type !== 'writable') {
          if (output.output.type === 'sendData') this.#carrier = output.output.association;
          elements.perform(output.output);
        }
        break;
      // Nobody here sends single messages or follows pools.
      case 'delivery':
      case 'poolChanged':
      case 'watchFailed':
        break;
    }
  }

  #sessionEvent(event: SessionEvent): void {
    this.note(event.type, event);
    switch (event.type) {
      case 'connected':
        this.#deadlines.end('session');
        this.#ask();
        break;
      case 'cookieStored':
        this.#cookie = event.cookie;
        break;
      case 'sendFailed':
        this.#deadlines.end(failedSend);
        break;
      case 'failoverStarted':
        this.#deadlines.begin('session', this.world.timing.session.failoverTimeoutMs);
        this.#stopWaiting();
        break;
      case 'failed':
      case 'closed':
        this.#deadlines.end('session');
        this.#stopWaiting();
        this.#carrier = undefined;
        if (event.type === 'failed') this.#failedSessions += 1;
        this.#after(event.type === 'failed' ? this.world.timing.retryMs : 0, () => {
          this.#openSession();
        });
        break;
      default:
    }
  }

  #ask(): void {
    this.#stopWaiting();
    this.#turn += 1;
    const message = {
      data: encodeNumber(this.#answered + 1),
      payloadProtocolIdentifier: numberPayloadProtocolIdentifier,
      stream: 0,
      unordered: false,
    };
    this.#command({ type: 'send', message });
    const { clock } = this.host;
    this.#answerTimer = clock.setTimer(clock.now() + this.world.timing.answerMs, () => {
      this.#answerTimer = undefined;
      this.note('no answer', `to ${this.#answered + 1}`);
      this.#command({ type: 'forceFailover', reportUnreachable: true });
    });
  }

  #answer(answer: number): void {
    if (answer < this.#answered && !this.world.isWild) {
      this.world.violated('secured state', `${this.name} at ${this.#answered} was answered ${answer}`);
    }
    // An answer that came twice, because the request did.
    if (answer !== this.#answered + 1 && !this.world.isWild) return;
    // Where numbers change on the way, only that there is an answer counts.
    if (!this.world.isWild) this.#answered = answer;
    this.#answers += 1;
    this.#stopWaiting();
    // Now and then a session ends, and another one goes on from its cookie.
    if (this.#random.chance(0.01)) {
      this.#command({ type: 'close' });
      return;
    }
    const turn = this.#turn;
    const [least, most] = this.world.timing.think;
    this.#after(this.#random.between(least, most), () => {
      // A failover asks by itself when it is complete.
      if (turn === this.#turn && this.#isConnected()) this.#ask();
    });
  }

  /** A session tells its application at once, unless it keeps the message itself for the next element. */
  #sendFails(): void {
    if (this.#options.resend === 'none') this.#deadlines.begin(failedSend, 0);
  }

  #isConnected(): boolean {
    return this.#node?.session(this.#session)?.state === 'connected';
  }

  #command(input: Extract<PoolUserNodeInput, { type: 'session' }>['input']): void {
    this.#driver?.input({ type: 'session', session: this.#session, input });
  }

  #stopWaiting(): void {
    if (this.#answerTimer !== undefined) this.host.clock.clearTimer(this.#answerTimer);
    this.#answerTimer = undefined;
  }

  #after(ms: number, run: () => void): void {
    const { clock } = this.host;
    clock.setTimer(clock.now() + ms, run);
  }
}

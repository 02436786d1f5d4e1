import { createHmac } from 'node:crypto';
import { encodeUtf8, type PoolElement, poolHandleFromText } from '@rserpool/wire';
import type { TranscriptCommand, TranscriptHandlers } from '@rserpool/wire/testing';
import type { BusinessCard } from '../business-card.ts';
import { CookieSeal, type CookieSealOptions } from '../cookie-seal.ts';
import type { Destination } from '../delivery/delivery-types.ts';
import type { PoolUserNodeInput } from '../pool-user-node-types.ts';
import { SessionNetwork, textMessage } from './session-network.fixture.ts';

const echo = poolHandleFromText('echo');

function sealOf(key: string): CookieSealOptions {
  return {
    authenticate: [(data) => createHmac('sha256', key).update(data).digest()],
    currentTime: () => 1_767_225_600_000,
  };
}

/** The commands of the transcripts of sessions, on one network. */
export class SessionTranscript {
  readonly #network = new SessionNetwork();
  readonly #cards: Map<number, BusinessCard> = new Map();
  #user: (input: PoolUserNodeInput) => void = () => undefined;

  /** What does each command; what follows it is what the network has logged since. */
  get handlers(): TranscriptHandlers {
    const network = this.#network;
    const commands: Record<string, (command: TranscriptCommand) => void> = {
      // element 1 [pool=echo] [key=secret]: it registers; with a key it signs its cookies
      element: (command) => this.#element(command),
      // user [stale=60000] [attempts=2] [failover=2] [own=9]: the one user; with `own` it is part of that element
      user: (command) => this.#createUser(command),
      // connect [prefer=1,2] [resend] [cookie=text signed-with=key]: the one session
      connect: (command) => this.#connect(command),
      // say hello [no-failover]: a message of the session
      say: (command) => {
        const message = textMessage(command.word(0));
        const failover = !command.has('no-failover');
        this.#session({ type: 'send', message: failover ? message : { ...message, failover } });
      },
      close: () => this.#session({ type: 'close' }),
      // deliver 1 hello [element=1] [address=1] [no-failover] [to-last] [to-all] [to-self]: a single message
      deliver: (command) => this.#deliver(command),
      // recommend 1 order=1,3,2: the application of element 1 sends its users a card
      recommend: (command) => {
        const poolElements = command
          .numbersOption('order')
          .map((identifier) => this.#known(identifier, command));
        network.recommend(`pe${command.number(0)}`, { poolHandle: echo, poolElements });
      },
      kill: (command) => network.kill(command.word(0)),
      // run 0.1: seconds
      run: (command) => network.run(command.number(0) * 1000),
    };
    return Object.fromEntries(
      Object.entries(commands).map(([name, run]) => [
        name,
        (command) => {
          run(command);
          return network.takeLog();
        },
      ]),
    );
  }

  #element(command: TranscriptCommand): void {
    const identifier = command.number(0);
    const key = command.option('key');
    const pool = poolHandleFromText(command.option('pool') ?? 'echo');
    const options = key === undefined ? {} : { cookieSeal: sealOf(key) };
    this.#cards.set(identifier, this.#network.element(identifier, options, pool));
    // How an element registers is in the transcripts of ASAP.
    this.#network.takeLog();
  }

  #createUser(command: TranscriptCommand): void {
    const own = command.numberOption('own');
    const card = own === undefined ? undefined : this.#cards.get(own);
    const maximumFailoverAttempts = command.numberOption('attempts');
    const failoverSeconds = command.numberOption('failover');
    const sessionTiming = {
      ...(maximumFailoverAttempts === undefined ? {} : { maximumFailoverAttempts }),
      ...(failoverSeconds === undefined ? {} : { failoverTimeoutMs: 1000 * failoverSeconds }),
    };
    this.#user = this.#network.user('pu', {
      staleCacheValueMs: command.numberOption('stale') ?? 0,
      sessionTiming,
      ...(card === undefined ? {} : { ownCard: () => card }),
    });
  }

  #connect(command: TranscriptCommand): void {
    const cookie = command.option('cookie');
    const seal = new CookieSeal(sealOf(command.option('signed-with') ?? ''));
    const options = {
      preferredOrder: command.numbersOption('prefer'),
      ...(command.has('resend') ? { resend: 'sinceCookie' as const } : {}),
      ...(cookie === undefined ? {} : { cookie: seal.seal(echo, encodeUtf8(cookie)) }),
    };
    this.#user({ type: 'openSession', session: 1, poolHandle: echo, options });
  }

  #session(input: Extract<PoolUserNodeInput, { type: 'session' }>['input']): void {
    this.#user({ type: 'session', session: 1, input });
  }

  #deliver(command: TranscriptCommand): void {
    this.#user({
      type: 'deliver',
      delivery: command.number(0),
      destination: this.#destination(command),
      message: textMessage(command.word(1)),
      options: {
        failover: !command.has('no-failover'),
        toLast: command.has('to-last'),
        toAll: command.has('to-all'),
        toSelf: command.has('to-self'),
      },
    });
  }

  #destination(command: TranscriptCommand): Destination {
    const element = command.numberOption('element');
    const address = command.numberOption('address');
    if (address !== undefined) {
      return { type: 'transportAddress', transport: this.#known(address, command).userTransport };
    }
    if (element === undefined) return { type: 'pool', poolHandle: echo };
    return { type: 'poolElement', poolHandle: echo, poolElement: this.#known(element, command) };
  }

  #known(identifier: number, command: TranscriptCommand): PoolElement {
    const [element] = this.#cards.get(identifier)?.poolElements ?? [];
    if (element === undefined) throw command.error(`knows no element ${identifier}`);
    return element;
  }
}

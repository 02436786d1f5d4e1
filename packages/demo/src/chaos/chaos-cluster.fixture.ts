import { createRegistrar, type Registrar, type RegistrarEvent } from '@rserpool/registrar';
import { createPoolElement, createPoolUser, type LocalPoolElement } from '@rserpool/session';
import { createMemoryNetwork, type MemoryHost, type MemoryNetwork } from '@rserpool/transport';
import {
  formatIpAddress,
  parseIpAddress,
  type RemoteEndpoint,
  type SelectionPolicy,
  seededRandom,
} from '@rserpool/wire';
import { Draw } from './chaos-draw.fixture.ts';
import { type Progress, serveNumbers, useNumbers } from './chaos-service.fixture.ts';
import { type CountingClock, createCountingClock } from './counting-clock.fixture.ts';

const policies: Readonly<Record<string, SelectionPolicy>> = {
  rounds: { type: 'roundRobin' },
  loads: { type: 'leastUsed', load: 0 },
};

/** A host that carries a registrar. */
export interface RegistrarNode {
  readonly address: string;
  registrar: Registrar;
}

/** A host that carries a pool element. */
export interface ElementNode {
  readonly address: string;
  readonly pool: string;
  element: LocalPoolElement;
  /** The address of the registrar that the element itself holds for its home, while there is one. */
  home: string | undefined;
}

/** A host that carries a pool user with a session. */
export interface UserNode {
  readonly address: string;
  readonly progress: Progress;
}

/** What happened when, to be read where an invariant does not hold. */
export interface LogLine {
  readonly at: number;
  readonly where: string;
  readonly what: string;
}

/** A whole scope in virtual time: registrars, two pools with different policies, users with sessions. */
export class ChaosCluster {
  readonly clock: CountingClock = createCountingClock();
  readonly network: MemoryNetwork;
  readonly draw: Draw;
  readonly registrars: RegistrarNode[] = [];
  readonly elements: ElementNode[] = [];
  readonly users: UserNode[] = [];
  readonly lostState: string[] = [];
  readonly log: LogLine[] = [];
  /** What the network does to packets at present. */
  readonly path: { lossProbability: number; jitterMs: number } = { lossProbability: 0, jitterMs: 2 };
  /** When a registrar was last killed or started: it takes a while until everybody knows. */
  registrarChangedAt = 0;
  readonly #seed: number;
  readonly #registrarEndpoints: RemoteEndpoint[] = [];
  readonly #peerEndpoints: RemoteEndpoint[] = [];
  #starts = 0;

  constructor(seed: number) {
    this.#seed = seed;
    this.draw = new Draw(seededRandom(seed));
    const { path } = this;
    this.network = createMemoryNetwork({
      clock: this.clock,
      random: seededRandom(seed + 1),
      delayMs: 1,
      retransmissionMs: 50,
      get jitterMs() {
        return path.jitterMs;
      },
      get lossProbability() {
        return path.lossProbability;
      },
    });
  }

  /** Starts everything: two to four registrars, three to eight elements, two users. */
  async start(): Promise<void> {
    const { draw } = this;
    const registrars = draw.integer(2, 4);
    for (let number = 1; number <= registrars; number += 1) {
      const addresses = [parseIpAddress(`10.0.0.${number}`)];
      this.#registrarEndpoints.push({ addresses, port: 3863 });
      this.#peerEndpoints.push({ addresses, port: 9901 });
    }
    for (let number = 1; number <= registrars; number += 1) {
      const address = `10.0.0.${number}`;
      this.registrars.push({ address, registrar: await this.#startRegistrar(address) });
      await this.clock.advance(draw.integer(0, 400));
    }
    const elements = draw.integer(3, 8);
    for (let number = 1; number <= elements; number += 1) {
      const node = {
        address: `10.0.1.${number}`,
        pool: number % 2 === 0 ? 'rounds' : 'loads',
        home: undefined,
      };
      this.elements.push(await this.#startElement(node));
    }
    await this.#startUser('10.0.2.1', 'rounds', 'sinceCookie');
    await this.#startUser('10.0.2.2', 'loads', 'none');
  }

  /** Notes what happened. */
  note(where: string, what: string): void {
    this.log.push({ at: this.clock.now(), where, what });
  }

  /** How many processes there can be. */
  get hosts(): number {
    return this.registrars.length + this.elements.length + this.users.length;
  }

  /** What happened, for whoever has to find out why. */
  get story(): string {
    return this.log.map(({ at, where, what }) => `${Math.round(at)} ${where} ${what}`).join('\n');
  }

  /** The process on a host dies. */
  kill(address: string): void {
    this.note(address, 'killed');
    this.network.kill(address);
    if (this.registrars.some((node) => node.address === address)) this.registrarChangedAt = this.clock.now();
  }

  /** A new process on a host whose process is dead. */
  async restart(address: string): Promise<void> {
    this.network.restart(address);
    const registrar = this.registrars.find((node) => node.address === address);
    if (registrar !== undefined) {
      registrar.registrar = await this.#startRegistrar(address);
      this.registrarChangedAt = this.clock.now();
    }
    const element = this.elements.find((node) => node.address === address);
    if (element !== undefined) Object.assign(element, await this.#startElement(element));
  }

  /** What the process on a host does. */
  stateOf({ address }: { readonly address: string }): MemoryHost['state'] {
    return this.network.host(address).state;
  }

  async #startRegistrar(address: string): Promise<Registrar> {
    const { transport, clock } = this.network.host(address);
    const registrar = await createRegistrar({
      asap: { transport },
      enrp: { transport },
      peers: this.#peerEndpoints.filter(
        ({ addresses: [peer] }) => formatIpAddress(peer ?? new Uint8Array(4)) !== address,
      ),
      profile: 'lan',
      clock,
      random: this.#random(),
    });
    this.note(address, `is registrar ${registrar.identifier}`);
    registrar.onEvent((event) => this.note(address, describe(event)));
    return registrar;
  }

  async #startElement(node: Omit<ElementNode, 'element'>): Promise<ElementNode> {
    const { address, pool } = node;
    const { transport, clock } = this.network.host(address);
    const element = await createPoolElement({
      transport,
      poolHandle: pool,
      policy: policies[pool] ?? { type: 'roundRobin' },
      registrars: this.#registrarEndpoints,
      listen: { port: 7000 },
      registrationLifeMs: this.draw.chance(0.3) ? 15_000 : 120_000,
      profile: 'lan',
      clock,
      random: this.#random(),
    });
    const started: ElementNode = { address, pool, element, home: undefined };
    const own = (): ElementNode => this.elements.find((known) => known.address === address) ?? started;
    element.on('homeRegistrarChanged', ({ reason, homeRegistrar }) => {
      const [home] = homeRegistrar.remote?.addresses ?? [];
      own().home = started.home = home === undefined ? undefined : formatIpAddress(home);
      this.note(address, `home ${own().home} by ${reason}`);
    });
    element.on('homeRegistrarLost', ({ reason }) => {
      own().home = started.home = undefined;
      this.note(address, `home lost: ${reason}`);
    });
    element.on('registered', ({ reregistration }) =>
      this.note(address, `registered, again: ${reregistration}`),
    );
    element.on('registrationRejected', () => this.note(address, 'registration rejected'));
    element.on('expired', () => this.note(address, 'expired'));
    // What an application does that wants to stay in its pool.
    element.on('registrationFailed', ({ reason }) => {
      this.note(address, `registration failed: ${reason}`);
      clock.setTimer(clock.now() + 500, () => element.register());
    });
    void element.serve(
      async (session) => serveNumbers(session, (what) => this.#lost(`${address}: ${what}`)),
      () => undefined,
    );
    this.note(address, `is element ${element.identifier}`);
    return started;
  }

  async #startUser(address: string, pool: string, resend: 'none' | 'sinceCookie'): Promise<void> {
    const { transport, clock } = this.network.host(address);
    const user = await createPoolUser({
      transport,
      sessionTransports: { sctp: transport },
      registrars: this.#registrarEndpoints,
      profile: 'lan',
      clock,
      random: this.#random(),
    });
    const progress: Progress = { answered: 0, sessionsFailed: 0 };
    this.users.push({ address, progress });
    const pause = async (): Promise<void> =>
      await new Promise((resolve) => {
        clock.setTimer(clock.now() + 40, resolve);
      });
    void useNumbers(user, pool, resend, pause, progress, (what) => this.#lost(`${address}: ${what}`));
  }

  #lost(what: string): void {
    this.lostState.push(what);
    this.note('session', what);
  }

  #random(): ReturnType<typeof seededRandom> {
    this.#starts += 1;
    return seededRandom(this.#seed * 1000 + this.#starts);
  }
}

function describe(event: RegistrarEvent): string {
  return JSON.stringify(event, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
}

import type { RandomStream } from '../engine/random-stream.ts';
import { ElementNode } from './element-node.ts';
import type { ProcessNode } from './process-node.ts';
import { RegistrarNode } from './registrar-node.ts';
import { policyOf, poolPolicies, rivalPool, type Scenario } from './scenario.ts';
import { UserNode } from './user-node.ts';
import type { World } from './world.ts';

/** How many elements a pool has whose elements do not agree about its policy. */
const rivals = 4;

/** How many sessions an element serves where that is few; every user of a pool still finds its place. */
export const fewSessions: number = 4;

/** A whole scope: registrars, pools with elements, and users with sessions. */
export class Cluster {
  /** What everything shares. */
  readonly world: World;
  /** What it consists of. */
  readonly scenario: Scenario;
  readonly registrars: RegistrarNode[] = [];
  readonly elements: ElementNode[] = [];
  readonly users: UserNode[] = [];
  /** Elements that come and go in bursts; they serve nobody. */
  readonly visitors: ElementNode[] = [];
  readonly #random: RandomStream;

  /**
   * @param world - What everything shares.
   * @param scenario - What it consists of.
   */
  constructor(world: World, scenario: Scenario) {
    this.world = world;
    this.scenario = scenario;
    this.#random = world.streams.stream('cluster');
    for (let number = 1; number <= scenario.registrars; number += 1) {
      const host = world.network.addHost(`pr${number}`, `10.0.0.${number}`);
      this.registrars.push(new RegistrarNode(world, host, scenario));
    }
    const peers = this.registrars.map((node) => node.enrpEndpoint);
    for (const node of this.registrars) node.configure(peers.filter((peer) => peer !== node.enrpEndpoint));
    const pools = Object.keys(poolPolicies);
    for (let number = 1; number <= scenario.elements; number += 1) {
      this.elements.push(
        this.#element(`pe${number}`, `10.0.1.${number}`, pools[number % pools.length] ?? ''),
      );
    }
    if (scenario.rarities.includes('rivalPolicies')) {
      for (let number = 1; number <= rivals; number += 1) {
        this.elements.push(this.#element(`rival${number}`, `10.0.3.${number}`, rivalPool, number));
      }
    }
    for (let number = 1; number <= scenario.users; number += 1) {
      const host = world.network.addHost(`pu${number}`, `10.0.2.${number}`);
      const pool = pools[number % pools.length] ?? '';
      const resend = this.#random.chance(0.5) ? 'sinceCookie' : 'none';
      this.users.push(new UserNode(world, host, { pool, resend, ...this.#known() }));
    }
  }

  /** Everybody. */
  get nodes(): ProcessNode[] {
    return [...this.registrars, ...this.elements, ...this.users, ...this.visitors];
  }

  /** All elements that have ever been there. */
  get everyElement(): ElementNode[] {
    return this.visitors.length === 0 ? this.elements : [...this.elements, ...this.visitors];
  }

  /** Starts everybody within a short time. */
  start(): void {
    const { time, timing } = this.world;
    for (const node of this.nodes) {
      time.setTimer(time.now() + this.#random.between(0, timing.minuteMs / 20), () => {
        node.start(false);
      });
    }
    this.#changeLoads();
  }

  /**
   * Adds an element that comes and goes.
   *
   * @param pool - Its pool.
   */
  addVisitor(pool: string): ElementNode {
    const number = this.visitors.length + 1;
    const node = this.#element(`v${number}`, `10.1.${number >> 8}.${number & 0xff}`, pool);
    this.visitors.push(node);
    return node;
  }

  #element(name: string, address: string, pool: string, number = 0): ElementNode {
    const host = this.world.network.addHost(name, address);
    // Short lives run out where a process is away for long; both are renewed well before.
    const registrationLifeSeconds = this.#random.chance(0.3) ? 60 : 120;
    return new ElementNode(this.world, host, {
      pool,
      policy: policyOf(pool, number),
      registrationLifeSeconds,
      maximumSessions: this.scenario.rarities.includes('fewSessions') ? fewSessions : undefined,
      ...this.#known(),
    });
  }

  #known(): { discovery: Scenario['discovery']; registrars: RegistrarNode['asapEndpoint'][] } {
    const registrars = this.registrars.map((node) => node.asapEndpoint);
    return { discovery: this.scenario.discovery, registrars };
  }

  /** The elements of an adaptive pool tell their loads now and then. */
  #changeLoads(): void {
    const { time, timing } = this.world;
    for (const node of this.elements) node.setLoad(Math.min(node.sessionCount * 0x0800_0000, 0xffff_ffff));
    const due = time.now() + this.#random.between(timing.minuteMs / 30, timing.minuteMs / 6);
    time.setTimer(due, () => {
      this.#changeLoads();
    });
  }
}

import type { RandomSource } from '@rserpool/wire';
import type { SimulatedHost } from '../network/simulated-host.ts';
import type { World } from './world.ts';

/** A host with a process of the cluster, through all its lives, and the faults that befall it. */
export abstract class ProcessNode {
  /** What everything shares. */
  readonly world: World;
  /** Where it runs. */
  readonly host: SimulatedHost;
  #disturbances = 0;
  #calmSince = 0;
  #life = 0;
  #bornAt = 0;
  #diedAt = 0;
  #stoppedAt = 0;

  /**
   * @param world - What everything shares.
   * @param host - Where it runs.
   */
  constructor(world: World, host: SimulatedHost) {
    this.world = world;
    this.host = host;
  }

  /** What it is called. */
  get name(): string {
    return this.host.name;
  }

  /** Whether its process runs. */
  get isRunning(): boolean {
    return this.#life > 0 && this.host.state === 'running';
  }

  /** Whether its process is dead. */
  get isDead(): boolean {
    return this.host.state === 'dead';
  }

  /** Since when nothing has disturbed it, or `Infinity` while something does. */
  get calmSince(): number {
    if (this.#disturbances > 0) return Number.POSITIVE_INFINITY;
    return this.#calmSince + this.world.network.recoveryMs;
  }

  /** When its present life began. */
  get bornAt(): number {
    return this.#bornAt;
  }

  /** When its last life ended. */
  get diedAt(): number {
    return this.#diedAt;
  }

  /** A fault begins that disturbs it. */
  disturb(): void {
    this.#disturbances += 1;
  }

  /** A fault that disturbed it ends. */
  calm(): void {
    this.#disturbances -= 1;
    this.#calmSince = this.world.time.now();
  }

  /** Something happened to it, and is over already. */
  shake(): void {
    this.#calmSince = this.world.time.now();
  }

  /**
   * Its process dies.
   *
   * @param isSilent - Whether nothing tells its peers.
   */
  kill(isSilent: boolean): void {
    if (this.isDead) return;
    this.host.kill(isSilent);
    this.#diedAt = this.world.time.now();
    this.shake();
    this.note('killed', isSilent ? 'silently' : 'its associations are reset');
  }

  /**
   * Its process is stopped.
   *
   * @param isSilent - Whether not even heartbeats are answered.
   */
  stop(isSilent: boolean): void {
    this.host.stop(isSilent);
    this.#stoppedAt = this.world.time.now();
    this.note('stopped', isSilent ? 'with its transport' : 'its host answers');
  }

  /** Its stopped process goes on, where it has not died meanwhile. */
  continue(): void {
    if (this.host.state !== 'stopped') return;
    const awayMs = this.world.time.now() - this.#stoppedAt;
    this.note('continues', `after ${Math.round(awayMs)} ms`);
    this.wasAway(awayMs);
    this.host.continue();
  }

  /**
   * Its clock jumps ahead. The step that is under way ends at once, but those that follow take their time: so much
   * later may be what it waits for.
   *
   * @param byMs - How far.
   */
  jumpClock(byMs: number): void {
    this.note('clock jumps', `by ${Math.round(byMs)} ms`);
    this.wasAway(byMs);
    this.host.jumpClock(byMs);
    this.shake();
  }

  /**
   * Its clock is set back: whatever it waits for takes so much longer.
   *
   * @param byMs - How far.
   */
  turnBackClock(byMs: number): void {
    this.note('clock is set back', `by ${Math.round(byMs)} ms`);
    this.host.jumpClock(-byMs);
  }

  /**
   * A new process begins.
   *
   * @param keepsIdentity - Whether it has the identifier of the one before.
   */
  start(keepsIdentity: boolean): void {
    if (this.#life > 0) this.host.restart();
    this.#life += 1;
    this.#bornAt = this.world.time.now();
    this.shake();
    this.begin(keepsIdentity);
  }

  /**
   * Notes something that happened here.
   *
   * @param kind - Of what kind.
   * @param detail - What.
   */
  note(kind: string, detail: unknown): void {
    const { trace, time } = this.world;
    if (trace.isOn) trace.note(time.now(), this.name, kind, detail);
  }

  /**
   * The random numbers of the present life for a purpose.
   *
   * @param purpose - What they are for.
   */
  protected random(purpose: string): RandomSource {
    return this.world.streams.source(`${this.name} life ${this.#life} ${purpose}`);
  }

  /** Time has passed in which the process could do nothing: what it waits for may take so much longer. */
  protected wasAway(_ms: number): void {}

  /** Begins the process that the node is for. */
  protected abstract begin(keepsIdentity: boolean): void;
}

import { readFile } from 'node:fs/promises';
import { encodePicture, Picture, seahorseValley } from '@rserpool/services';
import { type ProcessEvent, sharedNow } from '../processes/process-message.ts';
import { DemoProcess } from './child-process.ts';
import type { DemoEventBody, DoneEvent } from './demo-event.ts';
import { Facts } from './facts.ts';
import type { MainJobOptions } from './main-job-options.ts';
import type { Reporter } from './reporter.ts';

/** The whole job has to be over by then: a hang is a failure, too. */
const jobTimeoutMs = 50_000;

/** When the serving element is killed, and when its successor's home registrar: as parts of the picture. */
const killElementAt = 0.25;
const killRegistrarAt = 0.45;
/** When the first of the user's two networks is cut. */
const cutAt = 0.65;
const cutAddress = '127.0.0.1';

/**
 * The main job: starts the processes, kills two of them while the picture is computed, and checks that nothing was
 * lost.
 */
export class MainJob {
  readonly #options: MainJobOptions;
  readonly #reporter: Reporter;
  readonly #processes: DemoProcess[] = [];
  readonly #facts = new Facts();
  readonly #startedAt = sharedNow();
  #isOver = false;
  #fail: (error: Error) => void = () => undefined;
  #wake: () => void = () => undefined;

  /**
   * @param options - The command line.
   * @param reporter - Where the events go.
   */
  constructor(options: MainJobOptions, reporter: Reporter) {
    this.#options = options;
    this.#reporter = reporter;
  }

  /** Runs the job to its end; never rejects. */
  async run(): Promise<DoneEvent> {
    const failure = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    const timer = setTimeout(() => {
      this.#fail(
        new Error(
          `nothing more happened: still waiting for ${this.#facts.waitingFor} after ${jobTimeoutMs} ms`,
        ),
      );
    }, jobTimeoutMs);
    let done: DoneEvent;
    try {
      done = await Promise.race([this.#perform(), failure]);
    } catch (error) {
      done = this.#facts.result(error instanceof Error ? error.message : String(error));
    }
    clearTimeout(timer);
    // What the processes tell while they are ended is no part of the story.
    this.#isOver = true;
    await Promise.all(this.#processes.map((process) => process.end()));
    this.#tell(done);
    this.#reporter.end();
    return done;
  }

  /**
   * Ends the job and its processes before its time; it has failed then.
   *
   * @param reason - Why, for the last event.
   */
  stop(reason: string): void {
    this.#fail(new Error(reason));
  }

  async #perform(): Promise<DoneEvent> {
    await this.#startScope();
    this.#start('user', 'user', [...this.#registrarsFor('poolUsers'), `--output=${this.#options.output}`]);
    const rows = seahorseValley.height;

    await this.#until(
      'a secured part of the picture',
      (facts) => facts.rows >= killElementAt * rows && facts.securedRow > 0 && facts.rows > facts.securedRow,
    );
    this.#kill(this.#facts.processOf(this.#facts.serving));
    await this.#until('the failover', (facts) => facts.failovers > 0 && facts.resumedAtRow >= 0);

    await this.#until('more of the picture', (facts) => facts.rows >= killRegistrarAt * rows);
    const serving = this.#facts.serving;
    const home = this.#facts.homeOf(serving);
    this.#kill(this.#facts.processOf(home));
    // On a busy machine the element may be quicker and register with the other one before that takes over.
    await this.#until('a new home registrar', (facts) => facts.homeOf(serving) !== home);

    if (this.#hasTwoPaths) {
      await this.#until('still more of the picture', (facts) => facts.rows >= cutAt * rows);
      this.#processes.find(({ name }) => name === 'user')?.cut(cutAddress);
      await this.#until('the notice of the failed path', (facts) => facts.failedPaths.has(cutAddress));
    }

    await this.#until('the complete picture', (facts) => facts.file !== undefined);
    return this.#check(serving);
  }

  /** A host without IPv6 has one loopback address. */
  get #hasTwoPaths(): boolean {
    return this.#facts.registrars.every(({ asap }) => asap.includes(' '));
  }

  /** Two registrars that know each other, and three elements that are registered. */
  async #startScope(): Promise<void> {
    this.#start('registrar-1', 'registrar', []);
    await this.#until('registrar-1', (facts) => facts.registrars.length === 1);
    const peer = this.#facts.registrars[0];
    this.#start('registrar-2', 'registrar', [`--peer=${peer?.enrp}`]);
    await this.#until('the registrars to find each other', (facts) => facts.peerings >= 2);
    for (const number of [1, 2, 3]) {
      this.#start(`element-${number}`, 'element', [
        ...this.#registrarsFor('asap'),
        `--row-pause=${this.#options.rowPauseMs}`,
      ]);
    }
    await this.#until('three registered elements', (facts) => facts.registrations >= 3);
  }

  async #check(serving: string): Promise<DoneEvent> {
    const facts = this.#facts;
    const written = await readFile(this.#options.output);
    const expected = encodePicture(Picture.computed(seahorseValley));
    const identical = written.equals(expected);
    this.#tell({ event: 'picture', file: this.#options.output, rows: facts.rows, identical });
    if (!identical) return facts.result('the picture differs from an uninterrupted computation');
    if (facts.failovers !== 1) return facts.result(`the session moved ${facts.failovers} times, not once`);
    if (facts.serving !== serving)
      return facts.result(
        'the session left its element when the registrar was killed or the network was cut',
      );
    if (facts.takeovers > 0 && facts.elementsTakenOver < 1)
      return facts.result('the takeover did not change the home of any element');
    return facts.result();
  }

  #start(name: string, role: 'registrar' | 'element' | 'user', options: readonly string[]): void {
    const process = new DemoProcess(
      name,
      role,
      options,
      (event) => this.#take(name, event),
      (message) => this.#fail(new Error(message)),
    );
    this.#processes.push(process);
    this.#tell({ event: 'started', process: name, pid: process.pid });
  }

  #kill(name: string): void {
    const process = this.#processes.find((candidate) => candidate.name === name);
    if (process === undefined) throw new Error(`there is no process ${name} to kill`);
    process.kill();
    const at = sharedNow();
    this.#facts.killed(name, at);
    this.#tell(
      { event: 'killed', process: name, pid: process.pid, identifier: this.#facts.identifierOf(name) },
      at,
    );
  }

  #take(name: string, { at, body }: ProcessEvent): void {
    if (this.#isOver) return;
    const event = this.#facts.learn(name, body, at);
    if (event !== undefined) this.#tell(event, at);
    if (body.event === 'error') this.#fail(new Error(`${name}: ${body.message}`));
    this.#wake();
  }

  #tell(body: DemoEventBody, at: number = sharedNow()): void {
    this.#reporter.event({ t: Math.round((at - this.#startedAt) * 10) / 10, ...body });
  }

  #registrarsFor(endpoint: 'asap' | 'poolUsers'): string[] {
    return this.#facts.registrars.map((registrar) => `--registrar=${registrar[endpoint]}`);
  }

  async #until(what: string, isTrue: (facts: Facts) => boolean): Promise<void> {
    this.#facts.waitingFor = what;
    while (!isTrue(this.#facts)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

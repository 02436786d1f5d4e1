import type { ServedSession } from '@rserpool/session';
import { type Clock, realClock } from '@rserpool/transport';
import { MachineDriver } from '@rserpool/transport/internal';
import { decodeCalcAppCookie, encodeCalcAppCookie } from '../machine/calc-app/calc-app-cookie.ts';
import { decodeCalcAppPacket, encodeCalcAppPacket } from '../machine/calc-app/calc-app-packet.ts';
import { CalcAppServerMachine } from '../machine/calc-app/calc-app-server-machine.ts';
import type { CalcAppServerOptions } from '../machine/calc-app/calc-app-server-options.ts';
import type {
  CalcAppServerEvent,
  CalcAppServerInput,
  CalcAppServerOutput,
} from '../machine/calc-app/calc-app-server-types.ts';
import { ServicePayloadProtocolIdentifier } from '../machine/service-protocol.ts';
import type { Service } from '../service.ts';

/** Options of {@link createCalcAppService}. */
export interface CalcAppServiceOptions extends Partial<CalcAppServerOptions> {
  /** Is given the load, jobs divided by their maximum, 0 .. 1, whenever it changes; see {@link tellLoad}. */
  readonly onLoad?: (fraction: number) => void;
  /** Is told what happens to jobs. */
  readonly onEvent?: (event: CalcAppServerEvent) => void;
  /** Time and timers; the real clock by default. */
  readonly clock?: Clock;
}

/** The CalcApp service of one element, and of no other: its jobs share one processor. */
export interface CalcAppService {
  /** What to give to `serve` of the pool element. */
  readonly serve: Service;
  /** How many jobs are calculated. */
  readonly jobs: number;
  /** How many calculations were performed so far, those that were lost again included. */
  readonly calculationsPerformed: number;
  /**
   * Hands all jobs back to their users with cookies of the exact state, so that other elements go on and no work is
   * lost. Deregister first, or the same element gets them again; then close it.
   */
  shutDown(): void;
}

/**
 * Creates the CalcApp service: calculates jobs, which is to say lets time pass, `capacity` calculations a second. It is
 * what the evaluation papers of RSerPool measure with. Packets and cookies are those of the reference.
 *
 * @param options - Capacity, limits, times, what to tell.
 * @example
 * ```ts
 * import type { LocalPoolElement } from '@rserpool/session';
 * import { createCalcAppService, tellLoad } from '@rserpool/services';
 *
 * declare const element: LocalPoolElement; // with policy { type: 'leastUsed', load: 0 }
 * const service = createCalcAppService({
 *   capacity: 1e6,
 *   maximumJobs: 4,
 *   onLoad: tellLoad(element),
 * });
 * await element.serve(service.serve);
 * ```
 */
export function createCalcAppService(options: CalcAppServiceOptions = {}): CalcAppService {
  return new RunningCalcAppService(options);
}

interface Served {
  readonly session: ServedSession;
  isFull: boolean;
}

class RunningCalcAppService implements CalcAppService {
  readonly #machine: CalcAppServerMachine;
  readonly #driver: MachineDriver<CalcAppServerInput, CalcAppServerOutput>;
  readonly #options: CalcAppServiceOptions;
  readonly #sessions: Map<number, Served> = new Map();

  constructor(options: CalcAppServiceOptions) {
    this.#options = options;
    this.#machine = new CalcAppServerMachine(options);
    this.#driver = new MachineDriver({
      machine: this.#machine,
      clock: options.clock ?? realClock,
      onOutput: (output) => this.#perform(output),
    });
  }

  get jobs(): number {
    return this.#machine.jobs;
  }

  get calculationsPerformed(): number {
    return this.#machine.calculationsPerformed;
  }

  readonly serve: Service = async (session) => {
    const { id } = session;
    const served: Served = { session, isFull: false };
    this.#sessions.set(id, served);
    try {
      if (this.#resume(id, session)) await this.#takePackets(id, served);
      else session.abort();
    } finally {
      this.#sessions.delete(id);
      this.#driver.input({ type: 'sessionEnded', session: id });
    }
  };

  shutDown(): void {
    this.#driver.input({ type: 'shutdown' });
  }

  /** False for a cookie that is none of this service. */
  #resume(id: number, { restoredState }: ServedSession): boolean {
    if (restoredState === undefined) return true;
    const state = decodeCalcAppCookie(restoredState);
    if (state === undefined) return false;
    this.#driver.input({ type: 'resume', session: id, state });
    return true;
  }

  async #takePackets(id: number, served: Served): Promise<void> {
    for await (const { data } of served.session) {
      const packet = decodeCalcAppPacket(data);
      if (packet === undefined) continue;
      this.#driver.input({ type: 'packet', session: id, packet });
      // A user that asks and does not read the answers is not listened to any longer.
      if (!served.isFull || served.session.hasEnded) continue;
      await served.session.writable();
      served.isFull = false;
    }
  }

  #perform(output: CalcAppServerOutput): void {
    switch (output.type) {
      case 'load':
        this.#options.onLoad?.(output.fraction);
        return;
      case 'event':
        this.#options.onEvent?.(output.event);
        return;
      default:
    }
    const served = this.#sessions.get(output.session);
    if (served === undefined || served.session.hasEnded) return;
    switch (output.type) {
      case 'send':
        served.isFull = !served.session.send(encodeCalcAppPacket(output.packet), {
          payloadProtocolIdentifier: ServicePayloadProtocolIdentifier.calcApp,
        });
        break;
      case 'cookie':
        if (served.session.hasControlChannel) served.session.setCookie(encodeCalcAppCookie(output.state));
        break;
      case 'end':
        // What was sent last says why: it has to get there.
        void served.session.close();
        break;
    }
  }
}

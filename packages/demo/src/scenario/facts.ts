import type { ChildEventBody } from '../processes/process-message.ts';
import type { DemoEventBody, DoneEvent } from './demo-event.ts';

/** A registrar that listens. */
export interface KnownRegistrar {
  /** Its identifier. */
  readonly identifier: string;
  /** The endpoint for pool elements. */
  readonly asap: string;
  /** The endpoint for pool users: plain ASAP over TCP. */
  readonly poolUsers: string;
  /** The endpoint for peers. */
  readonly enrp: string;
}

/** What the job knows from the events of its processes. */
export class Facts {
  /** What the job waits for, for the message where it never comes. */
  waitingFor = 'the start';
  /** The registrars, in the order in which they started. */
  readonly registrars: KnownRegistrar[] = [];
  /** How often a registrar found its peer. */
  peerings = 0;
  /** How many elements are registered. */
  registrations = 0;
  /** The row from which the latest cookie goes on, 0 before the first. */
  securedRow = 0;
  /** How many rows the user has. */
  rows = 0;
  /** The identifier of the element that serves the session. */
  serving = '';
  /** How often the session moved. */
  failovers = 0;
  /** The row from which the new element went on, or -1. */
  resumedAtRow = -1;
  /** How many takeovers were announced. */
  takeovers = 0;
  /** How many elements changed hands in them. */
  elementsTakenOver = 0;
  /** The addresses to which a path failed. */
  readonly failedPaths: Set<string> = new Set();
  /** The picture's file, once it is written. */
  file: string | undefined = undefined;

  #rowsRecomputed = 0;
  #detectMs = -1;
  #failoverMs = -1;
  #cutAt: number | undefined;
  #pathFailureMs = -1;
  readonly #identifiers = new Map<string, string>();
  readonly #homes = new Map<string, string>();
  readonly #adopted = new Set<string>();
  readonly #killedAt = new Map<string, number>();

  /** The identifier of what runs in a process. */
  identifierOf(process: string): string {
    return this.#identifiers.get(process) ?? '';
  }

  /** The process in which something runs. */
  processOf(identifier: string): string {
    for (const [process, known] of this.#identifiers) if (known === identifier) return process;
    return '';
  }

  /** The home registrar of an element. */
  homeOf(element: string): string {
    return this.#homes.get(element) ?? '';
  }

  /** Whether an element adopted a new home by the H flag. */
  isAdopted(element: string): boolean {
    return this.#adopted.has(element);
  }

  /** Notes that a process was killed. */
  killed(process: string, at: number): void {
    this.#killedAt.set(this.identifierOf(process), at);
  }

  /**
   * Takes what a process reports.
   *
   * @returns What to tell the person: the event with the times since the kill, or nothing.
   */
  learn(process: string, body: ChildEventBody, at: number): DemoEventBody | undefined {
    switch (body.event) {
      case 'listening':
        this.#identifiers.set(process, body.identifier);
        this.registrars.push(body);
        return undefined;
      case 'peerDiscovered':
        this.peerings += 1;
        return body;
      case 'registeredAt': {
        const registrar =
          this.registrars.find(({ asap }) => asap.endsWith(`:${body.asapPort}`))?.identifier ?? '';
        if (!this.#homes.has(body.element)) this.registrations += 1;
        this.#identifiers.set(process, body.element);
        this.#homes.set(body.element, registrar);
        return { event: 'registered', process, element: body.element, registrar };
      }
      case 'selected':
        return body;
      case 'connected':
        this.serving = body.element;
        return body;
      case 'cookie':
        this.securedRow = body.row;
        return body;
      case 'progress':
        this.rows = body.rows;
        return body;
      case 'detected':
        this.#detectMs = this.#sinceKill(body.element, at);
        return { ...body, afterMs: this.#detectMs };
      case 'failedOver':
        this.failovers += 1;
        this.serving = body.to;
        this.#failoverMs = this.#sinceKill(body.from, at);
        return { ...body, afterMs: this.#failoverMs };
      case 'resumed':
        this.resumedAtRow = body.row;
        return body;
      case 'takeover':
        this.takeovers += 1;
        this.elementsTakenOver += body.elements;
        return { ...body, afterMs: this.#sinceKill(body.target, at) };
      case 'adopted':
        this.#adopted.add(body.element);
        this.#homes.set(body.element, body.registrar);
        return body;
      case 'cut':
        this.#cutAt = at;
        return body;
      case 'path':
        return this.#learnPath(body, at);
      case 'complete':
        this.file = body.file;
        this.rows = body.rows;
        this.#rowsRecomputed = body.rowsRecomputed;
        return undefined;
      case 'started':
      case 'error':
        return body;
    }
  }

  /**
   * The job's result.
   *
   * @param message - What went wrong; left out where nothing did.
   */
  result(message?: string): DoneEvent {
    return {
      event: 'done',
      ok: message === undefined,
      failovers: this.failovers,
      takeovers: this.takeovers,
      resumedAtRow: this.resumedAtRow,
      rowsRecomputed: this.#rowsRecomputed,
      detectMs: this.#detectMs,
      failoverMs: this.#failoverMs,
      pathFailureMs: this.#pathFailureMs,
      ...(message !== undefined && { message }),
    };
  }

  #learnPath(body: Extract<ChildEventBody, { event: 'path' }>, at: number): DemoEventBody | undefined {
    const cutAt = this.#cutAt;
    // Paths also come up when an association does.
    if (cutAt === undefined) return undefined;
    if (body.state === 'active') return { ...body, afterMs: -1 };
    this.failedPaths.add(body.address);
    this.#pathFailureMs = tenths(at - cutAt);
    return { ...body, afterMs: this.#pathFailureMs };
  }

  #sinceKill(identifier: string, at: number): number {
    const killedAt = this.#killedAt.get(identifier);
    return killedAt === undefined ? -1 : tenths(at - killedAt);
  }
}

/** Milliseconds with one digit; processes read the system's clock at their start and may differ by a part of one. */
function tenths(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds * 10) / 10);
}

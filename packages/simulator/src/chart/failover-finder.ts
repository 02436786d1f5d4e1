import type { RunTraceLine } from '../evaluation/run-trace.ts';

/** A failover that somebody may want to look at. */
export interface FoundFailover {
  /** The user whose element was lost. */
  readonly user: string;
  /** The registrar that the user asked. */
  readonly registrar: string;
  /** The element that was lost. */
  readonly lost: string;
  /** The element that took over. */
  readonly next: string;
  /** When the lost one sent its last cookie to the user, in seconds; `undefined` where it sent none. */
  readonly lastCookieAt: number | undefined;
  /** When it failed, in seconds. */
  readonly failedAt: number;
  /** When the next one accepted the request, in seconds. */
  readonly acceptedAt: number;
}

/** What is known of the session of a user. */
interface UserState {
  element: string | undefined;
  registrar: string;
  lastCookieAt: number | undefined;
  next: string | undefined;
}

/**
 * Looks in a trace for a failover as the papers describe it: an element fails without a word, its user notices, and the
 * next element goes on from the cookie. The first one counts where the next element is none that has just come up in the
 * place of the lost one, or else the first one at all.
 */
export class FailoverFinder {
  readonly #users: Map<string, UserState> = new Map();
  readonly #failures: Map<string, number> = new Map();
  readonly #from: number;
  #found: FoundFailover | undefined;
  #isClear = false;

  /**
   * @param from - From when on a failure counts, in seconds.
   */
  constructor(from: number) {
    this.#from = from;
  }

  /** What was found until now. */
  get found(): FoundFailover | undefined {
    return this.#found;
  }

  /**
   * Takes the next line of the trace.
   *
   * @param line - The line.
   */
  take(line: RunTraceLine): void {
    if (this.#isClear) return;
    const { kind, time, from, what } = line;
    if (kind === 'timer' && what === 'fails') this.#failures.set(from, time);
    else if (kind === 'message') this.#message(line);
  }

  #message({ time, from, to, what }: RunTraceLine): void {
    switch (what) {
      case 'ASAP_HANDLE_RESOLUTION':
        this.#user(from).registrar = to;
        break;
      case 'ASAP_COOKIE':
        this.#user(to).lastCookieAt = time;
        break;
      case 'ASAP_COOKIE_ECHO':
        this.#user(from).next = to;
        break;
      case 'CALCAPP_ACCEPT':
        this.#accepted(time, from, to);
        break;
      default:
    }
  }

  #accepted(time: number, element: string, user: string): void {
    const state = this.#user(user);
    const { element: lost, next, registrar, lastCookieAt } = state;
    const failedAt = lost === undefined ? undefined : this.#failures.get(lost);
    state.element = element;
    state.next = undefined;
    state.lastCookieAt = undefined;
    if (lost === undefined || failedAt === undefined || failedAt < this.#from || next !== element) return;
    const isClear = placeOf(lost) !== placeOf(next);
    if (this.#found !== undefined && !isClear) return;
    this.#isClear = isClear;
    this.#found = { user, registrar, lost, next, lastCookieAt, failedAt, acceptedAt: time };
  }

  #user(name: string): UserState {
    const known = this.#users.get(name);
    if (known !== undefined) return known;
    const state: UserState = {
      element: undefined,
      registrar: 'registrar 1',
      lastCookieAt: undefined,
      next: undefined,
    };
    this.#users.set(name, state);
    return state;
  }
}

/** The element without the number of its life. */
function placeOf(element: string): string {
  return element.split('.')[0] ?? element;
}

/** One thing that happened in a run. */
export interface RunTraceLine {
  /** When, in seconds. */
  readonly time: number;
  /** Who did it, or sent it. */
  readonly from: string;
  /** To whom a message goes; the same as {@link from} otherwise. */
  readonly to: string;
  /** Whether it is a message at the time of its sending, a timer that fired, or a change of somebody's state. */
  readonly kind: 'message' | 'timer' | 'state';
  /** What it is: the type of the message, or the name of the timer or state. */
  readonly what: string;
  /** What else there is to say. */
  readonly detail: string;
}

/** Where it is noted what happens, where anybody wants to know. */
export class RunTrace {
  readonly #now: () => number;
  readonly #listener: ((line: RunTraceLine) => void) | undefined;
  readonly #names: Map<number, string> = new Map();

  /**
   * @param now - The time, in milliseconds.
   * @param listener - Who wants to know.
   */
  constructor(now: () => number, listener: ((line: RunTraceLine) => void) | undefined) {
    this.#now = now;
    this.#listener = listener;
  }

  /** Whether anybody wants to know; details are made only then. */
  get isOn(): boolean {
    return this.#listener !== undefined;
  }

  /**
   * Gives an element a name that people can read.
   *
   * @param identifier - Its pool element identifier.
   * @param name - The name.
   */
  name(identifier: number, name: string): void {
    if (this.isOn) this.#names.set(identifier, name);
  }

  /**
   * The name of an element.
   *
   * @param identifier - Its pool element identifier.
   */
  nameOf(identifier: number): string {
    return this.#names.get(identifier) ?? `element 0x${identifier.toString(16)}`;
  }

  /**
   * Notes a message that is sent.
   *
   * @param from - Who sends it.
   * @param to - To whom.
   * @param what - Its type.
   * @param detail - What else there is to say.
   */
  message(from: string, to: string, what: string, detail: string): void {
    this.#listener?.({ time: this.#now() / 1000, from, to, kind: 'message', what, detail });
  }

  /**
   * Notes a timer that fired.
   *
   * @param of - Whose it is.
   * @param what - Its name.
   * @param detail - What else there is to say.
   */
  timer(of: string, what: string, detail = ''): void {
    this.#listener?.({ time: this.#now() / 1000, from: of, to: of, kind: 'timer', what, detail });
  }

  /**
   * Notes a change of somebody's state.
   *
   * @param of - Whose.
   * @param what - What it is now.
   * @param detail - What else there is to say.
   */
  state(of: string, what: string, detail = ''): void {
    this.#listener?.({ time: this.#now() / 1000, from: of, to: of, kind: 'state', what, detail });
  }
}

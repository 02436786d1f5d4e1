/** One line of an event log. */
export interface TraceLine {
  /** When, in milliseconds of virtual time. */
  readonly at: number;
  /** Where: a node, `network` or `checker`. */
  readonly where: string;
  /** Of what kind: an event's name, `fault`, `message` ... */
  readonly kind: string;
  /** What happened. */
  readonly text: string;
}

/** Takes what happens in a simulation, for whoever has to find out why; by default nobody. */
export class Trace {
  readonly #take: ((line: TraceLine) => void) | undefined;

  /**
   * @param take - Is given each line.
   */
  constructor(take?: (line: TraceLine) => void) {
    this.#take = take;
  }

  /** Whether anybody reads it: what is only there to be written need not be made otherwise. */
  get isOn(): boolean {
    return this.#take !== undefined;
  }

  /**
   * Notes something.
   *
   * @param at - When.
   * @param where - Where.
   * @param kind - Of what kind.
   * @param detail - What happened: a text, or a value that is shown as one.
   */
  note(at: number, where: string, kind: string, detail: unknown): void {
    this.#take?.({ at, where, kind, text: typeof detail === 'string' ? detail : describe(detail) });
  }
}

/**
 * A line in fixed columns: time in seconds, where, kind, what.
 *
 * @param line - The line.
 */
export function formatTraceLine({ at, where, kind, text }: TraceLine): string {
  return `${(at / 1000).toFixed(3).padStart(12)}  ${where.padEnd(10)}  ${kind.padEnd(28)}  ${text}`.trimEnd();
}

function describe(value: unknown): string {
  if (value instanceof Uint8Array) return text(value);
  if (Array.isArray(value)) return `[${value.map(describe).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .filter(([name, member]) => name !== 'type' && member !== undefined)
    .map(([name, member]) => `${name}=${describe(member)}`)
    .join(' ');
}

/** Bytes as text where they are printable, else as numbers: addresses and unknown parameters. */
function text(bytes: Uint8Array): string {
  const printable = bytes.length > 0 && bytes.every((byte) => byte > 0x20 && byte < 0x7f);
  return printable ? String.fromCharCode(...bytes) : bytes.join('.');
}

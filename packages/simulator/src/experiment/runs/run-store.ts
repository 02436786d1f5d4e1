import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RunMetrics } from './run-task.ts';

interface KeptRun {
  readonly key: string;
  readonly seed: number;
  readonly metrics: Readonly<Record<string, number | null>>;
}

/**
 * The finished runs of a directory: a file with one JSON object a line, which only grows.
 *
 * A process that dies while it writes leaves half a line; it is passed over, and the run is simulated again.
 */
export class RunStore {
  readonly #file: string;
  readonly #runs = new Map<string, RunMetrics>();
  #damagedLines = 0;
  #isLineOpen: boolean;

  /**
   * Reads what is there; the file and its directory are made with the first run.
   *
   * @param file - The file's path.
   */
  constructor(file: string) {
    this.#file = file;
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    for (const line of text.split('\n')) if (line !== '') this.#read(line);
    this.#isLineOpen = text !== '' && !text.endsWith('\n');
  }

  /** How many runs there are. */
  get size(): number {
    return this.#runs.size;
  }

  /** How many lines could not be read. */
  get damagedLines(): number {
    return this.#damagedLines;
  }

  /**
   * The metrics of a run that is kept.
   *
   * @param key - Its key.
   */
  get(key: string): RunMetrics | undefined {
    return this.#runs.get(key);
  }

  /**
   * Keeps a run.
   *
   * @param key - Its key.
   * @param seed - Its seed, for people who look into the file.
   * @param metrics - Its metrics.
   */
  add(key: string, seed: number, metrics: RunMetrics): void {
    if (this.#runs.has(key)) return;
    this.#runs.set(key, metrics);
    mkdirSync(dirname(this.#file), { recursive: true });
    // JSON writes what is no number as null, and every number so that the same one is read again.
    appendFileSync(this.#file, `${this.#isLineOpen ? '\n' : ''}${JSON.stringify({ key, seed, metrics })}\n`);
    this.#isLineOpen = false;
  }

  #read(line: string): void {
    const run = parse(line);
    if (run === undefined) {
      this.#damagedLines += 1;
      return;
    }
    const metrics = Object.entries(run.metrics).map(([name, value]) => [name, value ?? Number.NaN]);
    this.#runs.set(run.key, Object.fromEntries(metrics) as RunMetrics);
  }
}

function parse(line: string): KeptRun | undefined {
  try {
    const run = JSON.parse(line) as Partial<KeptRun> | null;
    const hasMetrics = typeof run?.metrics === 'object' && (run.metrics as object | null) !== null;
    return hasMetrics && typeof run.key === 'string' ? (run as KeptRun) : undefined;
  } catch {
    return undefined;
  }
}

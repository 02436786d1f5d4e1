// A peer in a process of its own, told what to do by words and telling what happens by events.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

export class PeerProcess {
  /** Everything that it told, in order. */
  events = [];
  #child;
  #name;
  #taken = 0;
  #wake = () => undefined;

  constructor(name, [command, ...args]) {
    this.#name = name;
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdin.on('error', () => undefined);
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.events.push({ ...JSON.parse(line), at: performance.now() });
      this.#wake();
    });
    this.#child.on('exit', () => {
      this.events.push({ event: 'exit', at: performance.now() });
      this.#wake();
    });
  }

  /** Tells it what to do. */
  say(...words) {
    this.#child.stdin.write(`${words.join(' ')}\n`);
  }

  /**
   * The next event of that kind after the one that was taken last; what comes before it is passed over.
   *
   * @param wanted - What it has to hold.
   * @param limitMs - How long it may take; only to end what went wrong.
   */
  async take(wanted, limitMs = 20_000) {
    const index = await this.#find(wanted, this.#taken, limitMs);
    this.#taken = index + 1;
    return this.events[index];
  }

  /** An event of that kind, whether it was passed over or is still to come; not those before the first `from` of all. */
  async told(wanted, { from = 0, limitMs = 20_000 } = {}) {
    return this.events[await this.#find(wanted, from, limitMs)];
  }

  /** The next messages. */
  async messages(count, limitMs = 60_000) {
    const messages = [];
    while (messages.length < count) messages.push(await this.take('message', limitMs));
    return messages;
  }

  /** Ends it at once, as a crash would. */
  kill() {
    this.#child.kill('SIGKILL');
  }

  async #find(wanted, from, limitMs) {
    const expected = typeof wanted === 'string' ? { event: wanted } : wanted;
    const isExpected = (event) => Object.entries(expected).every(([key, value]) => event[key] === value);
    const limit = new AbortController();
    const timeout = delay(limitMs, 'timeout', { signal: limit.signal }).catch(() => undefined);
    try {
      for (let index = from; ; index += 1) {
        while (index >= this.events.length) {
          const more = new Promise((resolve) => {
            this.#wake = resolve;
          });
          if ((await Promise.race([more, timeout])) === 'timeout') throw this.#missing(expected);
        }
        if (isExpected(this.events[index])) return index;
      }
    } finally {
      limit.abort();
    }
  }

  #missing(expected) {
    const told = this.events.slice(-6).map((event) => JSON.stringify(event));
    return new Error(
      `${this.#name} did not tell ${JSON.stringify(expected)}; the last that it told: ${told.join(' ')}`,
    );
  }
}

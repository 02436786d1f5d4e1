// A program of a cell: what it prints, line by line, and ways to wait for it.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

/** How long anything may take. Only what went wrong takes so long. */
export const limitMs = 40_000;

export class Program {
  /** What it is called in messages and logs. */
  name;
  /** Every line that it has printed; what is JSON is parsed. */
  lines = [];
  hasEnded = false;
  #log;
  #taken = 0;
  #waiting = new Set();
  #requests = 0;
  #write;
  #kill;

  /** @param file - Where everything that it prints is written down, with the time. */
  constructor(name, file) {
    this.name = name;
    this.#log = createWriteStream(file);
    this.#log.on('error', () => undefined);
  }

  /** Runs a command line on this host, outside of the guest. */
  startHere([command, ...args]) {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.on('error', () => undefined);
    this.#read(child.stdout);
    this.#read(child.stderr);
    child.on('exit', () => this.#end());
    this.#write = (text) => child.stdin.write(text);
    this.#kill = (signal) => child.kill(`SIG${signal}`);
    return this;
  }

  /** Runs a command line in the guest, through the relay at that path. */
  startInGuest(path, command, killInGuest) {
    const socket = connect({ path });
    let identifier;
    let signalled;
    socket.on('error', () => undefined);
    // The shell tells its process identifier first, which is then that of the program.
    socket.write(`${quote(['sh', '-c', 'echo $$; exec "$@" 2>&1', 'sh', ...command])}\n`);
    this.#read(socket, (line) => {
      if (identifier !== undefined) return true;
      identifier = line;
      if (signalled !== undefined) killInGuest(identifier, signalled);
      return false;
    });
    socket.on('close', () => this.#end());
    this.#write = (text) => socket.write(text);
    this.#kill = (signal) => {
      signalled = signal;
      if (identifier !== undefined) killInGuest(identifier, signal);
    };
    return this;
  }

  /** Writes a line to its standard input; objects as JSON. */
  say(line) {
    this.#write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
  }

  /** Sends it a signal, named without SIG; KILL by default, as a crash. */
  kill(signal = 'KILL') {
    if (!this.hasEnded) this.#kill(signal);
  }

  /**
   * Waits for the next line that fits, after the one that was taken last.
   *
   * @param wanted - A regular expression for text; an object whose entries a JSON line has to have; or a function.
   * @returns The line; of a regular expression, the match.
   */
  async take(wanted, limit = limitMs) {
    const { index, found } = await this.#find(wanted, this.#taken, limit);
    this.#taken = index + 1;
    return found;
  }

  /** The first line of all that fits, whether it is there already or not. */
  async told(wanted, limit = limitMs) {
    return (await this.#find(wanted, 0, limit)).found;
  }

  /** The lines so far that fit. */
  all(wanted) {
    return this.lines.map((line) => matches(wanted, line)).filter((found) => found !== undefined);
  }

  /** Asks one of our programs, and waits for the answer. */
  ask(question, limit = limitMs) {
    const answer = this.#answer(question, limit);
    // Who asks may wait for something else first, and fail by that.
    answer.catch(() => undefined);
    return answer;
  }

  async #answer(question, limit) {
    const request = ++this.#requests;
    this.say({ ...question, request });
    const answer = await this.told({ event: 'answer', request }, limit);
    if (answer.error !== undefined) throw Object.assign(new Error(answer.error), { code: answer.code });
    return answer.result;
  }

  /** Waits until it has ended. */
  async ended(limit = limitMs) {
    await this.#until(() => this.hasEnded, limit, 'end');
  }

  closeLog() {
    this.#log.end();
  }

  async #find(wanted, from, limit) {
    let index = from;
    let found;
    await this.#until(
      () => {
        for (; index < this.lines.length; index += 1) {
          found = matches(wanted, this.lines[index]);
          if (found !== undefined) return true;
        }
        if (this.hasEnded) throw this.#missing(`say ${describe(wanted)} before it ended`);
        return false;
      },
      limit,
      `say ${describe(wanted)}`,
    );
    return { index, found };
  }

  async #until(isTrue, limit, what) {
    const end = new AbortController();
    const timeout = delay(limit, 'timeout', { signal: end.signal }).catch(() => undefined);
    try {
      while (!isTrue()) {
        const change = new Promise((resolve) => {
          this.#waiting.add(resolve);
        });
        if ((await Promise.race([change, timeout])) === 'timeout')
          throw this.#missing(`${what} within ${limit / 1000} s`);
      }
    } finally {
      end.abort();
    }
  }

  #read(stream, accept = () => true) {
    createInterface({ input: stream }).on('line', (line) => {
      this.#log.write(`${new Date().toISOString()} ${line}\n`);
      if (!accept(line)) return;
      this.lines.push(parse(line));
      this.#wake();
    });
  }

  #end() {
    this.hasEnded = true;
    this.#wake();
  }

  #wake() {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }

  #missing(what) {
    const last = this.lines.slice(-4).map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    return new Error(`${this.name} did not ${what}; its last lines: ${last.join(' | ').slice(0, 600)}`);
  }
}

/** A command line as the guest's shell reads it. */
export function quote(words) {
  return words.map((word) => `'${String(word).replaceAll("'", String.raw`'\''`)}'`).join(' ');
}

function parse(line) {
  if (!line.startsWith('{')) return line;
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

function matches(wanted, line) {
  if (typeof wanted === 'function') return wanted(line) ? line : undefined;
  if (wanted instanceof RegExp)
    return typeof line === 'string' ? (wanted.exec(line) ?? undefined) : undefined;
  if (typeof line === 'string') return undefined;
  return Object.entries(wanted).every(([key, value]) => line[key] === value) ? line : undefined;
}

function describe(wanted) {
  if (wanted instanceof RegExp) return String(wanted);
  return typeof wanted === 'function' ? 'what was expected' : JSON.stringify(wanted);
}

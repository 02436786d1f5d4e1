// The scope of one cell: its hosts, and the programs on them, ours and those of the reference implementation.
import { join } from 'node:path';
import { Program } from './program.mjs';

const ourPrograms = join(import.meta.dirname, 'programs');
const rserpool = join(import.meta.dirname, '../../packages/cli/bin/rserpool.js');
const network = '10.203.20';

export class Scope {
  static #count = 0;

  carrier;
  #lab;
  #lane;
  #label = `c${++Scope.#count}`;
  #directory;
  #hosts = new Map();
  #programs = [];
  #last = 10;
  #ourAddresses = [];

  /**
   * @param carrier - What carries SCTP at our side: `kernel` (our programs are in the guest, too), `udp` or `raw`.
   * @param directory - Where the logs go.
   */
  constructor(lab, lane, carrier, directory) {
    this.#lab = lab;
    this.#lane = lane;
    this.carrier = carrier;
    this.#directory = directory;
  }

  get programs() {
    return this.#programs;
  }

  /** The addresses of the hosts that run our programs. */
  get ourAddresses() {
    return this.#ourAddresses;
  }

  /** Makes hosts at once that are needed later. */
  async prepare(names) {
    for (const { name, isOurs } of names) await this.#host(name, isOurs);
  }

  /** Starts one of our programs on a host of its own, or on one that is there already. */
  async our(program, name, settings = {}) {
    const { address, host } = await this.#host(name, true);
    const text = JSON.stringify({ carrier: this.carrier, address, ...settings });
    const command = [process.execPath, join(ourPrograms, `${program}.mjs`), text];
    return this.#startOurs(name, address, host, command);
  }

  /** Starts the command `rserpool`, where `ADDRESS` stands for that of its host. */
  async command(name, options) {
    const { address, host } = await this.#host(name, true);
    const command = [
      process.execPath,
      rserpool,
      ...options.map((option) => option.replaceAll('ADDRESS', address)),
    ];
    return this.#startOurs(name, address, host, command);
  }

  /** Starts a program of the reference implementation. */
  async their(name, [program, ...options]) {
    const { address, host } = await this.#host(name, false);
    // Line by line, as if somebody were looking.
    const command = [
      'stdbuf',
      '-oL',
      program,
      ...options.map((option) => option.replaceAll('ADDRESS', address)),
    ];
    return this.#start(name, address, (started) => this.#startInGuest(started, host, command));
  }

  /** Takes a host off the network. */
  async cut(name) {
    await this.#setLink(name, 'down');
  }

  /** Joins it to the network again. */
  async mend(name) {
    await this.#setLink(name, 'up');
  }

  /** Ends everything. */
  async end() {
    for (const program of this.#programs) program.kill();
    const outcomes = await Promise.allSettled(this.#hosts.values());
    const hosts = outcomes.flatMap(({ value }) => (value === undefined ? [] : [value]));
    await this.#lab.removeGuestHosts(hosts.filter(({ isInGuest }) => isInGuest).map(({ host }) => host));
    await Promise.all(this.#programs.map(async (program) => program.ended(5000).catch(() => undefined)));
    for (const { host } of hosts.filter(({ isInGuest }) => !isInGuest)) this.#lab.removeOuterHost(host);
    for (const program of this.#programs) program.closeLog();
  }

  /** The address that a host has, or will have. */
  async addressOf(name, isOurs) {
    return (await this.#host(name, isOurs)).address;
  }

  #startOurs(name, address, host, command) {
    return this.#start(name, address, (started) => {
      if (this.carrier === 'kernel') this.#startInGuest(started, host, command);
      else started.startHere(['ip', 'netns', 'exec', host, ...command]);
    });
  }

  async #start(name, address, start) {
    const count = this.#programs.filter((program) => program.name.startsWith(name)).length;
    const label = count === 0 ? name : `${name}-${count + 1}`;
    const program = new Program(label, join(this.#directory, `${label}.log`));
    program.address = address;
    this.#programs.push(program);
    start(program);
    return program;
  }

  #startInGuest(program, host, command) {
    program.startInGuest(this.#lab.relay, ['ip', 'netns', 'exec', host, ...command], (identifier, signal) => {
      this.#lab.runInGuest(['kill', `-${signal}`, identifier]).catch(() => undefined);
    });
  }

  #host(name, isOurs) {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const address = `${network}.${++this.#last}`;
    const unique = `${this.#label}-${name}`;
    const isInGuest = !isOurs || this.carrier === 'kernel';
    const made = (async () => {
      const host = isInGuest
        ? await this.#lab.addGuestHost(this.#lane, unique, address, this.carrier === 'udp' ? 9899 : 0)
        : this.#lab.addOuterHost(this.#lane, unique, address);
      if (isOurs) this.#ourAddresses.push(address);
      return { address, host, isInGuest };
    })();
    this.#hosts.set(name, made);
    return made;
  }

  async #setLink(name, state) {
    const { host, isInGuest } = await this.#hosts.get(name);
    if (isInGuest) await this.#lab.setGuestLink(host, state);
    else this.#lab.setOuterLink(host, state);
  }
}

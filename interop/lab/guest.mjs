// A guest: User-Mode Linux with network devices, whose other ends are in a network namespace of the host.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { unpackGuest, versionOf } from './packages.mjs';

const cache = join(import.meta.dirname, '../../node_modules/.cache/rserpool-lab');
const bootLimitMs = 60_000;

/** The network for control: the guest's address and the host's. */
const control = { device: 'control', host: '10.203.9.1/24', guest: '10.203.9.2' };

export class Guest {
  #child;
  #namespace;

  /**
   * @param namespace - The namespace that has the devices' other ends; it is there already.
   * @param networks - `{ device, host: [addresses], guest: [addresses] }`: what becomes of each device at both ends.
   * @param hubs - Names of networks between hosts: each is a bridge in the guest, and a device of the same name at the
   *   host's end. `addHost` joins hosts to them. None by default.
   * @param udpPort - Where the guest's SCTP takes UDP encapsulation; 0 for none. Hosts at hubs have their own.
   * @param memory - How much it has; what it does not use costs nothing.
   */
  static async start({ namespace, networks = [], hubs = [], udpPort = 0, memory = '512M' }) {
    unpackGuest(cache);
    const guest = new Guest();
    guest.#namespace = namespace;
    const all = [
      { device: control.device, host: [control.host], guest: [`${control.guest}/24`] },
      ...networks,
    ];
    for (const { device, host } of all) guest.#makeDevice(device, host);
    for (const hub of hubs) guest.#makeDevice(hub, []);
    await guest.#boot(all, hubs, udpPort, memory);
    return guest;
  }

  /** The version of one of the Debian packages that it has. */
  static versionOf(name) {
    return versionOf(cache, name);
  }

  /** The guest's address in its namespace, and the port of its shell. */
  get shell() {
    return { host: control.guest, port: 7007 };
  }

  /**
   * A command line for the host's side that runs a command line in the guest.
   *
   * @param host - The host in the guest that it runs on; the guest itself where left out.
   */
  commandLine(command, host) {
    const there = host === undefined ? command : ['ip', 'netns', 'exec', host, ...command];
    return [process.execPath, join(import.meta.dirname, 'remote-shell.mjs'), control.guest, ...there];
  }

  /**
   * The command that makes one more host in the guest.
   *
   * @param addresses - With their prefix lengths.
   * @param udpPort - Where its SCTP takes UDP encapsulation; 0 for none.
   */
  addHostCommand({ name, hub, addresses, udpPort = 0 }) {
    return ['sh', join(import.meta.dirname, 'add-host.sh'), name, hub, String(udpPort), ...addresses];
  }

  /** The group of the host's processes that are the guest. */
  get processGroup() {
    return this.#child.pid;
  }

  async stop() {
    if (this.#child.exitCode !== null) return;
    const exited = once(this.#child, 'exit');
    // Its processes are those of one group.
    process.kill(-this.#child.pid, 'SIGKILL');
    await exited;
  }

  #makeDevice(device, addresses) {
    const ip = (...args) => execFileSync('ip', ['-n', this.#namespace, ...args], { stdio: 'pipe' });
    execFileSync('ip', [
      'netns',
      'exec',
      this.#namespace,
      'ip',
      'tuntap',
      'add',
      'dev',
      device,
      'mode',
      'tap',
    ]);
    for (const address of addresses)
      ip('addr', 'add', address, 'dev', device, ...(address.includes(':') ? ['nodad'] : []));
    ip('link', 'set', device, 'up');
  }

  async #boot(networks, hubs, udpPort, memory) {
    const kernel = [
      join(cache, 'root/usr/bin/linux.uml'),
      `umid=${this.#namespace}`,
      `uml_dir=${join(cache, 'run')}/`,
      `mem=${memory}`,
      'rootfstype=hostfs',
      'rootflags=/',
      'ro',
      `init=${join(import.meta.dirname, 'first-init.sh')}`,
      'con=null',
      'con0=null,fd:1',
      'ssl=null',
      'quiet',
      `lab.directory=${cache}`,
      `lab.sources=${import.meta.dirname}`,
      ...(udpPort === 0 ? [] : [`lab.udp=${udpPort}`]),
      ...networks.flatMap(({ device, guest }, index) => [
        `vec${index}:transport=tap,ifname=${device},depth=128`,
        `lab.network=vec${index},${guest.join(',')}`,
      ]),
      ...hubs.flatMap((hub, index) => {
        const device = `vec${networks.length + index}`;
        return [`${device}:transport=tap,ifname=${hub},depth=128`, `lab.hub=${device},${hub}`];
      }),
    ];
    this.#child = spawn('ip', ['netns', 'exec', this.#namespace, ...kernel], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LD_PRELOAD: join(cache, 'xstate.so'), TMPDIR: '/dev/shm' },
    });
    let console = '';
    const ready = new Promise((resolve) => {
      const read = (bytes) => {
        console += bytes;
        if (console.includes('guest ready')) resolve('ready');
      };
      this.#child.stdout.on('data', read);
      this.#child.stderr.on('data', read);
    });
    const limit = new AbortController();
    const outcome = await Promise.race([
      ready,
      once(this.#child, 'exit').then(() => 'ended'),
      delay(bootLimitMs, 'silent', { signal: limit.signal }).catch(() => 'ready'),
    ]);
    limit.abort();
    if (outcome !== 'ready') throw new Error(`the guest did not boot (${outcome}): ${console.slice(-2000)}`);
  }
}

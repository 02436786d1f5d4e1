// The lab of a run: one guest, and networks on which the cells have their hosts, some in the guest and some outside.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Guest } from '../lab/guest.mjs';
import { ip } from '../sctp/hosts/networks.mjs';
import { quote } from './program.mjs';

const prefixLength = 24;

/** Ends the programs of a namespace, which are all of this run. */
function endAllIn(namespace) {
  for (const identifier of String(ip('netns', 'pids', namespace))
    .split('\n')
    .filter(Boolean)) {
    try {
      process.kill(Number(identifier), 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

export class Lab {
  #namespace = `rsp-${process.pid}-rsplib`;
  #socket = join(tmpdir(), `rserpool-relay-${process.pid}`);
  #guest;
  /** The hosts outside of the guest, and the other ends of their links. */
  #namespaces = new Map();

  /** @param lanes - Names of the networks. */
  static async start(lanes) {
    const lab = new Lab();
    ip('netns', 'add', lab.#namespace);
    try {
      ip('-n', lab.#namespace, 'link', 'set', 'lo', 'up');
      lab.#guest = await Guest.start({ namespace: lab.#namespace, hubs: lanes, memory: '2G' });
      for (const lane of lanes) lab.#makeHub(lane);
      await lab.#startRelay();
    } catch (error) {
      await lab.remove();
      throw error;
    }
    return lab;
  }

  get namespace() {
    return this.#namespace;
  }

  /** Where programs in the guest are started. */
  get relay() {
    return this.#socket;
  }

  /** The bridge at which a lane's frames can be seen. */
  bridgeOf(lane) {
    return `b-${lane}`;
  }

  /** Runs a command in the guest until it ends, and returns what it prints. */
  async runInGuest(command) {
    const socket = connect({ path: this.#socket });
    socket.write(`${quote(['sh', '-c', '"$@" 2>&1; echo "status $?"', 'sh', ...command])}\n`);
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes;
    });
    await once(socket, 'close');
    const status = /status (\d+)\n$/.exec(text);
    if (status?.[1] !== '0') throw new Error(`in the guest, ${command.join(' ')}: ${text}`);
    return text.slice(0, status.index);
  }

  /** A host in the guest; its name is used once in a run, since a host goes some time after it was removed. */
  async addGuestHost(lane, host, address, udpPort) {
    const addresses = [`${address}/${prefixLength}`];
    await this.runInGuest(this.#guest.addHostCommand({ name: host, hub: lane, addresses, udpPort }));
    return host;
  }

  /** A host outside of the guest: its namespace. */
  addOuterHost(lane, name, address) {
    const host = `${this.#namespace}-${name}`;
    const outer = `v-${name}`;
    ip('netns', 'add', host);
    this.#namespaces.set(host, outer);
    ip('link', 'add', outer, 'netns', this.#namespace, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', host);
    ip('-n', this.#namespace, 'link', 'set', outer, 'master', this.bridgeOf(lane), 'up');
    ip('-n', host, 'link', 'set', 'lo', 'up');
    ip('-n', host, 'addr', 'add', `${address}/${prefixLength}`, 'dev', 'eth0');
    ip('-n', host, 'link', 'set', 'eth0', 'up');
    ip('-n', host, 'route', 'add', 'multicast', '224.0.0.0/4', 'dev', 'eth0');
    return host;
  }

  /** Ends whatever runs on a host in the guest, and the host. */
  async removeGuestHosts(hosts) {
    const script =
      'for host; do pids=$(ip netns pids "$host"); [ -z "$pids" ] || kill -9 $pids; ip link del "v-$host"; ip netns del "$host"; done';
    if (hosts.length > 0) await this.runInGuest(['sh', '-c', script, 'sh', ...hosts]);
  }

  removeOuterHost(host) {
    this.#namespaces.delete(host);
    ip('netns', 'del', host);
  }

  /** Takes a host off its network, or joins it again, by the other end of its link: it loses no routes by that. */
  async setGuestLink(host, state) {
    await this.runInGuest(['ip', 'link', 'set', `v-${host}`, state]);
  }

  /** The same for a host outside of the guest. */
  setOuterLink(host, state) {
    ip('-n', this.#namespace, 'link', 'set', this.#namespaces.get(host), state);
  }

  /** Ends everything in its namespaces, and takes them down. */
  async remove() {
    const namespaces = [...this.#namespaces.keys(), this.#namespace];
    const guestStopped = this.#guest?.stop();
    for (const namespace of namespaces) endAllIn(namespace);
    await guestStopped;
    rmSync(this.#socket, { force: true });
    this.#namespaces.clear();
    for (const namespace of namespaces) ip('netns', 'del', namespace);
  }

  #makeHub(lane) {
    const bridge = this.bridgeOf(lane);
    const there = (...args) => ip('-n', this.#namespace, ...args);
    there('link', 'add', bridge, 'type', 'bridge', 'mcast_snooping', '0', 'ageing_time', '0');
    there('link', 'set', lane, 'master', bridge);
    there('link', 'set', bridge, 'up');
  }

  async #startRelay() {
    const { host, port } = this.#guest.shell;
    const program = join(import.meta.dirname, '../lab/relay.mjs');
    const line = [process.execPath, program, this.#socket, host, String(port)];
    const relay = spawn('ip', ['netns', 'exec', this.#namespace, ...line], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await Promise.race([
      once(relay.stdout, 'data'),
      once(relay, 'exit').then(() => {
        throw new Error('the relay to the guest ended');
      }),
    ]);
  }
}

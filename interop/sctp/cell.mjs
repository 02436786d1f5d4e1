// One scenario with one peer: its hosts, its processes and how they come together.
import { join } from 'node:path';
import { PeerProcess } from './peer-process.mjs';

const ports = { ours: 5001, theirs: 5002 };
const udpPort = 9899;

/** The command line of this project's peer over a carrier. */
export function ownPeer(carrier) {
  const program = join(import.meta.dirname, 'peers/transport-sctp.mjs');
  return ({ port, addresses }) =>
    [process.execPath, program, carrier, udpPort, udpPort, port, addresses].map(String);
}

/** The command line of the peer on usrsctp. */
export function usrsctpPeer(program) {
  return ({ port, addresses }) => [program, udpPort, udpPort, port, addresses].map(String);
}

export class Cell {
  closedPort = 5999;
  #hosts;
  #peers;
  #family;
  #processes = {};

  /**
   * @param hosts - Where they live.
   * @param peers - The command lines of `ours` and `theirs`.
   * @param family - 4 or 6: the version of IP.
   */
  constructor(hosts, peers, family) {
    this.#hosts = hosts;
    this.#peers = peers;
    this.#family = family;
  }

  addresses(side) {
    return this.#hosts.addresses(side, this.#family);
  }

  port(side) {
    return ports[side];
  }

  cut(path) {
    this.#hosts.cut(path);
  }

  /** Starts both. */
  start() {
    this.#start('ours');
    this.#start('theirs');
    return this.#processes;
  }

  /** Starts the other side anew. */
  async startTheirs() {
    const theirs = this.#start('theirs');
    await theirs.take('ready');
    return theirs;
  }

  /** Both, with an association that one of them opened. */
  async associate(by) {
    const { ours, theirs } = this.start();
    await Promise.all([ours.take('ready'), theirs.take('ready')]);
    const other = by === 'ours' ? theirs : ours;
    other.say('listen');
    await other.take('listening');
    return this.again(by);
  }

  /** One more association, after the last one is gone. */
  async again(by) {
    const { ours, theirs } = this.#processes;
    const [opener, other, side] = by === 'ours' ? [ours, theirs, 'theirs'] : [theirs, ours, 'ours'];
    opener.say('connect', this.port(side), this.addresses(side).join(','));
    await Promise.all([opener.take('up'), other.take('up')]);
    return { ours, theirs };
  }

  end() {
    for (const process of Object.values(this.#processes)) process.kill();
  }

  #start(side) {
    const command = this.#peers[side]({ port: ports[side], addresses: this.addresses(side).join(',') });
    const process = new PeerProcess(side, this.#hosts.on(side, command));
    process.isOurs = side === 'ours';
    this.#processes[side] = process;
    return process;
  }
}

// One scenario with one peer: its hosts, its processes and how they come together.
import { join } from 'node:path';
import { PeerProcess } from './peer-process.mjs';

const udpPort = 9899;

/** Each cell has ports of its own: a kernel may still be busy with an association of an earlier one. */
let nextPort = 5001;

/** This project's peer over a carrier. */
export function ownPeer(carrier) {
  const program = join(import.meta.dirname, 'peers/transport-sctp.mjs');
  return {
    kind: carrier === 'kernel' ? 'kernel' : 'own',
    command: ({ port, addresses }) =>
      [process.execPath, program, carrier, udpPort, udpPort, port, addresses].map(String),
  };
}

/** The peer on usrsctp. */
export function usrsctpPeer(program) {
  return {
    kind: 'usrsctp',
    command: ({ port, addresses }) => [program, udpPort, udpPort, port, addresses].map(String),
  };
}

export class Cell {
  closedPort = 4999;
  #ports = { ours: nextPort++, theirs: nextPort++ };
  #hosts;
  #peers;
  #family;
  #processes = {};

  /**
   * @param hosts - Where they live.
   * @param peers - `ours` and `theirs`: what they are, and their command lines.
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
    return this.#ports[side];
  }

  cut(path) {
    this.#hosts.cut(path);
  }

  mend(path) {
    this.#hosts.mend(path);
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
    const command = this.#peers[side].command({
      port: this.#ports[side],
      addresses: this.addresses(side).join(','),
    });
    const process = new PeerProcess(side, this.#hosts.on(side, command));
    process.kind = this.#peers[side].kind;
    this.#processes[side] = process;
    return process;
  }
}

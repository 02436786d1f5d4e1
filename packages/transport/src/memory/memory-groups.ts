import { bytesToHex, type IpAddress, type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import type { Group, GroupNetwork, JoinGroupOptions } from '../contract/group.ts';
import { checkAddress, checkInteger } from '../core/bind-settings.ts';
import { maximumDatagramBytes } from '../core/maximum-datagram.ts';
import { messageTooLongError, throwIfAborted } from '../core/transport-errors.ts';
import type { HostLife, HostNode } from './memory-host.ts';
import type { MemoryRouting } from './memory-network.ts';

/** How many datagrams wait while a host hangs; more are lost, as in a socket's buffer. */
const maximumWaiting = 1000;

const unicastSource = (host: HostNode, options: JoinGroupOptions): IpAddress => {
  const { interfaceAddress, group } = options;
  if (interfaceAddress !== undefined) return interfaceAddress;
  const sameFamily = host.addresses.find((address) => address.length === group.length);
  return sameFamily ?? host.addresses[0] ?? new Uint8Array(4);
};

/** A host's membership in a group of the in-memory network. */
export class MemoryGroup implements Group {
  readonly localPort: number;
  onDatagram: ((data: Uint8Array, source: RemoteEndpoint) => void) | undefined;
  readonly host: HostNode;
  /** Group and port, to find the other members. */
  readonly key: string;
  readonly #life: HostLife;
  readonly #routing: MemoryRouting;
  readonly #source: RemoteEndpoint;
  readonly #loopback: boolean;
  #waiting: (() => void)[] | undefined;
  #closed = false;

  constructor(host: HostNode, routing: MemoryRouting, options: JoinGroupOptions) {
    this.host = host;
    this.#life = host.life;
    this.#routing = routing;
    this.key = `${bytesToHex(options.group)}|${options.port}`;
    const localPort = options.localPort ?? 0;
    this.localPort = localPort === 0 ? this.#life.takeEphemeralPort() : localPort;
    this.#source = { addresses: [unicastSource(host, options)], port: this.localPort };
    this.#loopback = options.loopback ?? true;
    this.#life.groups.add(this);
    routing.groups.add(this);
    if (host.state === 'hung') this.hold();
  }

  send(data: Uint8Array): void {
    if (data.length > maximumDatagramBytes) throw messageTooLongError(data.length, maximumDatagramBytes);
    if (this.#closed) {
      throw new RserpoolError('ERR_RSERPOOL_GROUP_CLOSED', 'the group was left; join it again');
    }
    if (this.host.state === 'hung') return;
    const copy = data.slice();
    for (const member of this.#routing.groups) {
      if (member.key !== this.key) continue;
      if (member.host === this.host && !this.#loopback) continue;
      const delay = this.#routing.path.datagramDelay(this.host, member.host);
      if (delay === undefined) continue;
      const { clock } = this.#routing;
      clock.setTimer(clock.now() + delay, () => {
        if (this.#routing.isReachable(this.host, member.host)) member.receive(copy.slice(), this.#source);
      });
    }
  }

  async close(): Promise<void> {
    this.die();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * A datagram has arrived at this member.
   *
   * @param data - Its bytes.
   * @param source - Who sent it.
   */
  receive(data: Uint8Array, source: RemoteEndpoint): void {
    if (this.#closed) return;
    if (this.#waiting === undefined) this.onDatagram?.(data, source);
    else if (this.#waiting.length < maximumWaiting) this.#waiting.push(() => this.receive(data, source));
  }

  /** The host hangs: datagrams wait. */
  hold(): void {
    this.#waiting ??= [];
  }

  /** The host goes on. */
  release(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const deliver of waiting) deliver();
  }

  /** Leaves at once. */
  die(): void {
    this.#closed = true;
    this.#life.groups.delete(this);
    this.#routing.groups.delete(this);
  }
}

/**
 * The groups of one host.
 *
 * @param host - The host.
 * @param routing - The network.
 */
export function memoryGroups(host: HostNode, routing: MemoryRouting): GroupNetwork {
  return {
    async join(options: JoinGroupOptions): Promise<Group> {
      checkAddress('group', options.group);
      checkInteger('port', options.port, 1, 65_535);
      checkInteger('localPort', options.localPort ?? 0, 0, 65_535);
      throwIfAborted('joining', options.signal);
      if (host.state === 'killed') {
        throw new RserpoolError('ERR_RSERPOOL_BIND_FAILED', `host ${host.name} was killed; restart it first`);
      }
      return new MemoryGroup(host, routing, options);
    },
  };
}

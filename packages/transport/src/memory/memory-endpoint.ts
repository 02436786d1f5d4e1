import type { IpAddress, RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import type { Association, AssociationSupport } from '../contract/association.ts';
import type { ConnectOptions, Endpoint, HeartbeatOptions } from '../contract/endpoint.ts';
import { AcceptQueue } from '../core/accept-queue.ts';
import { AssociationIndex } from '../core/association-index.ts';
import { AssociationLimiter } from '../core/association-limiter.ts';
import type { BindSettings } from '../core/bind-settings.ts';
import { ConnectionAttempts, type DialOptions } from '../core/connection-attempts.ts';
import {
  associationLimitError,
  connectionRefusedError,
  endpointClosedError,
} from '../core/transport-errors.ts';
import { MemoryAssociation } from './memory-association.ts';
import type { MemoryChannel } from './memory-channel.ts';
import type { HostLife, HostNode } from './memory-host.ts';
import { MemoryLink } from './memory-link.ts';
import type { MemoryRouting } from './memory-network.ts';

/** What associations in memory can do. */
export const memorySupport: AssociationSupport = {
  controlChannel: true,
  messageBoundaries: true,
  streams: true,
  emptyMessages: true,
  multiHoming: false,
  unordered: true,
  heartbeats: true,
  reuse: true,
  maximumMessageBytes: 1_048_576,
};

const noAddress: IpAddress = new Uint8Array(4);

/** An endpoint at a host of the in-memory network. */
export class MemoryEndpoint implements Endpoint {
  readonly localAddresses: readonly IpAddress[];
  readonly port: number;
  readonly host: HostNode;
  readonly #life: HostLife;
  readonly #routing: MemoryRouting;
  readonly #settings: BindSettings;
  readonly #accepted: AcceptQueue;
  readonly #index: AssociationIndex<MemoryAssociation> = new AssociationIndex();
  readonly #limiter: AssociationLimiter;
  readonly #attempts: ConnectionAttempts<MemoryAssociation>;
  #held: MemoryAssociation[] = [];
  #closed = false;
  #closing: Promise<void> | undefined;

  constructor(
    host: HostNode,
    routing: MemoryRouting,
    addresses: readonly IpAddress[],
    port: number,
    settings: BindSettings,
  ) {
    this.host = host;
    this.localAddresses = addresses;
    this.port = port;
    this.#life = host.life;
    this.#routing = routing;
    this.#settings = settings;
    this.#accepted = new AcceptQueue(settings.maximumAssociations);
    this.#limiter = new AssociationLimiter(
      settings.maximumAssociations,
      settings.maximumAssociationsPerAddress,
    );
    this.#attempts = new ConnectionAttempts({
      clock: host.clock,
      heartbeat: settings.heartbeat,
      reuse: true,
      find: (remote) => this.#index.find(remote),
      dial: (remote, options) => this.#dial(remote, options),
    });
  }

  get onAssociation(): ((association: Association) => void) | undefined {
    return this.#accepted.owner;
  }

  set onAssociation(owner: ((association: Association) => void) | undefined) {
    this.#accepted.owner = owner;
  }

  connect(remote: RemoteEndpoint, options: ConnectOptions = {}): Promise<Association> {
    return this.#attempts.connect(remote, options);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The host hangs. */
  hold(): void {
    this.#held = this.#index.all();
    for (const association of this.#held) association.hold();
  }

  /** The host goes on. */
  release(): void {
    // Those that were lost meanwhile are not in the index any more, but have that to tell.
    for (const association of this.#held.splice(0)) association.release();
  }

  /** The host was killed. */
  die(): void {
    this.#closed = true;
    this.#accepted.clear();
    this.#attempts.close();
    this.#life.unbind(this);
    for (const association of this.#index.all()) association.die();
  }

  /**
   * Somebody asks for an association.
   *
   * @param link - The connection to the other endpoint.
   * @param remote - That endpoint.
   * @returns The end here, or `undefined` where it is refused.
   */
  accept(link: MemoryLink, remote: RemoteEndpoint): MemoryAssociation | undefined {
    if (this.#closed || !this.#settings.listen) return undefined;
    if (this.#limiter.acquire(remote.addresses[0] ?? noAddress) !== undefined) return undefined;
    const association = this.#associate(link.from, link.backward, link.forward, {
      remote,
      inbound: true,
      heartbeat: this.#settings.heartbeat,
    });
    this.#accepted.push(association);
    return association;
  }

  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#accepted.clear();
    this.#attempts.close();
    this.#life.unbind(this);
    await Promise.all(this.#index.all().map((association) => association.close()));
  }

  #dial(remote: RemoteEndpoint, options: DialOptions): Promise<MemoryAssociation> {
    const limitAddress = remote.addresses[0] ?? noAddress;
    const limit = this.#limiter.acquire(limitAddress);
    if (limit !== undefined) return Promise.reject(associationLimitError(limit));
    return new Promise((resolve, reject) => {
      const target = this.#routing.route(this.host, remote.addresses);
      const giveUp = (error: RserpoolError): void => {
        this.#limiter.release(limitAddress);
        reject(error);
      };
      // Nobody has that address: no answer comes, and the caller's timeout ends it.
      if (target === undefined) {
        options.signal.addEventListener('abort', () => giveUp(endpointClosedError()), { once: true });
        return;
      }
      const link = new MemoryLink(this.#routing, this, { ...target, port: remote.port }, (answer) => {
        options.signal.removeEventListener('abort', onAbort);
        if (answer === undefined) {
          giveUp(connectionRefusedError(remote));
          return undefined;
        }
        const association = this.#associate(target.host, link.forward, link.backward, {
          remote: { addresses: answer.localAddresses, port: answer.port },
          inbound: false,
          heartbeat: options.heartbeat,
          limitAddress,
        });
        resolve(association);
        return association;
      });
      const onAbort = (): void => {
        link.giveUp();
        giveUp(endpointClosedError());
      };
      options.signal.addEventListener('abort', onAbort, { once: true });
      link.open();
    });
  }

  #associate(
    peer: HostNode,
    outgoing: MemoryChannel,
    incoming: MemoryChannel,
    about: {
      readonly remote: RemoteEndpoint;
      readonly inbound: boolean;
      readonly heartbeat: HeartbeatOptions;
      readonly limitAddress?: IpAddress;
    },
  ): MemoryAssociation {
    const limitAddress = about.limitAddress ?? about.remote.addresses[0] ?? noAddress;
    const association: MemoryAssociation = new MemoryAssociation({
      ...about,
      supports: memorySupport,
      settings: this.#settings,
      clock: this.#life.clock,
      closeTimeoutMs: this.#routing.closeTimeoutMs,
      outgoing,
      incoming,
      isPeerSilent: () => !this.#routing.isReachable(this.host, peer) || peer.state === 'hung',
      onGone: () => {
        this.#index.remove(association);
        this.#limiter.release(limitAddress);
      },
    });
    this.#index.add(association);
    association.review();
    return association;
  }
}

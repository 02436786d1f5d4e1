import type { Socket } from 'node:net';
import { type IpAddress, type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import type { Association, LossReason } from '../contract/association.ts';
import type { ConnectOptions, Endpoint, HeartbeatOptions } from '../contract/endpoint.ts';
import { AcceptQueue } from '../core/accept-queue.ts';
import { AssociationIndex } from '../core/association-index.ts';
import { AssociationLimiter } from '../core/association-limiter.ts';
import type { BindSettings } from '../core/bind-settings.ts';
import { ConnectionAttempts, type DialOptions } from '../core/connection-attempts.ts';
import {
  associationLimitError,
  connectionRefusedError,
  connectTimeoutError,
  describeRemote,
} from '../core/transport-errors.ts';
import type { Hello } from './framing/hello.ts';
import { acceptedRemote, openedRemote } from './remote-identity.ts';
import { addressFromSystem } from '../core/system-addresses.ts';
import { TcpAssociation } from './tcp-association.ts';
import { dialSocket, localAddressFor } from './tcp-dialer.ts';
import { TcpListener } from './tcp-listener.ts';
import type { TcpMapping } from './tcp-mapping.ts';
import { Handshakes } from './tls/handshakes.ts';

/** Options of {@link TcpEndpoint}. */
export interface TcpEndpointOptions {
  /** What associations look like on TCP. */
  readonly mapping: TcpMapping;
  /** The checked options of the caller. */
  readonly settings: BindSettings;
  /** The addresses that the caller asked for; empty where it asked for none. */
  readonly boundAddresses: readonly IpAddress[];
  /** The concrete addresses. */
  readonly localAddresses: readonly IpAddress[];
}

interface AssociateOptions {
  readonly socket: Socket;
  readonly inbound: boolean;
  readonly heartbeat: HeartbeatOptions;
  /** The remote address that counts for the limits. */
  readonly address: IpAddress;
  readonly remote: (hello: Hello | undefined) => RemoteEndpoint;
  readonly onUp: (association: TcpAssociation) => void;
  readonly onGone?: (reason: LossReason | 'closed') => void;
}

/** An endpoint over TCP. */
export class TcpEndpoint implements Endpoint {
  readonly localAddresses: readonly IpAddress[];
  readonly #options: TcpEndpointOptions;
  readonly #accepted: AcceptQueue;
  readonly #index: AssociationIndex<TcpAssociation> = new AssociationIndex();
  readonly #settingUp: Set<TcpAssociation> = new Set();
  readonly #limiter: AssociationLimiter;
  readonly #attempts: ConnectionAttempts<TcpAssociation>;
  readonly #handshakes: Handshakes | undefined;
  #listener: TcpListener | undefined;
  #isClosed = false;
  #closing: Promise<void> | undefined;

  constructor(options: TcpEndpointOptions) {
    const { mapping, settings } = options;
    this.#options = options;
    this.localAddresses = options.localAddresses;
    this.#accepted = new AcceptQueue(settings.maximumAssociations);
    this.#limiter = new AssociationLimiter(
      settings.maximumAssociations,
      settings.maximumAssociationsPerAddress,
    );
    const { tls, clock, tlsHandshakeTimeoutMs } = mapping;
    this.#handshakes = tls === undefined ? undefined : new Handshakes(tls, clock, tlsHandshakeTimeoutMs);
    this.#attempts = new ConnectionAttempts({
      clock: mapping.clock,
      heartbeat: settings.heartbeat,
      reuse: mapping.supports.reuse,
      find: (remote) => this.#index.find(remote),
      dial: (remote, dialOptions) => this.#dial(remote, dialOptions),
    });
  }

  get port(): number {
    return this.#listener?.port ?? 0;
  }

  get onAssociation(): ((association: Association) => void) | undefined {
    return this.#accepted.owner;
  }

  set onAssociation(owner: ((association: Association) => void) | undefined) {
    this.#accepted.owner = owner;
  }

  /**
   * Begins to listen.
   *
   * @param addresses - The addresses to listen at.
   */
  async listen(addresses: readonly IpAddress[]): Promise<void> {
    const listener = await TcpListener.open(addresses, this.#options.settings.port, (socket) => {
      this.#accept(socket);
    });
    this.#listener = listener;
    if (this.#isClosed) listener.close();
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

  async #close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#listener?.close();
    this.#accepted.clear();
    this.#attempts.close();
    this.#handshakes?.close();
    for (const association of [...this.#settingUp]) association.abort();
    await Promise.all(this.#index.all().map((association) => association.close()));
  }

  #accept(socket: Socket): void {
    socket.on('error', () => undefined);
    const { remoteAddress, remotePort } = socket;
    // The peer may be gone again already.
    if (this.#isClosed || remoteAddress === undefined || remotePort === undefined) {
      socket.destroy();
      return;
    }
    const address = addressFromSystem(remoteAddress);
    if (this.#limiter.acquire(address) !== undefined) {
      socket.resetAndDestroy();
      return;
    }
    const begin = (connection: Socket): void => {
      this.#associate({
        socket: connection,
        inbound: true,
        heartbeat: this.#options.settings.heartbeat,
        address,
        remote: (hello) => acceptedRemote(address, remotePort, hello),
        onUp: (association) => this.#accepted.push(association),
      });
    };
    if (this.#handshakes === undefined) {
      begin(socket);
      return;
    }
    this.#handshakes.accept(socket, (connection) => {
      if (connection === undefined) this.#limiter.release(address);
      else begin(connection);
    });
  }

  /** Tries the addresses one after another; each gets its share of the time that is left. */
  async #dial(remote: RemoteEndpoint, options: DialOptions): Promise<TcpAssociation> {
    const { clock } = this.#options.mapping;
    const deadline = clock.now() + options.timeoutMs;
    let failure: RserpoolError | undefined;
    for (const [index, address] of remote.addresses.entries()) {
      const left = deadline - clock.now();
      if (left <= 0 || options.signal.aborted) break;
      const timeoutMs = Math.max(1, Math.floor(left / (remote.addresses.length - index)));
      try {
        return await this.#dialAddress(remote, address, { ...options, timeoutMs });
      } catch (error) {
        if (!RserpoolError.is(error)) throw error;
        const { code } = error;
        // A refusal says more than a timeout or an unreachable network at another address.
        if (failure === undefined || code === 'ERR_RSERPOOL_CONNECTION_REFUSED') failure = error;
        if (code === 'ERR_RSERPOOL_LIMIT_EXCEEDED') break;
      }
    }
    throw failure ?? connectTimeoutError(remote, options.timeoutMs);
  }

  async #dialAddress(
    remote: RemoteEndpoint,
    address: IpAddress,
    options: DialOptions,
  ): Promise<TcpAssociation> {
    const limit = this.#limiter.acquire(address);
    if (limit !== undefined) throw associationLimitError(limit);
    const { clock } = this.#options.mapping;
    const asked: RemoteEndpoint = { addresses: [address], port: remote.port };
    const began = clock.now();
    let socket: Socket;
    try {
      socket = await dialSocket({
        address,
        port: remote.port,
        localAddress: localAddressFor(this.#options.boundAddresses, address),
        signal: options.signal,
        clock,
        timeoutMs: options.timeoutMs,
      });
    } catch (error) {
      this.#limiter.release(address);
      throw dialError(asked, options.timeoutMs, error);
    }
    if (this.#handshakes !== undefined) {
      try {
        socket = await this.#handshakes.authenticate(socket, address, options.signal);
      } catch (error) {
        this.#limiter.release(address);
        throw authenticationError(asked, error);
      }
    }
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        clock.clearTimer(timer);
        options.signal.removeEventListener('abort', onAbort);
      };
      const association = this.#associate({
        socket,
        inbound: false,
        heartbeat: options.heartbeat,
        address,
        remote: (hello) => openedRemote(address, remote, hello),
        onUp: (up) => {
          finish();
          resolve(up);
        },
        onGone: (reason) => {
          finish();
          reject(setUpError(asked, options.timeoutMs, reason));
        },
      });
      const onAbort = (): void => association.abort();
      const timer = clock.setTimer(began + options.timeoutMs, onAbort);
      options.signal.addEventListener('abort', onAbort, { once: true });
      if (options.signal.aborted) onAbort();
      else association.start();
    });
  }

  #associate(about: AssociateOptions): TcpAssociation {
    const { mapping, settings } = this.#options;
    // Where no heartbeat of this mapping finds out that the peer's host is gone, the system's may.
    if (!mapping.supports.heartbeats) about.socket.setKeepAlive(true, about.heartbeat.intervalMs);
    const association: TcpAssociation = new TcpAssociation({
      socket: about.socket,
      inbound: about.inbound,
      supports: mapping.supports,
      settings,
      clock: mapping.clock,
      closeTimeoutMs: mapping.closeTimeoutMs,
      protocol: (owner) =>
        mapping.protocol({
          owner,
          clock: mapping.clock,
          heartbeat: about.heartbeat,
          localAddresses: this.localAddresses,
          localPort: this.port,
        }),
      remote: about.remote,
      onUp: () => {
        this.#settingUp.delete(association);
        this.#index.add(association);
        about.onUp(association);
      },
      onGone: (reason) => {
        this.#settingUp.delete(association);
        this.#index.remove(association);
        this.#limiter.release(about.address);
        about.onGone?.(reason);
      },
    });
    this.#settingUp.add(association);
    if (about.inbound) association.start();
    return association;
  }
}

function dialError(remote: RemoteEndpoint, timeoutMs: number, cause: unknown): RserpoolError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return connectionRefusedError(remote, cause);
  if (code === 'ETIMEDOUT') return connectTimeoutError(remote, timeoutMs);
  return new RserpoolError(
    'ERR_RSERPOOL_CONNECT_FAILED',
    `cannot connect to ${describeRemote(remote)} from this host (${formatCause(cause)}); check address and route`,
    { cause },
  );
}

function authenticationError(remote: RemoteEndpoint, cause: unknown): RserpoolError {
  return new RserpoolError(
    'ERR_RSERPOOL_NOT_AUTHENTICATED',
    `no TLS with ${describeRemote(remote)} (${formatCause(cause)}); both sides need TLS, and the same key or a certificate of a trusted authority for this address`,
    { cause },
  );
}

function formatCause(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function setUpError(remote: RemoteEndpoint, timeoutMs: number, reason: LossReason | 'closed'): RserpoolError {
  if (reason === 'protocol-violation') {
    return new RserpoolError(
      'ERR_RSERPOOL_PROTOCOL_VIOLATION',
      `who answers at ${describeRemote(remote)} does not speak this transport's protocol; check the port`,
    );
  }
  // Here 'closed' is what the time limit of the attempt does.
  if (reason === 'unreachable' || reason === 'closed') return connectTimeoutError(remote, timeoutMs);
  return connectionRefusedError(remote);
}

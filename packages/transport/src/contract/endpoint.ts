import type { IpAddress, RemoteEndpoint } from '@rserpool/wire';
import type { Association } from './association.ts';

/** How a peer that fell silent is noticed. */
export interface HeartbeatOptions {
  /**
   * How often the peer has to give a sign of life, in milliseconds, at least 1. Short notices a failure early and
   * costs traffic on each idle association.
   */
  readonly intervalMs: number;
  /**
   * How many intervals in a row may pass without one, at least 1: the association is lost after
   * `intervalMs * maximumMissed`. More tolerates a lossy network or a busy peer, and notices a failure later.
   */
  readonly maximumMissed: number;
}

/** Options of {@link Endpoint.connect}. */
export interface ConnectOptions {
  /** Gives up the attempt; the promise is rejected with `ERR_RSERPOOL_ABORTED`, whose cause is the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * How long the whole attempt may take over all addresses, in milliseconds; 5000 by default. Short leaves a dead
   * host early, long tolerates a slow network.
   */
  readonly timeoutMs?: number;
  /** Supervision of this association; by default the endpoint's ({@link BindOptions.heartbeat}). One that is up keeps its own. */
  readonly heartbeat?: HeartbeatOptions;
}

/** Options of {@link Transport.bind}. */
export interface BindOptions {
  /**
   * The local addresses; several make the endpoint multi-homed. By default the transport's own choice: the loopback
   * address for the TCP transports, all the host's addresses in memory.
   */
  readonly addresses?: readonly IpAddress[];
  /** The local port, 1 .. 65535, or 0 (the default) for any free one. */
  readonly port?: number;
  /**
   * Whether associations are accepted; true by default. An endpoint that does not listen may have no port of its own.
   */
  readonly listen?: boolean;
  /** Supervision of all associations; 5000 ms and 3 by default, so that a silent peer is noticed after 15 s. */
  readonly heartbeat?: HeartbeatOptions;
  /**
   * From how many bytes that wait to be sent `send` returns false, for each association; 256 KiB by default. More
   * smooths throughput, less bounds memory and latency.
   */
  readonly sendHighWaterMarkBytes?: number;
  /**
   * The most bytes that may wait to be sent, for each association; 16 MiB by default. Beyond it `send` throws, so
   * that a peer that reads slowly cannot exhaust this host's memory.
   */
  readonly maximumSendBufferBytes?: number;
  /**
   * How many received bytes wait for their handler or for `resume` before the peer is held up, for each association;
   * 256 KiB by default.
   */
  readonly receiveHighWaterMarkBytes?: number;
  /** How many associations may be up or being set up at once; 10000 by default. More are refused. */
  readonly maximumAssociations?: number;
  /** The same for each remote address, so that one host cannot take all; 1000 by default. */
  readonly maximumAssociationsPerAddress?: number;
  /** Gives up binding; the promise is rejected with `ERR_RSERPOOL_ABORTED`. */
  readonly signal?: AbortSignal;
}

/**
 * One port at some local addresses, which accepts and opens associations: an SCTP endpoint in the sense of RFC 9260
 * section 1.3. Each endpoint has one owner, because an association to a remote endpoint is shared by all who connect.
 */
export interface Endpoint extends AsyncDisposable {
  /** The concrete local addresses, also where it was bound to the unspecified one; at least one. */
  readonly localAddresses: readonly IpAddress[];
  /** The local port; 0 where the endpoint does not listen and its transport needs none. */
  readonly port: number;
  /** Is given each association that was accepted, in order. They wait until it is set. It must not throw. */
  onAssociation: ((association: Association) => void) | undefined;
  /**
   * Opens an association. One to that endpoint that is up already is returned again, whoever opened it; an attempt
   * that is under way is joined (SCTP has one association between two endpoints). Where both sides connect at the
   * same moment, there may be two for a while.
   *
   * @param remote - Where to; the addresses are tried in order.
   * @param options - How long, and the supervision.
   * @throws RserpoolError `ERR_RSERPOOL_CONNECTION_REFUSED` (nobody listens there), `ERR_RSERPOOL_CONNECT_TIMEOUT`,
   *   `ERR_RSERPOOL_CONNECT_FAILED` and `ERR_RSERPOOL_NOT_AUTHENTICATED` (where TLS is asked for; the causes say
   *   why), `ERR_RSERPOOL_PROTOCOL_VIOLATION` (who answers does not speak the protocol), `ERR_RSERPOOL_ABORTED`,
   *   `ERR_RSERPOOL_LIMIT_EXCEEDED` (too many associations), `ERR_RSERPOOL_ENDPOINT_CLOSED`,
   *   `ERR_RSERPOOL_INVALID_ARGUMENT`.
   */
  connect(remote: RemoteEndpoint, options?: ConnectOptions): Promise<Association>;
  /** Stops listening, gives up attempts and closes all associations gracefully; never rejects. */
  close(): Promise<void>;
  /** The same as {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

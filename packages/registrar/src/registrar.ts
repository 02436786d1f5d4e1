import type { EnrpPeer } from '@rserpool/enrp';
import type { RemoteEndpoint } from '@rserpool/wire';
import type { RegistrarEvent, RegistrarEventOf } from './registrar-events.ts';
import type { PoolSnapshot, RegistrarCounters } from './registrar-snapshot.ts';

/** A running registrar; `createRegistrar` makes one. */
export interface Registrar extends AsyncDisposable {
  /** Its identifier among registrars. */
  readonly identifier: number;
  /** Where pool elements and pool users reach it: what goes into their lists of registrars. */
  readonly asapEndpoint: RemoteEndpoint;
  /** Where pool users reach it over plain TCP, where it was given a transport for them. */
  readonly poolUserEndpoint: RemoteEndpoint | undefined;
  /** Where peers reach it: what goes into their lists of peers. */
  readonly enrpEndpoint: RemoteEndpoint;
  /** Its peers, each with where it is and whether it is alive. */
  readonly peers: readonly EnrpPeer[];
  /** What it has counted since its start. */
  readonly counters: RegistrarCounters;
  /** How many pools there are. */
  readonly poolCount: number;
  /** How many pool elements there are, its own and those of its peers. */
  readonly elementCount: number;
  /** How many of them are its own: those whose home registrar it is. */
  readonly ownElementCount: number;
  /**
   * Whether it offers service: its initialization (RFC 5353 section 3.2) is over. Requests are answered before that,
   * too, but from a handlespace that may not be complete yet.
   */
  readonly isReady: boolean;
  /**
   * The handlespace as it is now. It costs time and memory for each element: for tools, not for each request.
   */
  pools(): readonly PoolSnapshot[];
  /**
   * Calls a handler with each event of one type, synchronously.
   *
   * @param type - The event's type.
   * @param handler - What to call; what it throws is reported as an uncaught exception.
   * @returns What removes the handler.
   */
  on<Type extends RegistrarEvent['type']>(
    type: Type,
    handler: (event: RegistrarEventOf<Type>) => void,
  ): () => void;
  /**
   * Calls a handler with every event, for logs and timelines.
   *
   * @param handler - What to call.
   * @returns What removes the handler.
   */
  onEvent(handler: (event: RegistrarEvent) => void): () => void;
  /**
   * Waits until it offers service.
   *
   * @param options - `signal` gives up waiting: the promise is rejected with its reason.
   * @throws RserpoolError `ERR_RSERPOOL_REGISTRAR_CLOSED` where it is closed before.
   */
  ready(options?: { readonly signal?: AbortSignal }): Promise<void>;
  /**
   * Stops: associations are closed gracefully. Its elements are not deregistered: its peers take them over
   * (RFC 5353 section 3.5). Never rejects, and may be called again.
   */
  close(): Promise<void>;
  /** The same as {@link Registrar.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

import type {
  Association,
  Endpoint,
  HeartbeatOptions,
  InboundMessage,
  LossReason,
  Transport,
} from '@rserpool/transport';
import {
  AsapPayloadProtocolIdentifier,
  type AssociationId,
  decodeAsapMessage,
  encodeAsapMessage,
  type RemoteEndpoint,
  RserpoolError,
  type UserTransport,
} from '@rserpool/wire';
import type { ElementLossReason } from './machine/attempt-failure.ts';
import type { DeliveryNetworkOutput } from './machine/delivery/delivery-types.ts';
import type { SessionNetworkInput } from './machine/session-input.ts';
import type { SessionMessage } from './machine/session-message.ts';
import type { SessionNetworkOutput } from './machine/session-output.ts';

/** The transports over which sessions reach elements, by the protocol of the pool's user transports. */
export interface SessionTransports {
  /** For pools whose user transport is SCTP: the SCTP transport, or framed TCP or memory in its place. */
  readonly sctp?: Transport;
  /** For pools that serve plain TCP themselves: the TCP data transport. There are no cookies. */
  readonly tcp?: Transport;
}

/** How {@link ElementAssociations} is set up. */
export interface ElementAssociationsOptions {
  /** The transports. */
  readonly transports: SessionTransports;
  /** The most bytes that may wait in one association. */
  readonly maximumSendBufferBytes: number;
  /** Is given what happens; it may be called from inside of the methods. */
  readonly onInput: (input: SessionNetworkInput) => void;
}

/** One association to an element, from the attempt to its end. */
interface Entry {
  readonly attempt: AbortController;
  association: Association | undefined;
  endpoint: Endpoint | undefined;
  isPaused: boolean;
}

/** How long an attempt may take if the machine does not end it before, as it does with `elementConnectTimeoutMs`. */
const longestAttemptMs = 600_000;

function remoteOf(userTransport: UserTransport): RemoteEndpoint | undefined {
  if (userTransport.protocol === 'sctp')
    return { addresses: userTransport.addresses, port: userTransport.port };
  if (userTransport.protocol === 'tcp')
    return { addresses: [userTransport.address], port: userTransport.port };
  return undefined;
}

function connectFailure(error: unknown): ElementLossReason {
  if (RserpoolError.is(error, 'ERR_RSERPOOL_CONNECTION_REFUSED')) return 'connection-refused';
  if (RserpoolError.is(error, 'ERR_RSERPOOL_CONNECT_TIMEOUT')) return 'connect-timeout';
  return 'connect-failed';
}

/**
 * Does for sessions what their machines want of the network: one endpoint and one association for each element that
 * a session has. An endpoint of its own, because an SCTP endpoint has one association with another endpoint, and two
 * sessions with the same element must not share it.
 */
export class ElementAssociations {
  readonly #options: ElementAssociationsOptions;
  readonly #entries: Map<AssociationId, Entry> = new Map();
  readonly #closing: Map<AssociationId, Promise<void>> = new Map();

  /**
   * @param options - Transports and where inputs go.
   */
  constructor(options: ElementAssociationsOptions) {
    this.#options = options;
  }

  /**
   * Does what a session wants.
   *
   * @param output - What it wants.
   * @param heartbeat - How the association is supervised, where one is opened.
   * @param isPaused - Whether an association that is opened must not deliver messages yet.
   */
  run(
    output: SessionNetworkOutput | DeliveryNetworkOutput,
    heartbeat: HeartbeatOptions,
    isPaused: boolean,
  ): void {
    switch (output.type) {
      case 'open': {
        const entry: Entry = {
          attempt: new AbortController(),
          association: undefined,
          endpoint: undefined,
          isPaused,
        };
        this.#entries.set(output.association, entry);
        const transport = 'poolElement' in output ? output.poolElement.userTransport : output.transport;
        void this.#open(output.association, entry, transport, heartbeat);
        break;
      }
      case 'close':
        this.#close(output.association, output.abort);
        break;
      case 'sendData':
        this.#sendData(output);
        break;
      case 'sendControl':
        this.#sendControl(output);
        break;
    }
  }

  /**
   * Holds up or lets go the messages of an association.
   *
   * @param association - Its number; an unknown one is no error.
   * @param isPaused - Whether to hold up.
   */
  setPaused(association: AssociationId, isPaused: boolean): void {
    const entry = this.#entries.get(association);
    if (entry === undefined) return;
    entry.isPaused = isPaused;
    if (isPaused) entry.association?.pause();
    else entry.association?.resume();
  }

  /**
   * Resolves when an association that was closed is gone; at once where it is or was not closed.
   *
   * @param association - Its number.
   */
  async closed(association: AssociationId): Promise<void> {
    await this.#closing.get(association);
  }

  /** Resolves when all associations that were closed until now are gone. */
  async allClosed(): Promise<void> {
    await Promise.all(this.#closing.values());
  }

  async #open(
    id: AssociationId,
    entry: Entry,
    userTransport: UserTransport,
    heartbeat: HeartbeatOptions,
  ): Promise<void> {
    const protocol = userTransport.protocol === 'tcp' ? 'tcp' : 'sctp';
    const transport = this.#options.transports[protocol];
    const remote = remoteOf(userTransport);
    const { signal } = entry.attempt;
    let failure: ElementLossReason = 'local-failure';
    try {
      if (transport === undefined || remote === undefined) throw new TypeError('The pool cannot be reached.');
      const { maximumSendBufferBytes } = this.#options;
      entry.endpoint = await transport.bind({ listen: false, heartbeat, signal, maximumSendBufferBytes });
      failure = 'connect-failed';
      const association = await entry.endpoint.connect(remote, { signal, timeoutMs: longestAttemptMs });
      if (this.#entries.get(id) === entry) this.#up(id, entry, association);
      else this.#release(id, entry);
    } catch (error) {
      this.#release(id, entry);
      if (this.#entries.get(id) !== entry) return;
      this.#entries.delete(id);
      const reason = failure === 'local-failure' ? failure : connectFailure(error);
      this.#options.onInput({ type: 'associationLost', association: id, reason });
    }
  }

  #up(id: AssociationId, entry: Entry, association: Association): void {
    const { onInput } = this.#options;
    const { controlChannel, heartbeats } = association.supports;
    entry.association = association;
    if (entry.isPaused) association.pause();
    association.handlers = {
      message: (message) => {
        this.#received(id, association, message);
      },
      lost: (reason) => {
        this.#lost(id, entry, reason);
      },
      restarted: () => {
        onInput({ type: 'associationLost', association: id, reason: 'restarted' });
      },
      writable: () => {
        onInput({ type: 'writable', association: id });
      },
      pathChanged: (path) => {
        onInput({ type: 'pathChanged', association: id, ...path });
      },
      sendFailed: ({ data, payloadProtocolIdentifier, stream = 0, unordered = false }) => {
        const message = { data, payloadProtocolIdentifier, stream, unordered };
        if (payloadProtocolIdentifier !== AsapPayloadProtocolIdentifier || !controlChannel) {
          onInput({ type: 'sendFailed', association: id, message });
        }
      },
    };
    onInput({ type: 'associationUp', association: id, controlChannel, heartbeats });
  }

  #received(id: AssociationId, association: Association, message: InboundMessage): void {
    const { onInput } = this.#options;
    if (
      message.payloadProtocolIdentifier !== AsapPayloadProtocolIdentifier ||
      !association.supports.controlChannel
    ) {
      onInput({ type: 'data', association: id, message });
      return;
    }
    const decoded = decodeAsapMessage(message.data);
    if (decoded.ok) {
      onInput({ type: 'control', association: id, message: decoded.message, reports: decoded.reports });
    } else onInput({ type: 'malformedControl', association: id, error: decoded.error });
  }

  #lost(id: AssociationId, entry: Entry, reason: LossReason): void {
    this.#entries.delete(id);
    this.#release(id, entry);
    this.#options.onInput({ type: 'associationLost', association: id, reason });
  }

  #sendData(output: Extract<SessionNetworkOutput, { type: 'sendData' }>): void {
    const { association: id, message } = output;
    const association = this.#entries.get(id)?.association;
    if (association === undefined) return;
    try {
      if (!association.send(message)) this.#options.onInput({ type: 'congested', association: id });
    } catch (error) {
      this.#sendFailed(id, message, error);
    }
  }

  #sendFailed(id: AssociationId, message: SessionMessage, error: unknown): void {
    const { onInput } = this.#options;
    const isFull = RserpoolError.is(error, 'ERR_RSERPOOL_SEND_BUFFER_FULL');
    if (!isFull && !RserpoolError.is(error, 'ERR_RSERPOOL_ASSOCIATION_CLOSED')) {
      onInput({ type: 'sendFailed', association: id, message });
      return;
    }
    onInput({ type: 'notSent', association: id, message });
    if (!isFull) return;
    // A message in the middle would be missing while later ones arrive: without the association it is clear.
    this.#close(id, true);
    onInput({ type: 'associationLost', association: id, reason: 'local-failure' });
  }

  #sendControl(output: Extract<SessionNetworkOutput, { type: 'sendControl' }>): void {
    const association = this.#entries.get(output.association)?.association;
    if (association === undefined) return;
    try {
      const data = encodeAsapMessage(output.message);
      association.send({ data, payloadProtocolIdentifier: AsapPayloadProtocolIdentifier, stream: 0 });
    } catch (error) {
      // The association is gone, and the loss is being told: the cookie goes to the next element.
      if (!RserpoolError.is(error)) throw error;
    }
  }

  #close(id: AssociationId, abort: boolean): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    entry.attempt.abort();
    if (abort) entry.association?.abort();
    this.#release(id, entry);
  }

  /** Closes the endpoint, and with it gracefully the association that is still up. */
  #release(id: AssociationId, entry: Entry): void {
    const { endpoint, association } = entry;
    if (endpoint === undefined) return;
    entry.endpoint = undefined;
    const closing = (async () => {
      // Both never reject.
      await association?.close();
      await endpoint.close();
    })();
    this.#closing.set(id, closing);
    void closing.finally(() => this.#closing.delete(id));
  }
}

import type { SessionMessage, SessionNetworkInput, SessionOutput } from '@rserpool/session/machine';
import type { Association, HeartbeatOptions, LossReason } from '@rserpool/transport';
import { AsapPayloadProtocolIdentifier, type AssociationId, RserpoolError } from '@rserpool/wire';
import type { HostEndpoint } from '../network/host-endpoint.ts';
import type { SimulatedHost } from '../network/simulated-host.ts';
import { asapProtocol } from './protocols.ts';
import type { SendFailure, SendFailures } from './send-failures.ts';

/** How long an attempt may take if the machine does not end it before, as in the session library. */
const longestAttemptMs = 600_000;

/** What a session wants from the network. */
type NetworkOutput = Extract<SessionOutput, { type: 'open' | 'close' | 'sendData' | 'sendControl' }>;

/** One association to an element, from the attempt to its end. */
interface Entry {
  readonly endpoint: HostEndpoint;
  giveUp: () => void;
  association: Association | undefined;
}

/** Does for sessions what their machines want of the network: an endpoint of its own for each element that one has. */
export class SessionAssociations {
  readonly #host: SimulatedHost;
  readonly #heartbeat: HeartbeatOptions;
  readonly #feed: (input: SessionNetworkInput) => void;
  readonly #failures: SendFailures;
  readonly #entries: Map<AssociationId, Entry> = new Map();

  /**
   * @param host - Where the pool user runs.
   * @param heartbeat - How silent elements are noticed.
   * @param failures - Decides which messages cannot be sent.
   * @param feed - Takes what happens.
   */
  constructor(
    host: SimulatedHost,
    heartbeat: HeartbeatOptions,
    failures: SendFailures,
    feed: (input: SessionNetworkInput) => void,
  ) {
    this.#host = host;
    this.#failures = failures;
    this.#heartbeat = heartbeat;
    this.#feed = feed;
  }

  /** How many there are. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * Does what a session wants.
   *
   * @param output - What it wants.
   */
  perform(output: NetworkOutput): void {
    if (output.type === 'open') this.#open(output);
    else if (output.type === 'close') this.#close(output.association, output.abort);
    else if (output.type === 'sendData') this.#sendData(output);
    else {
      const data = asapProtocol.encode(output.message);
      const association = this.#entries.get(output.association)?.association;
      try {
        association?.send({ data, payloadProtocolIdentifier: AsapPayloadProtocolIdentifier });
      } catch (error) {
        // The association is gone, and the loss is being told: the cookie goes to the next element.
        if (!RserpoolError.is(error)) throw error;
      }
    }
  }

  #open({ association: id, poolElement }: Extract<NetworkOutput, { type: 'open' }>): void {
    const endpoint = this.#host.bind(0, this.#heartbeat, false);
    const entry: Entry = { endpoint, giveUp: () => undefined, association: undefined };
    this.#entries.set(id, entry);
    const { userTransport } = poolElement;
    if (userTransport.protocol !== 'sctp') {
      this.#lost(id, entry, 'local-failure');
      return;
    }
    const remote = { addresses: userTransport.addresses, port: userTransport.port };
    entry.giveUp = endpoint.dial(remote, { timeoutMs: longestAttemptMs }, (outcome) => {
      if (this.#entries.get(id) !== entry) return;
      if ('association' in outcome) this.#up(id, entry, outcome.association);
      else {
        const isRefused = RserpoolError.is(outcome.error, 'ERR_RSERPOOL_CONNECTION_REFUSED');
        this.#lost(id, entry, isRefused ? 'connection-refused' : 'connect-timeout');
      }
    });
  }

  #up(id: AssociationId, entry: Entry, association: Association): void {
    entry.association = association;
    association.handlers = {
      message: (message) => {
        if (message.payloadProtocolIdentifier !== AsapPayloadProtocolIdentifier) {
          this.#feed({ type: 'data', association: id, message });
          return;
        }
        const decoded = asapProtocol.decode(message.data);
        if (decoded.ok) {
          const { message: control, reports } = decoded;
          this.#feed({ type: 'control', association: id, message: control, reports });
        } else this.#feed({ type: 'malformedControl', association: id, error: decoded.error });
      },
      lost: (reason) => {
        this.#lost(id, entry, reason);
      },
      restarted: () => {
        this.#feed({ type: 'associationLost', association: id, reason: 'restarted' });
      },
      writable: () => {
        this.#feed({ type: 'writable', association: id });
      },
      sendFailed: ({ data, payloadProtocolIdentifier, stream = 0, unordered = false }) => {
        if (payloadProtocolIdentifier === AsapPayloadProtocolIdentifier) return;
        const message = { data, payloadProtocolIdentifier, stream, unordered };
        this.#feed({ type: 'sendFailed', association: id, message });
      },
    };
    this.#feed({ type: 'associationUp', association: id, controlChannel: true, heartbeats: true });
  }

  #lost(
    id: AssociationId,
    entry: Entry,
    reason: LossReason | 'connection-refused' | 'connect-timeout' | 'local-failure',
  ): void {
    this.#entries.delete(id);
    entry.endpoint.close();
    this.#feed({ type: 'associationLost', association: id, reason });
  }

  #sendData({ association: id, message }: Extract<NetworkOutput, { type: 'sendData' }>): void {
    const association = this.#entries.get(id)?.association;
    if (association === undefined) return;
    const failure = this.#failures.next();
    if (failure !== undefined) {
      this.#refuse(id, message, failure);
      return;
    }
    try {
      if (!association.send(message)) this.#feed({ type: 'congested', association: id });
    } catch (error) {
      if (!RserpoolError.is(error)) throw error;
      this.#feed({ type: 'notSent', association: id, message });
    }
  }

  /** What the session library makes of a message that its transport does not take. */
  #refuse(id: AssociationId, message: SessionMessage, failure: SendFailure): void {
    if (failure === 'failed') {
      this.#feed({ type: 'sendFailed', association: id, message });
      return;
    }
    this.#feed({ type: 'notSent', association: id, message });
    this.#close(id, true);
    this.#feed({ type: 'associationLost', association: id, reason: 'local-failure' });
  }

  #close(id: AssociationId, abort: boolean): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    entry.giveUp();
    if (abort) entry.association?.abort();
    entry.endpoint.close();
  }
}

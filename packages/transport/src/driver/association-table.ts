import {
  type AllocateAssociation,
  type AssociationId,
  type NetworkInput,
  type NetworkOutput,
  RserpoolError,
  type RserpoolErrorCode,
} from '@rserpool/wire';
import type { Association, InboundMessage, LossReason } from '../contract/association.ts';
import type { Endpoint, HeartbeatOptions } from '../contract/endpoint.ts';
import type { Group } from '../contract/group.ts';
import { BoundedWork } from './bounded-work.ts';
import type { MessageProtocol } from './message-protocol.ts';
import { dialAt, type DialingEndpoint } from './dialing.ts';
import { type AssociationTableCounters, noCounts, type TableCounts } from './table-counters.ts';

/** Options of {@link AssociationTable}. */
export interface AssociationTableOptions<Message> {
  /** Whose associations these are; the table sets its `onAssociation` and is its one owner. */
  readonly endpoint: Pick<Endpoint, 'connect' | 'onAssociation'> | DialingEndpoint;
  /** The group for `sendGroup` outputs and `groupMessage` inputs; the table sets its `onDatagram`. */
  readonly group?: Pick<Group, 'send' | 'onDatagram'> | undefined;
  /** How messages become bytes and back. */
  readonly protocol: MessageProtocol<Message>;
  /** Numbers the associations that are accepted; the same allocator that the machine draws from. */
  readonly allocateAssociation: AllocateAssociation;
  /** Takes what the network does to the machine: usually {@link MachineDriver.input}. */
  readonly feed: (input: NetworkInput<Message>) => void;
  /** Is given messages with another payload protocol identifier; without it they are counted and dropped. */
  readonly onForeignMessage?: (association: AssociationId, message: InboundMessage) => void;
  /** A message could not be encoded or sent; `error` says why. The machine is not told, its timers take care. */
  readonly onSendFailure?: (association: AssociationId | 'group', message: Message, error: unknown) => void;
  /**
   * What was sent over an association waits in the transport (`true`), or does so no longer. Without it the machine goes
   * on sending, up to the endpoint's hard limit.
   */
  readonly onCongestion?: (association: AssociationId, isCongested: boolean) => void;
  /** How many attempts to connect may be under way at once; 16 by default. */
  readonly maximumConcurrentAttempts?: number;
  /** How long each attempt may take, in milliseconds; the transport's default otherwise. */
  readonly connectTimeoutMs?: number;
  /** Supervision of the associations that are opened; the endpoint's otherwise. */
  readonly heartbeat?: HeartbeatOptions;
}

interface OpenAttempt {
  /** The machine closed it before it was up, or the table was stopped. */
  cancelled: boolean;
  /** Gives the attempt up; absent until its turn comes. */
  giveUp: (() => void) | undefined;
}

function giveUp(attempt: OpenAttempt): void {
  attempt.cancelled = true;
  attempt.giveUp?.();
}

const reasonOf = (error: unknown): string => (RserpoolError.is(error) ? error.code : 'unreachable');

/**
 * Connects a machine's numbered associations with those of an endpoint: performs its network outputs, and feeds it
 * what the network does. An `open` is answered by exactly one `associationUp` or `associationLost`, and nothing is
 * thrown at the machine.
 *
 * The reason of an `associationLost` is a {@link LossReason}, or for an attempt that failed the error's code.
 *
 * An association that is reused gets one more number; messages then carry the newest, a loss is told for each.
 *
 * @typeParam Message - The protocol's messages.
 */
export class AssociationTable<Message> {
  readonly #options: AssociationTableOptions<Message>;
  readonly #associations: Map<AssociationId, Association> = new Map();
  readonly #numbers: Map<Association, AssociationId[]> = new Map();
  readonly #attempts: Map<AssociationId, OpenAttempt> = new Map();
  readonly #gone: WeakSet<Association> = new WeakSet();
  /** Those that the machine was told of. */
  readonly #congested: WeakSet<Association> = new WeakSet();
  readonly #work: BoundedWork;
  readonly #counts: TableCounts = noCounts();
  #isStopped = false;

  constructor(options: AssociationTableOptions<Message>) {
    this.#options = options;
    this.#work = new BoundedWork(options.maximumConcurrentAttempts ?? 16);
    options.endpoint.onAssociation = (association) => {
      this.#counts.accepted += 1;
      this.#adopt(options.allocateAssociation(), association, true);
    };
    if (options.group !== undefined) {
      options.group.onDatagram = (data, source) => {
        const decoded = options.protocol.decode(data);
        if (decoded.ok) options.feed({ type: 'groupMessage', message: decoded.message, source });
        else this.#counts.malformed += 1;
      };
    }
  }

  /** What has happened so far; the object is live. */
  get counters(): AssociationTableCounters {
    return this.#counts;
  }

  /** How many associations are up. */
  get size(): number {
    return this.#numbers.size;
  }

  /**
   * The association that has a number, while it is up.
   *
   * @param association - The number.
   */
  association(association: AssociationId): Association | undefined {
    return this.#associations.get(association);
  }

  /**
   * Performs an output of the machine.
   *
   * @param output - What the machine wants from the network.
   */
  perform(output: NetworkOutput<Message>): void {
    if (this.#isStopped) return;
    if (output.type === 'send') this.#send(output);
    else if (output.type === 'open') this.#open(output);
    else if (output.type === 'close') this.#close(output.association, output.abort);
    else this.#sendGroup(output.message);
  }

  /** Lets go of the endpoint: gives up attempts and feeds nothing any more. The endpoint remains to be closed. */
  stop(): void {
    this.#isStopped = true;
    this.#options.endpoint.onAssociation = undefined;
    if (this.#options.group !== undefined) this.#options.group.onDatagram = undefined;
    for (const attempt of this.#attempts.values()) giveUp(attempt);
  }

  #open(output: Extract<NetworkOutput<Message>, { type: 'open' }>): void {
    const attempt: OpenAttempt = { cancelled: false, giveUp: undefined };
    this.#attempts.set(output.association, attempt);
    this.#work.add((finished) => {
      if (attempt.cancelled) {
        this.#attempts.delete(output.association);
        finished();
        return;
      }
      const { connectTimeoutMs, heartbeat, endpoint } = this.#options;
      const settings = {
        ...(connectTimeoutMs === undefined ? {} : { timeoutMs: connectTimeoutMs }),
        ...(heartbeat === undefined ? {} : { heartbeat }),
      };
      attempt.giveUp = dialAt(endpoint, output.remote, settings, (outcome) => {
        this.#attempts.delete(output.association);
        if ('association' in outcome) this.#opened(output.association, outcome.association, attempt);
        else this.#failed(output.association, outcome.error, attempt);
        finished();
      });
    });
  }

  #failed(number: AssociationId, error: unknown, attempt: OpenAttempt): void {
    if (attempt.cancelled || this.#isStopped) return;
    this.#counts.failedAttempts += 1;
    this.#feed({ type: 'associationLost', association: number, reason: reasonOf(error) });
  }

  #opened(number: AssociationId, association: Association, attempt: OpenAttempt): void {
    if (attempt.cancelled || this.#isStopped) {
      if (!this.#numbers.has(association)) association.abort();
      return;
    }
    this.#counts.opened += 1;
    // A reused one may have been lost since the endpoint returned it, and tells that only once.
    if (this.#gone.has(association)) {
      this.#feed({ type: 'associationLost', association: number, reason: 'reset' });
    } else {
      // Whoever opened it, to the machine it is the one that it wanted to be opened.
      this.#adopt(number, association, false);
    }
  }

  #adopt(number: AssociationId, association: Association, inbound: boolean): void {
    const numbers = this.#numbers.get(association);
    this.#associations.set(number, association);
    if (numbers !== undefined) numbers.push(number);
    else this.#numbers.set(association, [number]);
    const { remote } = association;
    this.#feed({ type: 'associationUp', association: number, remote, inbound });
    if (numbers !== undefined) return;
    association.handlers = {
      message: (message) => this.#receive(association, message),
      lost: (reason) => this.#lose(association, reason),
      restarted: () => this.#restart(association),
      writable: () => this.#tellCongestion(association, false),
    };
  }

  #receive(association: Association, message: InboundMessage): void {
    const number = this.#numbers.get(association)?.at(-1);
    if (number === undefined || this.#isStopped) return;
    const { protocol, onForeignMessage } = this.#options;
    if (message.payloadProtocolIdentifier !== protocol.payloadProtocolIdentifier) {
      this.#counts.foreign += 1;
      onForeignMessage?.(number, message);
      return;
    }
    const decoded = protocol.decode(message.data);
    if (decoded.ok) {
      this.#counts.received += 1;
      this.#feed({
        type: 'message',
        association: number,
        message: decoded.message,
        reports: decoded.reports,
      });
    } else {
      this.#counts.malformed += 1;
      this.#feed({ type: 'malformed', association: number, error: decoded.error });
    }
  }

  #lose(association: Association, reason: LossReason | RserpoolErrorCode): void {
    this.#counts.lost += 1;
    this.#gone.add(association);
    for (const number of this.#forget(association)) {
      this.#feed({ type: 'associationLost', association: number, reason });
    }
  }

  /** SCTP keeps the association over a restart of the peer; for a machine it is a new one. */
  #restart(association: Association): void {
    this.#lose(association, 'restarted');
    this.#gone.delete(association);
    this.#counts.accepted += 1;
    this.#adopt(this.#options.allocateAssociation(), association, true);
  }

  #forget(association: Association): AssociationId[] {
    const numbers = this.#numbers.get(association) ?? [];
    this.#numbers.delete(association);
    for (const number of numbers) this.#associations.delete(number);
    return numbers;
  }

  #send(output: Extract<NetworkOutput<Message>, { type: 'send' }>): void {
    const number = output.association;
    const association = this.#associations.get(number);
    if (association === undefined) {
      this.#counts.sendFailures += 1;
      return;
    }
    const { encode, payloadProtocolIdentifier } = this.#options.protocol;
    try {
      const data = output.encoded ?? encode(output.message);
      const hasRoom = association.send({ data, payloadProtocolIdentifier });
      this.#counts.sent += 1;
      if (!hasRoom) this.#tellCongestion(association, true);
    } catch (error) {
      this.#failSend(number, output, error);
      if (RserpoolError.is(error, 'ERR_RSERPOOL_SEND_BUFFER_FULL')) {
        // A message in the middle would be missing while later ones arrive; without the association it is clear.
        association.abort();
        this.#lose(association, error.code);
      }
    }
  }

  #tellCongestion(association: Association, isCongested: boolean): void {
    const { onCongestion } = this.#options;
    if (onCongestion === undefined || this.#isStopped || this.#congested.has(association) === isCongested) {
      return;
    }
    if (isCongested) this.#congested.add(association);
    else this.#congested.delete(association);
    for (const number of this.#numbers.get(association) ?? []) onCongestion(number, isCongested);
  }

  #sendGroup(message: Message): void {
    const { group, protocol } = this.#options;
    if (group === undefined) return;
    try {
      group.send(protocol.encode(message));
      this.#counts.sent += 1;
    } catch (error) {
      this.#failSend('group', { message }, error);
    }
  }

  #failSend(number: AssociationId | 'group', output: { readonly message: Message }, error: unknown): void {
    this.#counts.sendFailures += 1;
    this.#options.onSendFailure?.(number, output.message, error);
  }

  #close(number: AssociationId, abort: boolean): void {
    const attempt = this.#attempts.get(number);
    if (attempt !== undefined) {
      giveUp(attempt);
      return;
    }
    const association = this.#associations.get(number);
    if (association === undefined) return;
    this.#associations.delete(number);
    const others = (this.#numbers.get(association) ?? []).filter((other) => other !== number);
    if (others.length > 0) {
      this.#numbers.set(association, others);
      return;
    }
    this.#numbers.delete(association);
    if (abort) association.abort();
    else void association.close();
  }

  #feed(input: NetworkInput<Message>): void {
    if (!this.#isStopped) this.#options.feed(input);
  }
}

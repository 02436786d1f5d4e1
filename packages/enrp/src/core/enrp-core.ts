import type { Handlespace } from '@rserpool/handlespace';
import {
  type AssociationId,
  decodeEnrpMessage,
  type EnrpMessage,
  type RandomSource,
  type RemoteEndpoint,
  RserpoolError,
  randomFraction,
} from '@rserpool/wire';
import { EncodedSend, OutputQueue, TimerTable } from '@rserpool/wire/internal';
import { type MutableEnrpCounters, createEnrpCounters } from '../enrp-counters.ts';
import type { EnrpEvent } from '../enrp-event.ts';
import type { EnrpLimits } from '../enrp-limits.ts';
import type { EnrpMachineOptions } from '../enrp-machine-options.ts';
import type { EnrpOutput } from '../enrp-output.ts';
import type { EnrpTiming } from '../enrp-timing.ts';
import type { Peer } from './peer.ts';
import { endpointOfTransport } from './remote-endpoint.ts';
import { resolvedLimits, resolvedTiming } from './settings.ts';
import type { Signal } from './signal.ts';
import type { TimerName } from './timer-name.ts';
import { WorkQueue } from './work-queue.ts';

/** Where a registrar stands between its start and its end. */
export type EnrpState = 'idle' | 'initializing' | 'ready' | 'stopped';

type WithoutHeader<Message> = Message extends EnrpMessage
  ? Omit<Message, 'senderIdentifier' | 'receiverIdentifier'>
  : never;

/** A message without the identifiers that every ENRP message begins with. */
export type EnrpMessageBody = WithoutHeader<EnrpMessage>;

/** What the procedures share: the peer list, the timers, the way out, and the settings. */
export class EnrpCore {
  readonly options: EnrpMachineOptions;
  readonly identifier: number;
  readonly ownEndpoint: RemoteEndpoint;
  readonly handlespace: Handlespace;
  readonly timing: EnrpTiming;
  readonly limits: EnrpLimits;
  readonly random: RandomSource;
  readonly peers: Map<number, Peer> = new Map();
  readonly timers: TimerTable<TimerName> = new TimerTable<TimerName>();
  readonly work: WorkQueue = new WorkQueue();
  readonly outputs: OutputQueue<EnrpOutput> = new OutputQueue<EnrpOutput>();
  readonly signals: OutputQueue<Signal> = new OutputQueue<Signal>();
  readonly counters: MutableEnrpCounters = createEnrpCounters();
  state: EnrpState = 'idle';
  now = 0;

  constructor(options: EnrpMachineOptions) {
    const { serverIdentifier } = options;
    if (!Number.isInteger(serverIdentifier) || serverIdentifier < 1 || serverIdentifier > 0xffffffff) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        `serverIdentifier is ${serverIdentifier}, but has to be an integer in 1 .. 2^32 - 1; randomIdentifier() draws one`,
      );
    }
    this.options = options;
    this.identifier = serverIdentifier;
    this.ownEndpoint = endpointOfTransport(options.serverTransport);
    this.handlespace = options.handlespace;
    this.timing = resolvedTiming(options.timing);
    this.limits = resolvedLimits(options.limits);
    this.random = options.random;
  }

  get isReady(): boolean {
    return this.state === 'ready';
  }

  event(event: EnrpEvent): void {
    this.outputs.push({ type: 'event', event });
  }

  /** Sends over one association, to whoever is there. */
  send(association: AssociationId, receiverIdentifier: number, body: EnrpMessageBody): void {
    this.counters.sent[body.type] += 1;
    const message = { ...body, senderIdentifier: this.identifier, receiverIdentifier } as EnrpMessage;
    this.outputs.push({ type: 'send', association, message });
  }

  /** Sends to a peer; `false` where there is no association to it. */
  sendTo(peer: Peer, body: EnrpMessageBody): boolean {
    const [association] = peer.associations;
    if (association === undefined) return false;
    this.send(association, peer.identifier, body);
    return true;
  }

  /** As {@link EnrpCore.sendTo}, of a message that is encoded already. */
  sendEncodedTo(peer: Peer, type: EnrpMessage['type'], encoded: Uint8Array): boolean {
    const [association] = peer.associations;
    if (association === undefined) return false;
    this.counters.sent[type] += 1;
    this.outputs.push(new EncodedSend(association, encoded, decodeEnrpMessage));
    return true;
  }

  /**
   * Announces to all peers that can be reached, point-to-point each ("group-cast", RFC 5353 sections 1.1 and 3.1),
   * with the receiver's identifier 0 as the RFC wants it for announcements.
   */
  announce(body: EnrpMessageBody): void {
    for (const peer of this.peers.values()) {
      const [association] = peer.associations;
      if (association !== undefined) this.send(association, 0, body);
    }
  }

  /** Whether `left` prevails over `right` where both want the same (RFC 5353 section 3.5.1 item 2). */
  prevails(left: number, right: number): boolean {
    return this.options.takeoverArbitration === 'rsplib' ? left < right : left > right;
  }

  /** A span of time that varies by the given fraction in both directions. */
  jittered(milliseconds: number, fraction: number): number {
    return milliseconds * (1 + fraction * (2 * randomFraction(this.random) - 1));
  }
}

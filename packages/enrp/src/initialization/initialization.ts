import type { ElementReference } from '@rserpool/handlespace';
import type { EnrpHandleTableResponse, EnrpListResponse } from '@rserpool/wire';
import type { EnrpCore } from '../core/enrp-core.ts';
import type { Peer } from '../core/peer.ts';
import type { MentorFailure } from '../events/initialization-event.ts';
import type { Hearsay } from '../handlespace/hearsay.ts';
import type { Association } from '../peering/association.ts';
import type { Connections } from '../peering/connections.ts';
import type { KnownEndpoint } from '../peering/known-endpoint.ts';
import type { PeerList } from '../peering/peer-list.ts';
import type { Presence } from '../peering/presence.ts';
import { MentorChoice } from './mentor-choice.ts';

/** After so many rounds in which all mentors rejected, the one that would win an arbitration goes first. */
const roundsBeforePrecedence = 2;

/** The mentor that is being asked. */
interface Mentor {
  readonly endpoint: KnownEndpoint;
  /** What is awaited: that an association comes up, or an answer. */
  step: 'association' | 'list' | 'table';
  /** Who it is, once it has answered. */
  peer: Peer | undefined;
  elements: number;
  /** How many parts of its table have come. */
  parts: number;
}

/**
 * The initialization of RFC 5353 section 3.2: a mentor's peer list, then its whole handlespace, part by part.
 * Every answer is awaited for MAX-TIME-NO-RESPONSE; then, or on a rejection, a backup is asked. Where nobody can
 * be reached, the registrar considers itself alone; where mentors only reject, they are asked again after a
 * while, because they initialize themselves.
 */
export class Initialization {
  readonly #core: EnrpCore;
  readonly #connections: Connections;
  readonly #peerList: PeerList;
  readonly #presence: Presence;
  readonly #hearsay: Hearsay;
  readonly #choice: MentorChoice;
  readonly #own: ElementReference[] = [];
  /** Who rejected a list in this round: such a registrar initializes itself. */
  readonly #initializing: Set<number> = new Set();
  #mentor: Mentor | undefined;
  #attempts = 0;
  #rounds = 0;
  #hasRejection = false;

  constructor(
    core: EnrpCore,
    connections: Connections,
    peerList: PeerList,
    presence: Presence,
    hearsay: Hearsay,
  ) {
    this.#core = core;
    this.#connections = connections;
    this.#peerList = peerList;
    this.#presence = presence;
    this.#hearsay = hearsay;
    this.#choice = new MentorChoice(core, connections);
  }

  /** Begins. */
  start(): void {
    const core = this.#core;
    core.state = 'initializing';
    const { mentorDiscoveryMs } = core.timing;
    const listens = core.options.useGroup === true && mentorDiscoveryMs > 0;
    if (core.options.useGroup === true) this.#presence.announce(true);
    if (listens && this.#connections.configured().length === 0) {
      core.timers.set('mentor-discovery', core.now + mentorDiscoveryMs);
      return;
    }
    this.beginRound();
  }

  /** Nobody was configured, and a registrar was heard that can be reached: it is the mentor. */
  peerHeard(peer: Peer): void {
    if (peer.endpoint !== undefined && this.#core.timers.get('mentor-discovery') !== undefined)
      this.beginRound();
  }

  /** Asks mentors, the first time or again. */
  beginRound(): void {
    this.#core.timers.stop('mentor-discovery');
    this.#core.timers.stop('mentor-retry');
    this.#hasRejection = false;
    this.#initializing.clear();
    this.#choice.beginRound();
    this.#askNext();
  }

  /** An association is up, and a presence went out on it: unknown registrars are refused the table elsewhere. */
  associationUp(association: Association): void {
    const mentor = this.#mentor;
    if (mentor?.step === 'association' && association.endpoint === mentor.endpoint)
      this.#askForList(association);
  }

  /** No association to an endpoint could be opened. */
  endpointFailed(endpoint: KnownEndpoint): void {
    if (this.#mentor?.endpoint === endpoint) this.#fail('unreachable');
  }

  /** An association was lost. */
  associationLost(): void {
    const mentor = this.#mentor;
    if (mentor === undefined || mentor.step === 'association') return;
    if (this.#connections.associationTo(mentor.endpoint) === undefined) this.#fail('unreachable');
  }

  /** The mentor did not answer within MAX-TIME-NO-RESPONSE. */
  mentorTimer(): void {
    if (this.#mentor !== undefined) this.#fail('noResponse');
  }

  /** A peer list arrived; `false` where this is no answer of the mentor. */
  listReceived(peer: Peer, message: EnrpListResponse): boolean {
    const mentor = this.#mentor;
    if (mentor?.step !== 'list' || !this.#isMentor(mentor, peer)) return false;
    if (message.rejected) {
      this.#initializing.add(peer.identifier);
      this.#fail('rejected');
      return true;
    }
    mentor.peer = peer;
    mentor.step = 'table';
    this.#core.event({ type: 'peerListReceived', peer: peer.identifier, servers: message.servers.length });
    for (const server of message.servers) this.#peerList.learn(server);
    this.#askForTable(peer);
    return true;
  }

  /** A part of the handlespace arrived; `false` where this is no answer of the mentor. */
  tableReceived(peer: Peer, message: EnrpHandleTableResponse): boolean {
    const mentor = this.#mentor;
    if (mentor?.step !== 'table' || mentor.peer !== peer) return false;
    if (message.rejected) {
      this.#fail('rejected');
      return true;
    }
    for (const element of this.#hearsay.downloaded(peer, message.poolEntries)) this.#own.push(element);
    const elements = message.poolEntries.reduce((sum, entry) => sum + entry.poolElements.length, 0);
    mentor.elements += elements;
    mentor.parts += 1;
    this.#core.event({
      type: 'tablePageReceived',
      peer: peer.identifier,
      elements: mentor.elements,
      moreToSend: message.moreToSend,
    });
    if (!message.moreToSend) this.#end(peer.identifier);
    else if (elements === 0 || mentor.parts > this.#core.limits.maximumTableParts) this.#fail('noProgress');
    else this.#askForTable(peer);
    return true;
  }

  #askNext(): void {
    const endpoint = this.#choice.next();
    if (endpoint === undefined) {
      this.#endRound();
      return;
    }
    this.#attempts += 1;
    this.#mentor = { endpoint, step: 'association', peer: undefined, elements: 0, parts: 0 };
    this.#core.event({ type: 'mentorChosen', remote: endpoint.remote, attempt: this.#attempts });
    const association = this.#connections.associationTo(endpoint);
    if (association === undefined) {
      this.#connections.dial(endpoint);
      return;
    }
    this.#presence.sendOn(association.identifier, true);
    this.#askForList(association);
  }

  #askForList(association: Association): void {
    const mentor = this.#mentor;
    if (mentor === undefined) return;
    mentor.step = 'list';
    this.#core.send(association.identifier, association.peer?.identifier ?? 0, { type: 'ENRP_LIST_REQUEST' });
    this.#awaitAnswer();
  }

  #askForTable(peer: Peer): void {
    this.#core.sendTo(peer, { type: 'ENRP_HANDLE_TABLE_REQUEST', ownChildrenOnly: false });
    this.#awaitAnswer();
  }

  #awaitAnswer(): void {
    this.#core.timers.set('mentor', this.#core.now + this.#core.timing.maxTimeNoResponseMs);
  }

  #isMentor(mentor: Mentor, peer: Peer): boolean {
    const association = this.#connections.associationTo(mentor.endpoint);
    return association !== undefined && association.peer === peer;
  }

  #fail(reason: MentorFailure): void {
    const mentor = this.#mentor;
    if (mentor === undefined) return;
    this.#mentor = undefined;
    this.#core.timers.stop('mentor');
    if (reason === 'rejected') this.#hasRejection = true;
    this.#core.event({ type: 'mentorFailed', remote: mentor.endpoint.remote, reason });
    this.#askNext();
  }

  /** Nobody could help: alone, or too early. */
  #endRound(): void {
    const core = this.#core;
    this.#rounds += 1;
    const isLast = this.#rounds >= core.limits.maximumMentorRounds;
    if (!this.#hasRejection || isLast || this.#goesFirst()) {
      this.#end(undefined);
      return;
    }
    const retryInMs = Math.round(core.jittered(core.timing.mentorRetryMs, 0.2));
    core.event({ type: 'mentorRetryScheduled', round: this.#rounds, retryInMs });
    core.timers.set('mentor-retry', core.now + retryInMs);
  }

  /**
   * Registrars that were started together and know each other would reject each other for ever. A few rounds
   * leave time for mentors that have a mentor of their own; then the one that would win an arbitration
   * considers itself the first, and the others download from it.
   */
  #goesFirst(): boolean {
    const { identifier } = this.#core;
    return (
      this.#rounds >= roundsBeforePrecedence &&
      this.#initializing.size > 0 &&
      [...this.#initializing].every((other) => this.#core.prevails(identifier, other))
    );
  }

  #end(mentor: number | undefined): void {
    const core = this.#core;
    this.#mentor = undefined;
    core.timers.stop('mentor');
    core.state = 'ready';
    core.event({ type: 'initialized', mentor, poolElements: core.handlespace.elementCount });
    core.outputs.push({ type: 'initialized' });
    const elements = this.#own.filter((element) => core.handlespace.isCurrent(element));
    if (elements.length > 0) core.outputs.push({ type: 'takenOver', target: core.identifier, elements });
    core.signals.push({ type: 'ready' });
  }
}

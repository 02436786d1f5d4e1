import type { AssociationId, RemoteEndpoint } from '@rserpool/wire';
import type { Arrival, Lane } from '../engine/lane.ts';
import type { Schedule } from '../engine/schedule.ts';
import { LinkEnd, type LinkLoss, type LinkOwner, type Transmission } from './link-end.ts';
import { recode } from './recode.ts';

/** Who accepts associations at a transport address. */
export interface LinkListener {
  /**
   * An association came.
   *
   * @param remote - Where it comes from.
   * @returns This side's end of it.
   */
  accept(remote: RemoteEndpoint): LinkEnd;
}

/** How a {@link SwitchNetwork} is set up. */
export interface SwitchNetworkOptions {
  /** The time from one component to another, in milliseconds. */
  readonly delayMs: number;
  /**
   * Whether the transport behaves as SCTP does: a handshake before an association is up, a refusal where nobody
   * listens, and resets by a host whose process is gone. Otherwise associations are up at once, and what is sent to
   * somebody who is gone is lost without a notice.
   */
  readonly hasNotices: boolean;
  /** Whether everything is encoded when it is sent, and decoded when it arrives. */
  readonly encode: boolean;
  /**
   * Is told of each message that is sent.
   *
   * @param from - The sender's end.
   * @param transmission - The message.
   */
  readonly sent: (from: LinkEnd, transmission: Transmission) => void;
}

/** A message on its way. */
class MessageArrival implements Arrival {
  readonly #network: SwitchNetwork;
  readonly #from: LinkEnd;
  readonly #transmission: Transmission;

  constructor(network: SwitchNetwork, from: LinkEnd, transmission: Transmission) {
    this.#network = network;
    this.#from = from;
    this.#transmission = transmission;
  }

  arrive(): void {
    this.#network.deliver(this.#from, this.#transmission);
  }
}

/** Something that the transport does by itself; it counts for no event. */
class TransportArrival implements Arrival {
  readonly #act: () => void;

  constructor(act: () => void) {
    this.#act = act;
  }

  arrive(): void {
    this.#act();
  }
}

/**
 * The network of the evaluation: all components on one switch, with the same delay from each to each and no limit of
 * bandwidth, so that the order between two of them is kept.
 */
export class SwitchNetwork {
  readonly #schedule: Schedule;
  readonly #options: SwitchNetworkOptions;
  readonly #listeners: Map<number, LinkListener> = new Map();
  readonly #oneWay: Lane;
  readonly #refusals: Lane;
  readonly #accepts: Lane;
  readonly #handshakes: Lane;

  /**
   * @param schedule - The time.
   * @param options - Delay and transport.
   */
  constructor(schedule: Schedule, options: SwitchNetworkOptions) {
    this.#schedule = schedule;
    this.#options = options;
    const { delayMs } = options;
    // INIT, INIT ACK, COOKIE ECHO, COOKIE ACK of RFC 9260 section 5.1: the acceptor is up with the third.
    this.#refusals = schedule.lane(2 * delayMs);
    this.#accepts = schedule.lane(3 * delayMs);
    this.#handshakes = schedule.lane(4 * delayMs);
    this.#oneWay = schedule.lane(delayMs);
  }

  /**
   * Listens at a transport address.
   *
   * @param local - The address and port.
   * @param listener - Who accepts.
   */
  listen(local: RemoteEndpoint, listener: LinkListener): void {
    this.#listeners.set(keyOf(local), listener);
  }

  /**
   * Listens no more.
   *
   * @param local - The address and port.
   */
  unlisten(local: RemoteEndpoint): void {
    this.#listeners.delete(keyOf(local));
  }

  /**
   * Opens an association.
   *
   * @param owner - Who opens it; is told when it is up, which may be inside this call.
   * @param id - Its number there.
   * @param local - Where it comes from.
   * @param remote - Where it leads to.
   */
  open(owner: LinkOwner, id: AssociationId, local: RemoteEndpoint, remote: RemoteEndpoint): LinkEnd {
    const end = new LinkEnd(id, owner, remote, false);
    if (this.#options.hasNotices) this.#shakeHands(end, local);
    else {
      this.#act(this.#oneWay, () => this.#accept(end, local));
      this.#up(end);
    }
    return end;
  }

  /**
   * Sends a message.
   *
   * @param from - The end at the sender; nothing happens where it is closed.
   * @param transmission - The message.
   */
  send(from: LinkEnd, transmission: Transmission): void {
    if (from.isClosed) return;
    this.#options.sent(from, transmission);
    const sent = this.#options.encode ? recode(transmission) : transmission;
    this.#oneWay.send(new MessageArrival(this, from, sent), this.#schedule.now);
  }

  /**
   * A message is there.
   *
   * @param from - The end at the sender.
   * @param transmission - The message.
   */
  deliver(from: LinkEnd, transmission: Transmission): void {
    const to = from.peer;
    if (to === undefined || to.isClosed) return;
    this.#schedule.arrived();
    this.#up(to);
    to.owner.received(to, transmission);
  }

  /**
   * Closes an association; the other end is told.
   *
   * @param end - The end at who closes it.
   * @param abort - Whether it is aborted.
   */
  close(end: LinkEnd, abort: boolean): void {
    if (end.isClosed) return;
    end.isClosed = true;
    this.#act(this.#oneWay, () => this.#lose(end.peer, abort ? 'aborted' : 'closed-by-peer'));
  }

  /**
   * The owner of associations is gone without a word. With transport notices its host resets them.
   *
   * @param ends - Its ends of them.
   */
  vanish(ends: Iterable<LinkEnd>): void {
    for (const end of ends) {
      if (this.#options.hasNotices) this.close(end, true);
      end.isClosed = true;
    }
  }

  #shakeHands(end: LinkEnd, local: RemoteEndpoint): void {
    this.#act(this.#refusals, () => {
      if (!this.#listeners.has(keyOf(end.remote))) this.#lose(end, 'connection-refused');
    });
    this.#act(this.#accepts, () => this.#accept(end, local));
    this.#act(this.#handshakes, () => {
      if (end.peer === undefined) this.#lose(end, 'connection-refused');
      else if (!end.isClosed) this.#up(end);
    });
  }

  #accept(end: LinkEnd, local: RemoteEndpoint): void {
    const listener = this.#listeners.get(keyOf(end.remote));
    if (listener === undefined || (end.isClosed && this.#options.hasNotices)) return;
    const accepted = listener.accept(local);
    end.peer = accepted;
    accepted.peer = end;
    this.#up(accepted);
  }

  #up(end: LinkEnd): void {
    if (end.isUp) return;
    end.isUp = true;
    end.owner.linkUp(end);
  }

  #lose(end: LinkEnd | undefined, reason: LinkLoss): void {
    if (end === undefined || end.isClosed) return;
    end.isClosed = true;
    end.owner.linkLost(end, reason);
  }

  #act(lane: Lane, act: () => void): void {
    lane.send(new TransportArrival(act), this.#schedule.now);
  }
}

/** The addresses of the evaluation are of IPv4: with the port 48 bits, which a number has room for. */
function keyOf({ addresses, port }: RemoteEndpoint): number {
  let key = 0;
  for (const byte of addresses[0] ?? []) key = key * 256 + byte;
  return key * 65_536 + port;
}

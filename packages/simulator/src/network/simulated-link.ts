import type { HeartbeatOptions } from '@rserpool/transport';
import { type Arrival, SimulatedDirection } from './simulated-direction.ts';
import { SimulatedAssociation } from './simulated-association.ts';
import type { SimulatedEndpoint } from './simulated-endpoint.ts';
import type { SimulatedHost } from './simulated-host.ts';
import type { SimulatedNetwork } from './simulated-network.ts';

/** What becomes of an attempt: the association, or `undefined` where it was refused. */
export type LinkAnswer = (association: SimulatedAssociation | undefined) => void;

/** An association from the attempt to its end: two directions between two hosts, and what is at their ends. */
export class SimulatedLink {
  readonly network: SimulatedNetwork;
  readonly from: SimulatedHost;
  readonly to: SimulatedHost;
  readonly forward: SimulatedDirection;
  readonly backward: SimulatedDirection;
  /** The end that opened it. */
  opener: SimulatedAssociation | undefined;
  /** The end that accepted it. */
  acceptor: SimulatedAssociation | undefined;
  readonly #caller: SimulatedEndpoint;
  readonly #port: number;
  readonly #heartbeat: HeartbeatOptions;
  readonly #onAnswer: LinkAnswer;
  #isAnswered = false;

  /**
   * @param network - Where it is.
   * @param caller - Who opens it.
   * @param to - The host that is called.
   * @param port - The port there.
   * @param heartbeat - How the caller notices silence.
   * @param onAnswer - Is told what becomes of the attempt, unless it is given up.
   */
  constructor(
    network: SimulatedNetwork,
    caller: SimulatedEndpoint,
    to: SimulatedHost,
    port: number,
    heartbeat: HeartbeatOptions,
    onAnswer: LinkAnswer,
  ) {
    this.network = network;
    this.from = caller.host;
    this.to = to;
    this.#caller = caller;
    this.#port = port;
    this.#heartbeat = heartbeat;
    this.#onAnswer = onAnswer;
    this.forward = new SimulatedDirection(this, this.from, to);
    this.backward = new SimulatedDirection(this, to, this.from);
    this.from.links.add(this);
    this.to.links.add(this);
    this.forward.send('open');
  }

  /** Whether nobody waits for the answer any more. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /** The attempt is given up. */
  giveUp(): void {
    this.#isAnswered = true;
    this.forward.clear();
    if (this.acceptor !== undefined) this.forward.send('gone', 'aborted');
    this.#sweep();
  }

  /** The association breaks: what is under way is lost, and both ends are told. */
  break(): void {
    if (this.opener?.isOpen !== true && this.acceptor?.isOpen !== true) return;
    this.forward.clear();
    this.backward.clear();
    this.forward.send('gone', 'reset');
    this.backward.send('gone', 'reset');
  }

  /**
   * Nothing passes for a while.
   *
   * @param direction - In which direction.
   * @param untilMs - Until when.
   */
  stall(direction: SimulatedDirection, untilMs: number): void {
    direction.stalledUntil = untilMs;
    this.network.time.setTimer(untilMs, () => {
      direction.retry();
    });
  }

  /**
   * The process at one end died or began anew: the other end is told.
   *
   * @param host - Where it died.
   */
  reset(host: SimulatedHost): void {
    const own = host === this.from ? this.opener : this.acceptor;
    // An attempt that outlived the old process was answered by the new one.
    if (own?.isOpen === true) return;
    const direction = host === this.from ? this.forward : this.backward;
    const other = host === this.from ? this.acceptor : this.opener;
    const isUnanswered = host === this.to && this.opener === undefined && !this.#isAnswered;
    if (host === this.from && this.opener === undefined) this.#isAnswered = true;
    if (other?.isOpen === true) {
      direction.clear();
      direction.send('gone', 'reset');
    } else if (isUnanswered && this.acceptor !== undefined) {
      direction.clear();
      direction.send('refused');
    } else this.#sweep();
  }

  /** Something changed at an end or between them. */
  review(): void {
    this.forward.retry();
    this.backward.retry();
    this.opener?.review();
    this.acceptor?.review();
  }

  /**
   * Something has arrived at one end.
   *
   * @param direction - On which way.
   * @param arrival - What it is.
   */
  arrived(direction: SimulatedDirection, arrival: Arrival): void {
    const end = direction === this.forward ? this.acceptor : this.opener;
    if (arrival.kind === 'message') {
      if (end?.isOpen === true) {
        this.network.delivered += 1;
        this.network.onArrival?.(direction.from, direction.to, 'message', arrival.data);
        end.receive(arrival);
      }
      const sender = direction === this.forward ? this.opener : this.acceptor;
      sender?.sentBytesArrived();
      return;
    }
    switch (arrival.kind) {
      case 'open':
        this.#accept();
        break;
      case 'accepted':
        this.#accepted();
        break;
      case 'refused':
        if (!this.#isAnswered) this.#onAnswer(undefined);
        this.#isAnswered = true;
        break;
      case 'close':
        end?.lose('closed-by-peer');
        break;
      case 'gone':
        // It may come to one who still waits for the answer.
        if (direction === this.backward && this.opener === undefined && !this.#isAnswered) {
          this.#isAnswered = true;
          this.#onAnswer(undefined);
        } else end?.lose(arrival.reason);
        break;
    }
    this.#sweep();
  }

  /**
   * An end goes on with another link, because the peer has begun anew.
   *
   * @param end - The end.
   */
  detach(end: SimulatedAssociation): void {
    if (this.opener === end) this.opener = undefined;
    if (this.acceptor === end) this.acceptor = undefined;
    this.forward.clear();
    this.backward.clear();
    this.#isAnswered = true;
    this.#sweep();
  }

  /** An end is gone. */
  ended(): void {
    this.#sweep();
  }

  #accept(): void {
    const endpoint = this.to.state === 'running' ? this.to.endpointAt(this.#port) : undefined;
    if (endpoint === undefined || !endpoint.isListening) {
      this.backward.send('refused');
      return;
    }
    // The answer goes first: what is done with the association must not overtake it.
    this.backward.send('accepted');
    this.acceptor = endpoint.accept(this, {
      addresses: this.#caller.host.addresses,
      port: this.#caller.port,
    });
  }

  #accepted(): void {
    if (this.#isAnswered) return;
    const remote = { addresses: this.to.addresses, port: this.#port };
    this.opener = new SimulatedAssociation(this, this.#caller, remote, false, this.#heartbeat);
    this.#isAnswered = true;
    this.#caller.add(this.opener);
    this.#onAnswer(this.opener);
    this.opener.review();
  }

  #sweep(): void {
    const isOver = (end: SimulatedAssociation | undefined): boolean => end === undefined || !end.isOpen;
    if (!isOver(this.opener) || !isOver(this.acceptor)) return;
    if (!this.#isAnswered && this.from.state !== 'dead') return;
    if (!this.forward.isIdle || !this.backward.isIdle) return;
    this.from.links.delete(this);
    this.to.links.delete(this);
  }
}

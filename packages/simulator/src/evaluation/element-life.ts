import type { SelectionPolicy } from '@rserpool/policies';
import { isAdaptive } from '@rserpool/policies';
import {
  type CalcAppPacket,
  type CalcAppState,
  decodeCalcAppCookie,
  encodeCalcAppCookie,
} from '@rserpool/services/machine';
import {
  PoolElementNodeMachine,
  type PoolElementNodeInput,
  type PoolElementNodeOutput,
  type SessionMessage,
} from '@rserpool/session/machine';
import { type AsapMessage, type AssociationId, randomIdentifier, TransportUse } from '@rserpool/wire';
import { elementEndpoint, elementName, registrarEndpoint } from './addresses.ts';
import { CalcMessage, readCalcMessage } from './calc-message.ts';
import { CalculationServer } from './calculation-server.ts';
import { elementPolicy } from './element-policy.ts';
import { MachineComponent } from './machine-component.ts';
import { MachineLinks } from './machine-links.ts';
import { poolHandle } from './pool.ts';
import type { RunWorld } from './run-world.ts';

/** Who has the lives of an element. */
export interface LifeOwner {
  /** The life is registered for the first time. */
  registered(): void;
}

/** One life of an element, from its registration to its failure: identity, address and machine are its own. */
export class ElementLife extends MachineComponent<PoolElementNodeInput, PoolElementNodeOutput> {
  readonly #world: RunWorld;
  readonly #owner: LifeOwner;
  readonly #capacity: number;
  readonly #identifier: number;
  readonly #links: MachineLinks<AsapMessage>;
  readonly #server: CalculationServer;
  #policy: SelectionPolicy;
  #registeredAt: number | undefined;
  #isLeaving = false;

  /**
   * @param world - What everything shares.
   * @param index - The number of the element, from 1.
   * @param life - The number of the life, from 1.
   * @param capacity - In calculations a second.
   * @param owner - Is told of the registration.
   */
  constructor(world: RunWorld, index: number, life: number, capacity: number, owner: LifeOwner) {
    const { parameters, behaviour, streams, network, schedule } = world;
    const name = `element ${index}`;
    const title = elementName(index, life);
    const random = streams.source(`${name} life ${life} machine`);
    let last = 0;
    const allocateAssociation = (): AssociationId => ++last;
    const registrars = Array.from({ length: parameters.registrars }, (_, other) =>
      registrarEndpoint(other + 1),
    );
    const machine = new PoolElementNodeMachine({
      registrars,
      random,
      allocateAssociation,
      timing: behaviour.asap,
      listenToAnnounces: false,
      businessCard: behaviour.sendsBusinessCards,
      maximumSessions: 1_000_000,
    });
    super(title, schedule, machine);
    this.#world = world;
    this.#owner = owner;
    this.#capacity = capacity;
    this.#identifier = randomIdentifier(streams.source(`${name} life ${life} identity`));
    world.trace.name(this.#identifier, title);
    const local = elementEndpoint(index, life);
    this.#links = new MachineLinks({
      network,
      name: title,
      local,
      protocol: 'asap',
      allocateAssociation,
      feed: (input) => {
        if (input.type === 'associationUp') {
          const { type, association, remote, inbound } = input;
          this.feed({ type, association, remote, inbound, controlChannel: true });
        } else this.feed(input);
      },
      onData: (association, message) => {
        this.feed({ type: 'data', association, message });
      },
    });
    this.#server = new CalculationServer(world, title, capacity, {
      send: (association, type, state) => {
        this.#send(association, type, state);
      },
      cookie: (association, state) => {
        const cookie = encodeCalcAppCookie(state);
        this.feed({ type: 'session', association, input: { type: 'setCookie', cookie } });
      },
      loadChanged: () => {
        this.#updateLoad();
      },
    });
    this.#policy = elementPolicy(parameters, capacity, 0);
    this.#links.listen();
    this.feed({
      type: 'register',
      poolHandle,
      poolElement: {
        identifier: this.#identifier,
        registrationLife: parameters.registrationLife,
        userTransport: {
          protocol: 'sctp',
          port: local.port,
          transportUse: TransportUse.dataPlusControl,
          addresses: local.addresses,
        },
        policy: this.#policy,
      },
    });
  }

  /** Ends without a word to anybody. */
  fail(): void {
    this.#endService();
    this.#server.vanish();
    this.#server.settle();
    const ends = this.#links.vanish();
    if (!this.#world.behaviour.hasTransportNotices) this.#world.remains.set(this.#identifier, ends);
    this.stop();
  }

  /** Ends cleanly: the users get the states of their requests, and the registrar a deregistration. */
  leave(): void {
    this.#endService();
    this.feed({ type: 'deregister' });
    this.#server.shutDown();
    this.#server.settle();
    if (this.#world.behaviour.drains) this.feed({ type: 'stopAccepting' });
    else this.#links.unlisten();
  }

  /** Counts work and service time until now. */
  settle(): void {
    this.#server.settle();
    if (this.#registeredAt === undefined || this.#isLeaving) return;
    const { counters } = this.#world;
    counters.possible += ((this.now - this.#registeredAt) / 1000) * this.#capacity;
    this.#registeredAt = this.now;
  }

  protected ownTimeout(): number {
    return this.#server.next;
  }

  protected ownTimer(): void {
    this.#server.timeout();
  }

  protected perform(output: PoolElementNodeOutput): void {
    switch (output.type) {
      case 'session':
        this.#fromSession(output.association, output.output);
        break;
      case 'event':
        if (output.event.type === 'registered' && this.#registeredAt === undefined) {
          this.#registeredAt = this.now;
          this.#owner.registered();
        } else if (output.event.type === 'deregistered' || output.event.type === 'deregistrationFailed') {
          this.#gone();
        }
        break;
      case 'send':
      case 'open':
      case 'close':
      case 'sendGroup':
        this.#links.perform(output);
        break;
      default:
      // Nobody refuses sessions or cookies here, and users have no business cards.
    }
  }

  #fromSession(
    association: AssociationId,
    output: Extract<PoolElementNodeOutput, { type: 'session' }>['output'],
  ): void {
    switch (output.type) {
      case 'started': {
        const state = output.restoredState && decodeCalcAppCookie(output.restoredState);
        if (state !== undefined) this.#request(association, state);
        break;
      }
      case 'message':
        this.#received(association, output.message);
        break;
      case 'sendData':
        this.#links.sendData(association, output.message);
        break;
      case 'event':
        if (output.event.type === 'ended') this.#server.left(association);
        break;
      case 'writable':
        // Nothing is ever full here.
        break;
    }
  }

  #received(association: AssociationId, message: SessionMessage): void {
    const packet = readCalcMessage(message);
    // In the papers' models the port of an element that leaves is closed already.
    if (this.#isLeaving && !this.#world.behaviour.drains) return;
    switch (packet?.type) {
      case 'request':
        this.#request(association, packet);
        break;
      case 'keepAlive':
        this.#server.keepAlive(association);
        break;
      case 'keepAliveAck':
        this.#server.acknowledged(association);
        break;
      default:
      // What only elements say means nothing here.
    }
  }

  #request(association: AssociationId, state: CalcAppState): void {
    if (!this.#isLeaving) this.#server.request(association, state);
    else if (this.#world.behaviour.drains) this.#send(association, 'reject', state);
  }

  #send(
    association: AssociationId,
    type: CalcAppPacket['type'],
    { jobIdentifier, jobSize, completed }: CalcAppState,
  ): void {
    const message = new CalcMessage({ type, jobIdentifier, jobSize, completed });
    this.feed({ type: 'session', association, input: { type: 'send', message } });
  }

  #updateLoad(): void {
    if (this.#isLeaving || !isAdaptive(this.#policy.type)) return;
    this.#policy = elementPolicy(this.#world.parameters, this.#capacity, this.#server.count);
    this.feed({ type: 'updatePolicy', policy: this.#policy });
  }

  #endService(): void {
    this.settle();
    this.#isLeaving = true;
  }

  /** A clean shutdown is over. */
  #gone(): void {
    if (!this.#isLeaving) return;
    this.#links.closeOpened();
    this.#links.vanish();
    this.stop();
  }
}

import { RegistrarMachine, type RegistrarInput, type RegistrarOutput } from '@rserpool/registrar/machine';
import { AssociationTable, MachineDriver } from '@rserpool/transport/internal';
import {
  asapPort,
  enrpPort,
  type NetworkInput,
  randomIdentifier,
  type RemoteEndpoint,
  type SctpTransport,
  TransportUse,
} from '@rserpool/wire';
import type { Handlespace } from '@rserpool/handlespace';
import type { SimulatedHost } from '../network/simulated-host.ts';
import type { ElementNode } from './element-node.ts';
import { ProcessNode } from './process-node.ts';
import { announceGroup, asapProtocol, type Discovery, enrpGroup, enrpProtocol } from './protocols.ts';
import type { Scenario } from './scenario.ts';
import type { World } from './world.ts';

/** Downloads are made of many parts, and of two that want one at the same time one is refused. */
const fewDownloads = { maximumTableSessions: 1, maximumTableElements: 12 };

/** A host with a registrar: the machine, driver and tables that run in production, on the simulated network. */
export class RegistrarNode extends ProcessNode {
  readonly #discovery: Discovery;
  readonly #servesFewDownloads: boolean;
  #identifier = 0;
  #machine: RegistrarMachine | undefined;
  #isReady = false;
  readonly #grants: Map<string, number> = new Map();
  readonly #takenOver: Set<number> = new Set();
  #peers: readonly RemoteEndpoint[] = [];

  /**
   * @param world - What everything shares.
   * @param host - Where it runs.
   * @param scenario - How registrars find each other, and what limits them.
   */
  constructor(world: World, host: SimulatedHost, { discovery, rarities }: Scenario) {
    super(world, host);
    this.#discovery = discovery;
    this.#servesFewDownloads = rarities.includes('fewSessions');
  }

  /** The identifier of the present, or last, life. */
  get identifier(): number {
    return this.#identifier;
  }

  /** Whether its initialization is over. */
  get isReady(): boolean {
    return this.isRunning && this.#isReady;
  }

  /** The machine of the present, or last, life. */
  get machine(): RegistrarMachine {
    if (this.#machine === undefined) throw new TypeError(`${this.name} has not been started`);
    return this.#machine;
  }

  /** What it knows. */
  get handlespace(): Handlespace {
    return this.machine.handlespace;
  }

  /** Where pool elements and users reach it. */
  get asapEndpoint(): RemoteEndpoint {
    return { addresses: this.host.addresses, port: asapPort };
  }

  /** Where its peers reach it. */
  get enrpEndpoint(): RemoteEndpoint {
    return { addresses: this.host.addresses, port: enrpPort };
  }

  /**
   * Whether it reaches an element of its own, as far as it knows, over an association that is up at both ends.
   *
   * @param node - The element.
   */
  holds(node: ElementNode): boolean {
    const element = this.handlespace.find(node.poolHandle, node.identifier);
    if (element === undefined || !this.machine.asap.isAssociated(element)) return false;
    for (const association of this.host.endpointAt(asapPort)?.associations ?? []) {
      if (association.peer === node.host && association.isWhole) return true;
    }
    return false;
  }

  /**
   * When it last granted an element's registration in its present life; `-Infinity` where it did not.
   *
   * @param key - The element's pool and identifier, as {@link ElementNode.key} has them.
   */
  grantedAt(key: string): number {
    return this.#grants.get(key) ?? Number.NEGATIVE_INFINITY;
  }

  /**
   * Whether it has taken another registrar over in its present life.
   *
   * @param identifier - The other one.
   */
  hasTakenOver(identifier: number): boolean {
    return this.#takenOver.has(identifier);
  }

  /**
   * Tells which peers it is configured with; none where they find each other in a group.
   *
   * @param peers - Their endpoints.
   */
  configure(peers: readonly RemoteEndpoint[]): void {
    this.#peers = peers;
  }

  protected begin(keepsIdentity: boolean): void {
    const random = this.random('machine');
    if (!keepsIdentity || this.#identifier === 0) this.#identifier = randomIdentifier(random);
    this.#isReady = false;
    this.#grants.clear();
    this.#takenOver.clear();
    const { timing } = this.world;
    const usesGroups = this.#discovery === 'groups';
    const machine = new RegistrarMachine({
      serverIdentifier: this.#identifier,
      random,
      asap: {
        timing: timing.asapRegistrar,
        ...(usesGroups && { announce: { transports: [this.#transport(asapPort)] } }),
      },
      enrp: {
        timing: timing.enrp,
        serverTransport: this.#transport(enrpPort),
        peers: usesGroups ? [] : this.#peers,
        useGroup: usesGroups,
        ...(this.#servesFewDownloads && { limits: fewDownloads }),
      },
    });
    this.#machine = machine;
    this.note('registrar', `identifier=${this.#identifier}`);
    this.#run(machine, usesGroups);
  }

  #run(machine: RegistrarMachine, usesGroups: boolean): void {
    const { host } = this;
    const { allocateAssociation } = machine;
    const driver = new MachineDriver<RegistrarInput, RegistrarOutput>({
      machine,
      clock: host.clock,
      onOutput: (output) => {
        if (output.type === 'asap') asap.perform(output.output);
        else if (output.type === 'enrp') enrp.perform(output.output);
        else {
          this.#event(output.event);
        }
      },
    });
    const table = <Message>(
      port: number,
      protocol: ConstructorParameters<typeof AssociationTable<Message>>[0]['protocol'],
      group: string,
      feed: (input: NetworkInput<Message>) => void,
    ): AssociationTable<Message> =>
      new AssociationTable({
        endpoint: host.bind(port, this.world.timing.registrarHeartbeat, true),
        protocol,
        allocateAssociation,
        feed,
        group: usesGroups ? host.join(group, port) : undefined,
      });
    const asap = table(asapPort, asapProtocol, announceGroup, (input) => {
      driver.input({ type: 'asap', input });
    });
    const enrp = table(enrpPort, enrpProtocol, enrpGroup, (input) => {
      driver.input({ type: 'enrp', input });
    });
    driver.input({ type: 'start' });
  }

  #event(event: Extract<RegistrarOutput, { type: 'event' }>['event']): void {
    this.note(event.type, event);
    if (event.type === 'initialized') this.#isReady = true;
    if (event.type === 'takeoverServerSent') this.#takenOver.add(event.target);
    if (event.type !== 'elementRegistered') return;
    const pool = String.fromCharCode(...event.poolHandle);
    this.#grants.set(`${pool}/${event.poolElementIdentifier}`, this.world.time.now());
  }

  #transport(port: number): SctpTransport {
    return { protocol: 'sctp', port, transportUse: TransportUse.dataOnly, addresses: this.host.addresses };
  }
}

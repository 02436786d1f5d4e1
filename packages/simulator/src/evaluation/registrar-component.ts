import { enrpTimingProfiles } from '@rserpool/enrp';
import { RegistrarMachine, type RegistrarInput, type RegistrarOutput } from '@rserpool/registrar/machine';
import {
  type AsapMessage,
  type EnrpMessage,
  randomIdentifier,
  type RemoteEndpoint,
  TransportUse,
} from '@rserpool/wire';
import { peerEndpoint, registrarEndpoint } from './addresses.ts';
import { MachineComponent } from './machine-component.ts';
import { MachineLinks } from './machine-links.ts';
import type { RunWorld } from './run-world.ts';

/** Whoever serves a whole model need not be protected from it. */
const unlimited = {
  maximumReportsPerSecond: Infinity,
  maximumResolutionsPerSecond: Infinity,
  maximumAssociations: 1 << 30,
  maximumAssociationsPerAddress: 1 << 30,
};

/** A registrar: the machine of production on the network of the evaluation. */
export class RegistrarComponent extends MachineComponent<RegistrarInput, RegistrarOutput> {
  readonly #world: RunWorld;
  readonly #asap: MachineLinks<AsapMessage>;
  readonly #enrp: MachineLinks<EnrpMessage>;

  /**
   * @param world - What everything shares.
   * @param index - Its number, from 1.
   */
  constructor(world: RunWorld, index: number) {
    const name = `registrar ${index}`;
    const { parameters, behaviour, streams, network } = world;
    const random = streams.source(`${name} machine`);
    const machine = new RegistrarMachine({
      serverIdentifier: randomIdentifier(random),
      random,
      asap: {
        timing: behaviour.asapRegistrar,
        limits: { ...unlimited, maximumResolutionItems: parameters.items },
      },
      enrp: {
        timing: enrpTimingProfiles.rfc,
        serverTransport: { protocol: 'sctp', transportUse: TransportUse.dataOnly, ...peerEndpoint(index) },
        peers: peersOf(index, parameters.registrars),
      },
    });
    super(name, world.schedule, machine);
    this.#world = world;
    const { allocateAssociation } = machine;
    const shared = { network, name, allocateAssociation };
    this.#asap = new MachineLinks({
      ...shared,
      local: registrarEndpoint(index),
      protocol: 'asap',
      feed: (input) => {
        this.feed({ type: 'asap', input });
      },
    });
    this.#enrp = new MachineLinks({
      ...shared,
      local: peerEndpoint(index),
      protocol: 'enrp',
      feed: (input) => {
        this.feed({ type: 'enrp', input });
      },
    });
  }

  /** How many associations it has. */
  get linkCount(): number {
    return this.#asap.size + this.#enrp.size;
  }

  /** Begins to serve. */
  start(): void {
    this.#asap.listen();
    this.#enrp.listen();
    this.feed({ type: 'start' });
  }

  protected ownTimeout(): number {
    return Infinity;
  }

  protected ownTimer(): void {
    // It waits for nothing but its machine.
  }

  protected perform(output: RegistrarOutput): void {
    if (output.type === 'asap') this.#asap.perform(output.output);
    else if (output.type === 'enrp') this.#enrp.perform(output.output);
    else if (output.event.type === 'elementRemoved') {
      const { counters, trace } = this.#world;
      const { poolElementIdentifier, reason } = output.event;
      counters.removals += 1;
      // What production would have been told by the transport.
      for (const end of this.#world.remains.get(poolElementIdentifier) ?? []) this.#asap.forget(end);
      this.#world.remains.delete(poolElementIdentifier);
      if (trace.isOn) trace.state(this.name, 'removed', `${trace.nameOf(poolElementIdentifier)}: ${reason}`);
    }
  }
}

function peersOf(index: number, registrars: number): RemoteEndpoint[] {
  const peers: RemoteEndpoint[] = [];
  for (let other = 1; other <= registrars; other += 1) {
    if (other !== index) peers.push(peerEndpoint(other));
  }
  return peers;
}

import {
  type AsapTiming,
  asapTimingProfiles,
  PoolElementMachine,
  type PoolElementEvent,
  type PoolElementInput,
} from '@rserpool/asap';
import {
  asapPort,
  enrpPort,
  formatPoolHandle,
  poolHandleFromText,
  type SelectionPolicy,
  seededRandom,
} from '@rserpool/wire';
import { RegistrarMachine } from '../machine/registrar-machine.ts';
import { registrarTimers } from '../registrar-profile.ts';
import { formatRecord } from './scope-format.fixture.ts';
import { endpointOf, VirtualNetwork, type VirtualNode } from './virtual-network.fixture.ts';

/** A registrar: both machines over one handlespace. */
export interface ScopeRegistrar extends VirtualNode {
  readonly machine: RegistrarMachine;
  readonly identifier: number;
  readonly events: { readonly type: string; readonly at: number }[];
}

/** A pool element. */
export interface ScopeElement extends VirtualNode {
  readonly machine: PoolElementMachine;
  readonly identifier: number;
  readonly events: (PoolElementEvent & { readonly at: number })[];
}

/** How a registrar of a scope differs from the others. */
export interface ScopeRegistrarOptions {
  readonly takeoverSuggestion?: boolean;
  /** The host that it runs on, where that is not its own: for one that was started anew with another identifier. */
  readonly host?: number;
}

/** Registrars and pool elements over a virtual network; profile `lan`. */
export class VirtualScope extends VirtualNetwork {
  readonly registrars: Map<number, ScopeRegistrar> = new Map();
  readonly elements: Map<number, ScopeElement> = new Map();

  /** Starts a registrar that knows others, by their hosts. */
  registrar(
    identifier: number,
    peers: readonly number[] = [],
    { host: hostNumber = identifier, ...options }: ScopeRegistrarOptions = {},
  ): ScopeRegistrar {
    const timers = registrarTimers('lan');
    const host = [0, hostNumber] as const;
    const machine = new RegistrarMachine({
      serverIdentifier: identifier,
      random: seededRandom(this.random()),
      asap: { timing: timers.asap },
      enrp: {
        serverTransport: { protocol: 'sctp', transportUse: 0, ...endpointOf(host, enrpPort) },
        timing: timers.enrp,
        peers: peers.map((peer) => endpointOf([0, peer], enrpPort)),
        ...options,
      },
    });
    const registrar: ScopeRegistrar = {
      name: `R${hostNumber}`,
      identifier,
      host,
      machine,
      events: [],
      state: 'running',
      backlog: [],
      allocateAssociation: machine.allocateAssociation,
      nextTimeout: () => machine.nextTimeout(),
      handleTimeout: (now) => machine.handleTimeout(now),
      handle: (protocol, input, now) => machine.handle({ type: protocol, input } as never, now),
      drain: () => {
        for (let output = machine.poll(); output !== undefined; output = machine.poll()) {
          if (output.type === 'event') this.#event(registrar, output.event);
          else this.perform(registrar, output.type, output.output);
        }
      },
    };
    this.registrars.set(identifier, registrar);
    this.add(registrar);
    machine.handle({ type: 'start' }, this.now);
    registrar.drain();
    return registrar;
  }

  /** Registers a pool element of a host of its own, which knows these registrars. */
  element(
    identifier: number,
    pool: string,
    registrars: readonly number[],
    policy: SelectionPolicy = { type: 'roundRobin' },
    timing: Partial<AsapTiming> = {},
  ): ScopeElement {
    let lastAssociation = 0;
    const allocateAssociation = (): number => ++lastAssociation;
    const machine = new PoolElementMachine({
      random: seededRandom(this.random()),
      allocateAssociation,
      registrars: registrars.map((registrar) => endpointOf([0, registrar], asapPort)),
      timing: { ...asapTimingProfiles.lan, ...timing },
    });
    const host = [1, identifier] as const;
    const element: ScopeElement = {
      name: `E${identifier}`,
      identifier,
      host,
      machine,
      events: [],
      state: 'running',
      backlog: [],
      allocateAssociation,
      nextTimeout: () => machine.nextTimeout(),
      handleTimeout: (now) => machine.handleTimeout(now),
      handle: (_, input, now) => machine.handle(input as PoolElementInput, now),
      drain: () => {
        for (let output = machine.poll(); output !== undefined; output = machine.poll()) {
          if (output.type === 'event') this.#event(element, output.event);
          else this.perform(element, 'asap', output);
        }
      },
    };
    this.elements.set(identifier, element);
    this.add(element);
    const [address = new Uint8Array(4)] = endpointOf(host, 7).addresses;
    this.tell(identifier, {
      type: 'register',
      poolHandle: poolHandleFromText(pool),
      poolElement: {
        identifier,
        registrationLife: 300,
        // Like nearly all elements: its messages are encoded and decoded the way that theirs are.
        userTransport: { protocol: 'sctp', port: 7, transportUse: 0, addresses: [address] },
        policy,
      },
    });
    return element;
  }

  /** Hands an input of the application to a pool element. */
  tell(identifier: number, input: PoolElementInput): void {
    const element = this.elements.get(identifier);
    if (element === undefined) throw new Error(`no pool element ${identifier}`);
    element.machine.handle(input, this.now);
    element.drain();
  }

  /** The handlespace of a registrar as sorted text: pool, element and home. */
  view(identifier: number): string[] {
    const { handlespace } = this.registrars.get(identifier)?.machine ?? {};
    const view: string[] = [];
    for (const home of handlespace?.homeRegistrars() ?? []) {
      for (const element of handlespace?.elementsOf(home) ?? []) {
        const pool = formatPoolHandle(handlespace?.poolHandle(element) ?? new Uint8Array());
        view.push(`${pool}/${handlespace?.poolElement(element).identifier}@${home}`);
      }
    }
    return view.toSorted();
  }

  /** The registrars that run. */
  living(): ScopeRegistrar[] {
    return [...this.registrars.values()].filter((registrar) => registrar.state === 'running');
  }

  #event(node: ScopeRegistrar | ScopeElement, event: { readonly type: string }): void {
    (node.events as object[]).push({ ...event, at: this.now });
    this.note(`${node.name} .. ${formatRecord(event)}`);
  }
}

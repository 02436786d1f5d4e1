import type { EnrpPeer } from '@rserpool/enrp';
import { asapTable, enrpTable } from './association-tables.ts';
import { type Endpoint, type Group, realClock } from '@rserpool/transport';
import { type AssociationTable, EventHub, MachineDriver } from '@rserpool/transport/internal';
import {
  type AsapMessage,
  type AssociationId,
  type EnrpMessage,
  type NetworkOutput,
  type RandomSource,
  type RemoteEndpoint,
  RserpoolError,
  type SctpTransport,
  TransportUse,
} from '@rserpool/wire';
import type { RegistrarInput } from './machine/registrar-input.ts';
import { RegistrarMachine } from './machine/registrar-machine.ts';
import type { RegistrarOutput } from './machine/registrar-output.ts';
import type { Registrar } from './registrar.ts';
import type { RegistrarEvent, RegistrarEventOf } from './registrar-events.ts';
import type { RegistrarOptions } from './registrar-options.ts';
import { type RegistrarProfileSettings, registrarProfiles, registrarTimers } from './registrar-profile.ts';
import type { PoolSnapshot, RegistrarCounters } from './registrar-snapshot.ts';
import { snapshotPools } from './snapshot-pools.ts';

/** The endpoints and groups of a registrar. */
export interface BoundNetwork {
  readonly asap: Endpoint;
  readonly poolUsers: Endpoint | undefined;
  readonly enrp: Endpoint;
  readonly announce: Group | undefined;
  readonly enrpGroup: Group | undefined;
}

/** The options with the peers as endpoints. */
export type ResolvedOptions = Omit<RegistrarOptions, 'peers'> & { readonly peers: readonly RemoteEndpoint[] };

/** A {@link RegistrarMachine} on endpoints. */
export class RunningRegistrar implements Registrar {
  readonly identifier: number;
  readonly #network: BoundNetwork;
  readonly #machine: RegistrarMachine;
  readonly #driver: MachineDriver<RegistrarInput, RegistrarOutput>;
  readonly #asap: AssociationTable<AsapMessage>;
  readonly #poolUsers: AssociationTable<AsapMessage> | undefined;
  readonly #enrp: AssociationTable<EnrpMessage>;
  readonly #events = new EventHub<RegistrarEvent>();
  readonly #waiting = new Set<(error?: Error) => void>();
  #isReady = false;
  #closing: Promise<void> | undefined;

  constructor(options: ResolvedOptions, network: BoundNetwork, identifier: number, random: RandomSource) {
    this.identifier = identifier;
    this.#network = network;
    const limits = mergedLimits(options);
    const timers = registrarTimers(options.profile, options.timing);
    this.#machine = new RegistrarMachine({
      serverIdentifier: identifier,
      random,
      handlespace: {
        limits: limits.handlespace,
        ...(options.maximumIncrement !== undefined && { maximumIncrement: options.maximumIncrement }),
      },
      asap: {
        timing: timers.asap,
        limits: limits.asap,
        ...(options.addressVerification !== undefined && {
          addressVerification: options.addressVerification,
        }),
        ...(options.minimumAddressScope !== undefined && {
          minimumAddressScope: options.minimumAddressScope,
        }),
        ...(network.announce !== undefined && { announce: { transports: announcedTransports(network) } }),
      },
      enrp: {
        timing: timers.enrp,
        takeoverArbitration: options.takeoverArbitration ?? timers.takeoverArbitration,
        takeoverSuggestion: options.takeoverSuggestion ?? false,
        serverTransport: sctpTransport(network.enrp, TransportUse.dataOnly),
        peers: options.peers,
        useGroup: network.enrpGroup !== undefined,
        limits: limits.enrp,
      },
    });
    this.#driver = new MachineDriver({
      machine: this.#machine,
      clock: options.clock ?? realClock,
      onOutput: (output) => this.#perform(output),
    });
    const shared = { allocateAssociation: this.#machine.allocateAssociation, limits: options.limits?.decode };
    const feedAsap = (input: Extract<RegistrarInput, { type: 'asap' }>['input']): void =>
      this.#driver.input({ type: 'asap', input });
    const asapShared = {
      ...shared,
      feed: feedAsap,
      onCongestion: (association: AssociationId, isCongested: boolean): void =>
        feedAsap({ type: 'congestion', association, isCongested }),
    };
    this.#asap = asapTable({ ...asapShared, endpoint: network.asap, group: network.announce });
    this.#poolUsers =
      network.poolUsers && asapTable({ ...asapShared, endpoint: network.poolUsers, group: undefined });
    this.#enrp = enrpTable({
      ...shared,
      endpoint: network.enrp,
      group: network.enrpGroup,
      feed: (input) => this.#driver.input({ type: 'enrp', input }),
    });
    this.#driver.input({ type: 'start' });
  }

  get asapEndpoint(): RemoteEndpoint {
    return remoteEndpoint(this.#network.asap);
  }

  get poolUserEndpoint(): RemoteEndpoint | undefined {
    return this.#network.poolUsers && remoteEndpoint(this.#network.poolUsers);
  }

  get enrpEndpoint(): RemoteEndpoint {
    return remoteEndpoint(this.#network.enrp);
  }

  get peers(): readonly EnrpPeer[] {
    return this.#machine.enrp.peers();
  }

  get counters(): RegistrarCounters {
    return { asap: this.#machine.asap.counters, enrp: this.#machine.enrp.counters };
  }

  get poolCount(): number {
    return this.#machine.handlespace.poolCount;
  }

  get elementCount(): number {
    return this.#machine.handlespace.elementCount;
  }

  get ownElementCount(): number {
    return this.#machine.handlespace.countOf(this.identifier);
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  pools(): readonly PoolSnapshot[] {
    return snapshotPools(this.#machine.handlespace);
  }

  on<Type extends RegistrarEvent['type']>(
    type: Type,
    handler: (event: RegistrarEventOf<Type>) => void,
  ): () => void {
    return this.#events.on(type, handler);
  }

  onEvent(handler: (event: RegistrarEvent) => void): () => void {
    return this.#events.onAny(handler);
  }

  async ready(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const { signal } = options;
    signal?.throwIfAborted();
    if (this.#closing !== undefined) throw closedError();
    if (this.#isReady) return;
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: Error): void => {
        this.#waiting.delete(settle);
        signal?.removeEventListener('abort', onAbort);
        if (error === undefined) resolve();
        else reject(error);
      };
      const onAbort = (): void => settle(signal?.reason as Error);
      this.#waiting.add(settle);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  async close(): Promise<void> {
    this.#closing ??= this.#close();
    await this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    this.#driver.input({ type: 'shutdown' });
    this.#driver.stop();
    for (const table of [this.#asap, this.#poolUsers, this.#enrp]) table?.stop();
    for (const settle of [...this.#waiting]) settle(closedError());
    const { asap, poolUsers, enrp, announce, enrpGroup } = this.#network;
    await Promise.all([asap, poolUsers, enrp, announce, enrpGroup].map(async (part) => part?.close()));
    this.#events.clear();
  }

  #perform(output: RegistrarOutput): void {
    if (output.type === 'asap') this.#asapTableFor(output.output).perform(output.output);
    else if (output.type === 'enrp') this.#enrp.perform(output.output);
    else this.#emit(output.event);
  }

  /** What goes to a pool user's connection goes by its table; everything else, and every new association, by SCTP's. */
  #asapTableFor(output: NetworkOutput<AsapMessage>): AssociationTable<AsapMessage> {
    const isPoolUsers =
      'association' in output &&
      this.#poolUsers?.association(output.association) !== undefined &&
      output.type !== 'open';
    return isPoolUsers && this.#poolUsers !== undefined ? this.#poolUsers : this.#asap;
  }

  #emit(event: RegistrarEvent): void {
    if (event.type === 'initialized') {
      this.#isReady = true;
      for (const settle of [...this.#waiting]) settle();
    }
    this.#events.emit(event);
  }
}

function mergedLimits({ profile = 'rfc', limits }: ResolvedOptions): RegistrarProfileSettings['limits'] {
  const { asap, enrp, handlespace } = registrarProfiles[profile].limits;
  return {
    asap: { ...asap, ...limits?.asap },
    enrp: { ...enrp, ...limits?.enrp },
    handlespace: { ...handlespace, ...limits?.handlespace },
  };
}

function closedError(): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_REGISTRAR_CLOSED', 'the registrar is closed; create a new one');
}

function remoteEndpoint({ localAddresses, port }: Endpoint): RemoteEndpoint {
  return { addresses: localAddresses, port };
}

function sctpTransport({ localAddresses, port }: Endpoint, transportUse: number): SctpTransport {
  return { protocol: 'sctp', port, transportUse, addresses: localAddresses };
}

/** RFC 5352 section 2.2.10: SCTP and TCP transports only; a TCP transport has one address. */
function announcedTransports(network: BoundNetwork): NonNullable<AnnounceTransports> {
  const { poolUsers } = network;
  const tcp = (poolUsers?.localAddresses ?? []).map((address) => ({
    protocol: 'tcp' as const,
    port: poolUsers?.port ?? 0,
    address,
  }));
  return [sctpTransport(network.asap, TransportUse.dataOnly), ...tcp];
}

type AnnounceTransports = NonNullable<
  ConstructorParameters<typeof RegistrarMachine>[0]['asap']['announce']
>['transports'];

import type { AssociationId, IpAddress, Machine, RemoteEndpoint } from '@rserpool/wire';
import type {
  Association,
  AssociationSupport,
  Clock,
  ConnectOptions,
  OutboundMessage,
} from '@rserpool/transport';
import {
  AcceptQueue,
  AssociationIndex,
  type BindSettings,
  ConnectionAttempts,
  type DialOptions,
  endpointClosedError,
} from '@rserpool/transport/internal';
import type { PacketCarrier } from '../carriers/packet-carrier.ts';
import type { SctpStatistics } from '../core/endpoint/sctp-statistics.ts';
import type { SctpInput, SctpParameters } from '../core/sctp-input.ts';
import type { SctpOutput } from '../core/sctp-output.ts';
import { associationParameters } from './association-parameters.ts';
import { Closings } from './closings.ts';
import { Dials } from './dials.ts';
import { concreteAddresses } from './local-addresses.ts';
import { lossReasonOf, setUpError } from './loss-reasons.ts';
import { MachineRunner } from './machine-runner.ts';
import { type AssociationCarrier, SctpAssociation } from './sctp-association.ts';
import type { SctpEndpoint } from './sctp-endpoint.ts';

/** Options of {@link CoreEndpoint}. */
export interface CoreEndpointOptions {
  /** Carries the packets. */
  readonly carrier: PacketCarrier;
  /** The machine at the carrier's addresses and port. */
  readonly machine: Machine<SctpInput, SctpOutput> & { readonly statistics: Readonly<SctpStatistics> };
  /** Names associations; the machine draws from the same one. */
  readonly allocate: () => AssociationId;
  /** The UDP port of a remote endpoint that nothing was heard of yet. */
  readonly encapsulationPort: (address: IpAddress, port: number) => number;
  /** The checked options of the caller. */
  readonly settings: BindSettings;
  /** What its associations can do. */
  readonly supports: AssociationSupport;
  /** Time and timers. */
  readonly clock: Clock;
  /** The protocol parameters that the caller gave. */
  readonly parameters: Partial<SctpParameters>;
  /** How long a peer may take to take part in a graceful close. */
  readonly closeTimeoutMs: number;
}

/** An SCTP endpoint whose protocol is this package's own core. */
export class CoreEndpoint implements SctpEndpoint {
  readonly port: number;
  readonly #options: CoreEndpointOptions;
  readonly #runner: MachineRunner;
  readonly #accepted: AcceptQueue;
  readonly #index: AssociationIndex<SctpAssociation> = new AssociationIndex();
  readonly #associations: Map<AssociationId, SctpAssociation> = new Map();
  readonly #attempts: ConnectionAttempts<SctpAssociation>;
  readonly #dials: Dials;
  readonly #closings: Closings;
  readonly #carrier: AssociationCarrier;
  #readers: SctpAssociation[] = [];
  #isClosed = false;
  #closing: Promise<void> | undefined;

  constructor(options: CoreEndpointOptions) {
    const { carrier, settings, clock } = options;
    this.#options = options;
    this.port = carrier.port;
    this.#runner = new MachineRunner({
      machine: options.machine,
      clock,
      onOutput: (output) => this.#onOutput(output),
      onRound: () => this.#reportConsumed(),
    });
    this.#accepted = new AcceptQueue(settings.maximumAssociations);
    this.#attempts = new ConnectionAttempts({
      clock,
      heartbeat: settings.heartbeat,
      reuse: true,
      find: (remote) => this.#index.find(remote),
      dial: (remote, dialOptions) => this.#dial(remote, dialOptions),
    });
    this.#dials = new Dials({
      clock,
      probe: (address, port, onRefused) =>
        carrier.probe(address, options.encapsulationPort(address, port), onRefused),
      giveUp: (association) => this.#runner.later({ type: 'abort', association }),
    });
    this.#closings = new Closings(clock, options.closeTimeoutMs);
    this.#carrier = this.#associationCarrier();
    carrier.onPacket = (bytes, source, destination, encapsulationPort) => {
      this.#runner.now({ type: 'packet', bytes, source, destination, encapsulationPort });
    };
  }

  get localAddresses(): readonly IpAddress[] {
    return this.#options.carrier.localAddresses;
  }

  /** The associations that are up. */
  get associations(): readonly Association[] {
    return this.#index.all();
  }

  get statistics(): Readonly<SctpStatistics> {
    return this.#options.machine.statistics;
  }

  get onAssociation(): ((association: Association) => void) | undefined {
    return this.#accepted.owner;
  }

  set onAssociation(owner: ((association: Association) => void) | undefined) {
    this.#accepted.owner = owner;
  }

  connect(remote: RemoteEndpoint, options: ConnectOptions = {}): Promise<Association> {
    return this.#attempts.connect(remote, options);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async setLocalAddresses(addresses: readonly IpAddress[]): Promise<void> {
    if (this.#isClosed) throw endpointClosedError();
    const { carrier } = this.#options;
    await carrier.setLocalAddresses(concreteAddresses(addresses, true));
    this.#runner.now({ type: 'localAddresses', addresses: carrier.localAddresses });
  }

  async #close(): Promise<void> {
    this.#isClosed = true;
    this.#accepted.clear();
    this.#attempts.close();
    await Promise.all(this.#index.all().map((association) => association.close()));
    await this.#closings.all();
    this.#runner.stop();
    await this.#options.carrier.close();
  }

  #dial(remote: RemoteEndpoint, options: DialOptions): Promise<SctpAssociation> {
    const association = this.#options.allocate();
    const dialled = this.#dials.begin(association, remote, options);
    this.#runner.later({
      type: 'associate',
      association,
      remote,
      parameters: associationParameters(options.heartbeat, this.#options.parameters),
    });
    return dialled;
  }

  #associationCarrier(): AssociationCarrier {
    const runner = this.#runner;
    return {
      send: (association: SctpAssociation, message: OutboundMessage): void => {
        runner.later({
          type: 'send',
          association: association.id,
          data: message.data,
          payloadProtocolIdentifier: message.payloadProtocolIdentifier,
          stream: message.stream ?? 0,
          unordered: message.unordered ?? false,
          context: message,
        });
      },
      consumed: (association: SctpAssociation): void => {
        this.#readers.push(association);
        runner.plan();
      },
      shutdown: (association: SctpAssociation): Promise<void> => {
        this.#index.remove(association);
        runner.later({ type: 'shutdown', association: association.id });
        return this.#closings.begin(association.id, () => this.#drop(association));
      },
      abort: (association: SctpAssociation): void => this.#drop(association),
    };
  }

  /** Aborts; what was not delivered is told after the caller's code has run. */
  #drop(association: SctpAssociation): void {
    this.#index.remove(association);
    this.#runner.later({ type: 'abort', association: association.id });
    queueMicrotask(() => {
      this.#associations.delete(association.id);
      association.gone('aborted');
    });
  }

  /** What the owners have read opens the receive windows again. */
  #reportConsumed(): void {
    if (this.#readers.length === 0) return;
    const readers = this.#readers;
    this.#readers = [];
    for (const association of readers) {
      this.#runner.later({
        type: 'consumed',
        association: association.id,
        bytes: association.takeConsumed(),
      });
    }
  }

  #onOutput(output: SctpOutput): void {
    switch (output.type) {
      case 'packet': {
        const { bytes, source, destination, encapsulationPort } = output;
        this.#options.carrier.send(bytes, source, destination, encapsulationPort);
        return;
      }
      case 'message':
        this.#associations.get(output.association)?.deliver(output);
        return;
      case 'acknowledged':
        this.#associations.get(output.association)?.acknowledged(output.bytes);
        return;
      case 'sendFailed':
        this.#associations.get(output.association)?.sendFailed(output.context as OutboundMessage);
        return;
      case 'associationUp':
        this.#onUp(output);
        return;
      case 'associationLost':
        this.#onLost(output);
        return;
      case 'associationRestarted':
        this.#associations.get(output.association)?.restarted();
        return;
      case 'pathChanged': {
        const { address, primary } = output;
        const state = output.state === 'active' ? 'active' : 'inactive';
        this.#associations.get(output.association)?.pathChanged({ address, state, primary });
        return;
      }
      case 'remoteAddresses':
        this.#onRemoteAddresses(output.association, output.addresses);
        return;
      case 'operationError':
        // The machine has done what the RFC asks for; there is nothing that the owner could do.
        return;
    }
  }

  #onUp(output: SctpOutput & { readonly type: 'associationUp' }): void {
    const { settings, supports } = this.#options;
    const dial = this.#dials.take(output.association);
    const association = new SctpAssociation({
      id: output.association,
      remote: output.remote,
      inbound: output.inbound,
      supports,
      outboundStreams: output.outboundStreams,
      settings,
      carrier: this.#carrier,
    });
    this.#associations.set(output.association, association);
    this.#index.add(association);
    if (dial !== undefined) dial.resolve(association);
    else if (this.#isClosed || !settings.listen || !output.inbound) association.abort();
    else this.#accepted.push(association);
  }

  #onLost(output: SctpOutput & { readonly type: 'associationLost' }): void {
    const dial = this.#dials.take(output.association);
    if (dial !== undefined) {
      dial.reject(setUpError(dial.remote, dial.timeoutMs, output.reason, output.detail));
      return;
    }
    const association = this.#associations.get(output.association);
    if (association === undefined) return;
    this.#associations.delete(output.association);
    this.#index.remove(association);
    association.gone(lossReasonOf(output.reason));
    this.#closings.end(output.association);
  }

  #onRemoteAddresses(id: AssociationId, addresses: readonly IpAddress[]): void {
    const association = this.#associations.get(id);
    if (association === undefined) return;
    // It is found by its addresses, so it leaves with the old ones and comes back with the new ones.
    this.#index.remove(association);
    association.remoteAddresses(addresses);
    if (association.isOpen) this.#index.add(association);
  }
}

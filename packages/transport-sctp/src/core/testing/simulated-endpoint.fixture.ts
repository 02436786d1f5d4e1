import { createHmac } from 'node:crypto';
import {
  type AssociationId,
  formatIpAddress,
  parseIpAddress,
  type RandomSource,
  seededRandom,
} from '@rserpool/wire';
import { SctpEndpointMachine } from '../endpoint/sctp-endpoint-machine.ts';
import type { HmacSha256, SctpEndpointOptions } from '../sctp-endpoint-options.ts';
import type { SctpInput, SctpParameters } from '../sctp-input.ts';
import type { PacketOutput, SctpOutput } from '../sctp-output.ts';
import type { SimulatedNetwork } from './simulated-network.fixture.ts';

/** HMAC-SHA-256 of the host. */
export const hmacSha256: HmacSha256 = (key, data) => {
  return new Uint8Array(createHmac('sha256', key).update(data).digest());
};

/** Options of an endpoint in a simulation. */
export interface SimulatedEndpointOptions {
  readonly addresses: readonly string[];
  readonly port?: number;
  readonly seed?: number;
  readonly random?: RandomSource;
  readonly parameters?: Partial<SctpParameters>;
  readonly options?: Partial<SctpEndpointOptions>;
}

/** More outputs after one input mean that there is no end of them. */
const maximumOutputs = 100_000;

/** A message that was delivered. */
export type DeliveredMessage = Extract<SctpOutput, { type: 'message' }>;

/** An endpoint on a {@link SimulatedNetwork} with an application that writes down what it is told. */
export class SimulatedEndpoint {
  readonly machine: SctpEndpointMachine;
  readonly port: number;
  readonly addresses: readonly string[];
  /** Everything but packets, messages and acknowledgements, in order. */
  readonly events: Exclude<SctpOutput, PacketOutput | DeliveredMessage | { type: 'acknowledged' }>[] = [];
  /** The messages, in order. */
  readonly messages: DeliveredMessage[] = [];
  /** The packets that were sent. */
  readonly sent: PacketOutput[] = [];
  /** How many bytes were acknowledged. */
  acknowledgedBytes = 0;
  /** Whether messages are read as they come; else `consume` has to be called. */
  reads = true;
  /** Whether {@link sent} is kept. */
  keepsPackets = false;
  readonly #network: SimulatedNetwork;
  #nextAssociation = 1;

  constructor(network: SimulatedNetwork, options: SimulatedEndpointOptions) {
    this.#network = network;
    this.port = options.port ?? 5000;
    this.addresses = options.addresses;
    const addresses = options.addresses.map(parseIpAddress);
    this.machine = new SctpEndpointMachine({
      port: this.port,
      addresses,
      listen: true,
      allocate: () => this.#nextAssociation++,
      random: options.random ?? seededRandom(options.seed ?? 1),
      hmac: hmacSha256,
      encapsulationPort: () => 9899,
      ...(options.parameters !== undefined && { parameters: options.parameters }),
      ...options.options,
    });
    for (const address of addresses) network.attach(address, this);
  }

  /** Opens an association with another endpoint; its name. */
  associate(remote: SimulatedEndpoint, addresses: readonly string[] = remote.addresses): AssociationId {
    const association = this.#nextAssociation++;
    this.handle({
      type: 'associate',
      association,
      remote: { addresses: addresses.map(parseIpAddress), port: remote.port },
    });
    return association;
  }

  /** Sends a message. */
  send(association: AssociationId, data: Uint8Array, stream = 0, unordered = false): void {
    this.handle({ type: 'send', association, data, payloadProtocolIdentifier: 11, stream, unordered });
  }

  /** Gives the machine one input and does what it wants. */
  handle(input: SctpInput): void {
    this.machine.handle(input, this.#network.now);
    this.drain();
  }

  /** The application reads so many bytes. */
  consume(association: AssociationId, bytes: number): void {
    this.handle({ type: 'consumed', association, bytes });
  }

  /** Takes a packet from the network. */
  receive({ bytes, source, destination, encapsulationPort }: PacketOutput): void {
    this.handle({ type: 'packet', bytes, source, destination, encapsulationPort });
  }

  /** When the machine wants to be woken. */
  nextTimeout(): number | undefined {
    return this.machine.nextTimeout();
  }

  /** Wakes the machine. */
  handleTimeout(): void {
    this.machine.handleTimeout(this.#network.now);
    this.drain();
  }

  /** Does what the machine wants done. */
  drain(): void {
    const read = new Map<AssociationId, number>();
    let outputs = 0;
    for (let output = this.machine.poll(); output !== undefined; output = this.machine.poll()) {
      outputs += 1;
      if (outputs > maximumOutputs) throw new Error('the machine has no end of outputs');
      this.#take(output, read);
    }
    for (const [association, bytes] of read) this.consume(association, bytes);
  }

  /** The last association that came up; its name. */
  get association(): AssociationId | undefined {
    return this.events.findLast((event) => event.type === 'associationUp')?.association;
  }

  /** The states that the path to an address had, in order. */
  statesOf(address: string): readonly string[] {
    const states: string[] = [];
    for (const event of this.events) {
      if (event.type === 'pathChanged' && formatIpAddress(event.address) === address)
        states.push(event.state);
    }
    return states;
  }

  #take(output: SctpOutput, read: Map<AssociationId, number>): void {
    if (output.type === 'packet') {
      if (this.keepsPackets) this.sent.push(output);
      this.#network.send(output);
    } else if (output.type === 'message') {
      this.messages.push(output);
      if (this.reads) read.set(output.association, (read.get(output.association) ?? 0) + output.data.length);
    } else if (output.type === 'acknowledged') {
      this.acknowledgedBytes += output.bytes;
    } else {
      this.events.push(output);
    }
  }
}

import { Handlespace } from '@rserpool/handlespace';
import { type EnrpMessage, type ErrorCause, poolHandleFromText, seededRandom } from '@rserpool/wire';
import type { EnrpMessageBody } from '../core/enrp-core.ts';
import type { EnrpEvent } from '../enrp-event.ts';
import type { EnrpInput } from '../enrp-input.ts';
import { EnrpMachine } from '../enrp-machine.ts';
import type { EnrpMachineOptions } from '../enrp-machine-options.ts';
import type { EnrpOutput } from '../enrp-output.ts';
import { elementOf, endpointOf, transportOf } from './cluster.fixture.ts';

/** One registrar, identifier 5, whose peers are played by the test. Its timers are those of the RFC. */
export class Solo {
  readonly handlespace: Handlespace = new Handlespace({ random: seededRandom(1) });
  readonly machine: EnrpMachine;
  readonly outputs: EnrpOutput[] = [];
  now = 1000;
  #opened = 100;

  constructor(options: Partial<EnrpMachineOptions> = {}) {
    this.machine = new EnrpMachine({
      handlespace: this.handlespace,
      serverIdentifier: 5,
      serverTransport: transportOf(5),
      random: seededRandom(7),
      allocateAssociation: () => this.#opened++,
      peers: [],
      ...options,
    });
  }

  start(): this {
    this.input({ type: 'start' });
    return this;
  }

  input(input: EnrpInput): void {
    this.machine.handle(input, this.now);
    this.#drain();
  }

  /** Lets time pass, timer by timer. */
  advance(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (
      let at = this.machine.nextTimeout();
      at !== undefined && at <= end;
      at = this.machine.nextTimeout()
    ) {
      this.now = Math.max(this.now, at);
      this.machine.handleTimeout(this.now);
      this.#drain();
    }
    this.now = end;
  }

  /** A registrar connects, and says who it is. Its association has its identifier as number. */
  peer(identifier: number): void {
    this.connect(identifier);
    this.presence(identifier);
  }

  connect(identifier: number): void {
    const remote = endpointOf(identifier);
    this.input({ type: 'associationUp', association: identifier, remote, inbound: true });
  }

  presence(identifier: number, options: { replyRequired?: boolean; checksum?: number } = {}): void {
    this.receive(identifier, {
      type: 'ENRP_PRESENCE',
      replyRequired: options.replyRequired ?? false,
      checksum: options.checksum ?? 0xffff,
      serverInformation: { identifier, transport: transportOf(identifier) },
    });
  }

  receive(
    senderIdentifier: number,
    body: EnrpMessageBody,
    options: { association?: number; receiver?: number; reports?: readonly ErrorCause[] } = {},
  ): void {
    const message = { ...body, senderIdentifier, receiverIdentifier: options.receiver ?? 0 } as EnrpMessage;
    const association = options.association ?? senderIdentifier;
    this.input({ type: 'message', association, message, reports: options.reports ?? [] });
  }

  /** A peer announces an element of its own, or that it is gone. */
  update(sender: number, action: number, identifier: number, homeRegistrar: number = sender): void {
    this.receive(sender, {
      type: 'ENRP_HANDLE_UPDATE',
      takeoverSuggested: false,
      action,
      poolHandle: poolHandleFromText('echo'),
      poolElement: elementOf(identifier, homeRegistrar),
    });
  }

  /** The home of an element of the pool `echo`. */
  homeOf(identifier: number): number | undefined {
    const element = this.handlespace.find(poolHandleFromText('echo'), identifier);
    return element === undefined ? undefined : this.handlespace.homeRegistrar(element);
  }

  /** Takes the messages that were sent since the last call, with the association they went to. */
  sent(): (EnrpMessage & { readonly to: number })[] {
    return this.#take((output) =>
      output.type === 'send' ? { ...output.message, to: output.association } : undefined,
    );
  }

  /** Takes the events since the last call. */
  events(): EnrpEvent[] {
    return this.#take((output) => (output.type === 'event' ? output.event : undefined));
  }

  /** Takes the outputs of one type since the last call. */
  take<Type extends EnrpOutput['type']>(type: Type): Extract<EnrpOutput, { type: Type }>[] {
    return this.#take((output) =>
      output.type === type ? (output as Extract<EnrpOutput, { type: Type }>) : undefined,
    );
  }

  #take<Value>(select: (output: EnrpOutput) => Value | undefined): Value[] {
    const taken: Value[] = [];
    for (const output of this.outputs.splice(0)) {
      const value = select(output);
      if (value === undefined) this.outputs.push(output);
      else taken.push(value);
    }
    return taken;
  }

  #drain(): void {
    for (let output = this.machine.poll(); output !== undefined; output = this.machine.poll()) {
      this.outputs.push(output);
    }
  }
}

import type {
  AsapMessage,
  ErrorCause,
  Machine,
  NetworkInput,
  NetworkOutput,
  RemoteEndpoint,
} from '@rserpool/wire';
import { endpoint } from './samples.fixture.ts';

type Sent = Extract<NetworkOutput<AsapMessage>, { type: 'send' }>;
type Opened = Extract<NetworkOutput<AsapMessage>, { type: 'open' }>;
type Closed = Extract<NetworkOutput<AsapMessage>, { type: 'close' }>;

/** Drives one machine by hand: every call returns what the machine put out for it. */
export class Hand<Input extends { readonly type: string }, Output extends { readonly type: string }> {
  readonly machine: Machine<Input, Output>;
  now = 0;

  constructor(machine: Machine<Input, Output>) {
    this.machine = machine;
  }

  /** Hands an input over. */
  give(input: Input): Step {
    this.machine.handle(input, this.now);
    return this.#drain();
  }

  /** Lets time pass, running every timer at its time. */
  pass(durationMs: number): Step {
    const end = this.now + durationMs;
    const outputs: Output[] = [];
    for (;;) {
      const next = this.machine.nextTimeout();
      if (next === undefined || next > end) break;
      this.now = Math.max(this.now, next);
      this.machine.handleTimeout(this.now);
      outputs.push(...(this.#drain().outputs as unknown as Output[]));
    }
    this.now = end;
    return new Step(outputs);
  }

  /** A message arrives. */
  message(association: number, message: AsapMessage, reports: readonly ErrorCause[] = []): Step {
    return this.network({ type: 'message', association, message, reports });
  }

  /** An association that the machine opened is up. */
  up(association: number, remote: RemoteEndpoint = endpoint('10.0.0.1:3863')): Step {
    return this.network({ type: 'associationUp', association, remote, inbound: false });
  }

  /** An association was accepted. */
  accept(association: number, remote: RemoteEndpoint = endpoint('10.1.0.1:4000')): Step {
    return this.network({ type: 'associationUp', association, remote, inbound: true });
  }

  /** An association is gone. */
  lose(association: number, reason: string = 'reset'): Step {
    return this.network({ type: 'associationLost', association, reason });
  }

  /** Anything else from the network. */
  network(input: NetworkInput<AsapMessage>): Step {
    return this.give(input as unknown as Input);
  }

  #drain(): Step {
    const outputs: Output[] = [];
    for (let output = this.machine.poll(); output !== undefined; output = this.machine.poll()) {
      outputs.push(output);
    }
    return new Step(outputs);
  }
}

/** What a machine put out. */
export class Step {
  readonly outputs: readonly { readonly type: string; readonly [field: string]: unknown }[];

  constructor(outputs: readonly { readonly type: string }[]) {
    // A message that is encoded already is decoded by reading it.
    this.outputs = outputs.map((output) =>
      'encoded' in output && 'message' in output
        ? { type: output.type, association: (output as Sent).association, message: output.message }
        : { ...output },
    );
  }

  /** The messages. */
  get messages(): AsapMessage[] {
    return this.sends.map((send) => send.message);
  }

  /** The messages with their associations. */
  get sends(): Sent[] {
    return this.outputs.filter((output) => output.type === 'send') as unknown as Sent[];
  }

  /** The associations that are to be opened. */
  get opens(): Opened[] {
    return this.outputs.filter((output) => output.type === 'open') as unknown as Opened[];
  }

  /** The associations that are to be closed. */
  get closes(): Closed[] {
    return this.outputs.filter((output) => output.type === 'close') as unknown as Closed[];
  }

  /** The types of the messages. */
  get messageTypes(): string[] {
    return this.messages.map((message) => message.type);
  }

  /** The events, of one type where given. */
  events(type?: string): { readonly type: string; readonly [field: string]: unknown }[] {
    const events = this.outputs.flatMap((output) =>
      output.type === 'event' ? [{ ...(output['event'] as { type: string }) }] : [],
    );
    return type === undefined ? events : events.filter((event) => event.type === type);
  }

  /** The types of the events. */
  get eventTypes(): string[] {
    return this.events().map((event) => event.type);
  }

  /** Other outputs of a type. */
  of(type: string): { readonly type: string; readonly [field: string]: unknown }[] {
    return this.outputs.filter((output) => output.type === type);
  }
}

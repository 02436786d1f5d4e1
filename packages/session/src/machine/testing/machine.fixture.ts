import type { ResolvedPool } from '@rserpool/asap';
import {
  type PoolElement,
  parseIpAddress,
  poolHandleFromText,
  seededRandom,
  type SelectionPolicy,
} from '@rserpool/wire';
import { PoolSelectors } from '../pool-selectors.ts';
import type { SessionEvent } from '../session-event.ts';
import type { SessionInput } from '../session-input.ts';
import { SessionMachine } from '../session-machine.ts';
import type { SessionMachineOptions } from '../session-machine-options.ts';
import type { SessionMessage } from '../session-message.ts';
import type { SessionOutput } from '../session-output.ts';

/** A pool element at 192.0.2.<identifier>. */
export function elementOf(identifier: number, transportUse = 1): PoolElement {
  return {
    identifier,
    homeRegistrar: 1,
    registrationLife: 60,
    userTransport: {
      protocol: 'sctp',
      port: 7000,
      transportUse,
      addresses: [parseIpAddress(`192.0.2.${identifier}`)],
    },
    policy: { type: 'roundRobin' },
  };
}

/** A pool of elements. */
export function poolOf(
  identifiers: readonly number[],
  fromCache = false,
  policy: SelectionPolicy = { type: 'roundRobin' },
): ResolvedPool {
  return {
    poolHandle: poolHandleFromText('TestPool'),
    policy,
    poolElements: identifiers.map((identifier) => elementOf(identifier)),
    fromCache,
  };
}

/** A message with one byte. */
export function messageOf(byte: number): SessionMessage {
  return { data: Uint8Array.of(byte), payloadProtocolIdentifier: 0, stream: 0, unordered: false };
}

/** A session machine with its time and everything that it put out. */
export interface SessionBench {
  readonly machine: SessionMachine;
  readonly outputs: SessionOutput[];
  /** Gives an input, and returns what came out. */
  give(input: SessionInput): SessionOutput[];
  /** Runs the next timer, and returns what came out. */
  expire(): SessionOutput[];
  /** Lets time pass without timers. */
  pass(ms: number): void;
  now(): number;
  /** The events so far, by their type. */
  types(): string[];
  /** The last event of a type. */
  event<Type extends SessionEvent['type']>(type: Type): Extract<SessionEvent, { type: Type }> | undefined;
  /** The association that was opened last. */
  association(): number;
  /** Answers the resolution, and lets the association come up. */
  connect(identifiers: readonly number[], controlChannel?: boolean): SessionOutput[];
}

/** Puts a session machine on the bench. */
export function benchOf(options: Partial<SessionMachineOptions> = {}): SessionBench {
  const random = seededRandom(1);
  let last = 0;
  const machine = new SessionMachine({
    protocols: ['sctp'],
    random,
    allocateAssociation: () => ++last,
    selectors: new PoolSelectors(random),
    ...options,
  });
  const outputs: SessionOutput[] = [];
  let now = 0;
  const drain = (): SessionOutput[] => {
    const from = outputs.length;
    for (let output = machine.poll(); output !== undefined; output = machine.poll()) outputs.push(output);
    return outputs.slice(from);
  };
  const events = (): SessionEvent[] =>
    outputs.flatMap((output) => (output.type === 'event' ? [output.event] : []));
  const bench: SessionBench = {
    machine,
    outputs,
    give(input) {
      machine.handle(input, now);
      return drain();
    },
    expire() {
      now = Math.max(now, machine.nextTimeout() ?? now);
      machine.handleTimeout(now);
      return drain();
    },
    pass(ms) {
      now += ms;
    },
    now: () => now,
    types: () => events().map(({ type }) => type),
    event(type) {
      const found = events().findLast((event) => event.type === type);
      return found as Extract<SessionEvent, { type: typeof type }> | undefined;
    },
    association: () => last,
    connect(identifiers, controlChannel = true) {
      const from = outputs.length;
      bench.give({ type: 'resolved', pool: poolOf(identifiers) });
      bench.give({ type: 'associationUp', association: last, controlChannel, heartbeats: true });
      return outputs.slice(from);
    },
  };
  return bench;
}

import { type AssociationId, type RandomSource, seededRandom } from '@rserpool/wire';
import { expect } from 'vitest';
import type { SctpParameters } from '../sctp-input.ts';
import { SimulatedEndpoint } from './simulated-endpoint.fixture.ts';
import { type NetworkFaults, SimulatedNetwork } from './simulated-network.fixture.ts';

/** Options of a pair. */
export interface PairOptions {
  readonly seed?: number;
  readonly faults?: Partial<NetworkFaults>;
  /** How many addresses each side has: 1 or 2. */
  readonly addresses?: 1 | 2;
  /** Of both sides. */
  readonly parameters?: Partial<SctpParameters>;
  /** Of the server alone. */
  readonly serverParameters?: Partial<SctpParameters>;
  /** Random numbers of both sides, instead of seeded ones. */
  readonly random?: () => RandomSource;
}

/** Two endpoints on a simulated network. */
export interface SctpPair {
  readonly network: SimulatedNetwork;
  readonly client: SimulatedEndpoint;
  readonly server: SimulatedEndpoint;
}

/** Two endpoints that know nothing of each other yet. */
export function makePair(options: PairOptions = {}): SctpPair {
  const seed = options.seed ?? 1;
  const network = new SimulatedNetwork(seed, options.faults);
  const count = options.addresses ?? 1;
  const { random } = options;
  const client = new SimulatedEndpoint(network, {
    addresses: ['10.0.0.1', '10.0.1.1'].slice(0, count),
    seed: seed * 2,
    parameters: { ...options.parameters },
    ...(random !== undefined && { random: random() }),
  });
  const server = new SimulatedEndpoint(network, {
    addresses: ['10.0.0.2', '10.0.1.2'].slice(0, count),
    port: 7000,
    seed: seed * 2 + 1,
    parameters: { ...options.parameters, ...options.serverParameters },
    ...(random !== undefined && { random: random() }),
  });
  return { network, client, server };
}

/** A pair whose association is up on both sides. */
export function connectedPair(
  options: PairOptions = {},
): SctpPair & { readonly association: AssociationId; readonly serverAssociation: AssociationId } {
  const pair = makePair(options);
  const association = pair.client.associate(pair.server);
  const { network, client, server } = pair;
  const up = network.runUntil(
    () => client.association !== undefined && server.association !== undefined,
    120_000,
  );
  expect(up).toBe(true);
  // So that all paths are confirmed.
  if (options.addresses === 2) network.run(2000);
  return { ...pair, association, serverAssociation: server.association as AssociationId };
}

/** Messages that say which they are: 4 bytes of their number, the rest made of it. */
export function numberedMessage(number: number, length: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(length, 4));
  const random = seededRandom(number);
  for (let at = 4; at < bytes.length; at++) bytes[at] = random();
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

/** The number of such a message; -1 where it is not what was sent. */
export function numberOf(bytes: Uint8Array): number {
  const number = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const expected = numberedMessage(number, bytes.length);
  return expected.every((byte, at) => byte === bytes[at]) ? number : -1;
}

/** The numbers of the messages that were delivered on a stream, in order. */
export function deliveredOn(endpoint: SimulatedEndpoint, stream = 0): readonly number[] {
  return endpoint.messages.filter((message) => message.stream === stream).map(({ data }) => numberOf(data));
}

/** `from`, `from` + 1 ... */
export function upFrom(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}

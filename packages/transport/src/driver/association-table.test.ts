import { type DecodeResult, type NetworkInput, parseIpAddress, RserpoolError } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.ts';
import { Collector } from '../compliance/collector.ts';
import type { Association, InboundMessage } from '../contract/association.ts';
import type { Endpoint } from '../contract/endpoint.ts';
import { createMemoryNetwork, type MemoryNetwork } from '../memory/memory-network.ts';
import { AssociationTable, type AssociationTableOptions } from './association-table.ts';

const serverRemote = { addresses: [parseIpAddress('192.0.2.2')], port: 3863 };

/** Messages are numbers 0 .. 199 in one byte; 200 and more are malformed, negative ones cannot be encoded. */
const protocol = {
  payloadProtocolIdentifier: 11,
  encode(message: number): Uint8Array {
    if (message < 0) throw new RserpoolError('ERR_RSERPOOL_INVALID_MESSAGE', 'negative');
    return Uint8Array.of(message);
  },
  decode(bytes: Uint8Array): DecodeResult<number> {
    const [byte = 255] = bytes;
    if (byte < 200) return { ok: true, message: byte, reports: [] };
    const error = {
      code: 'unknown-message',
      offset: 0,
      type: byte,
      messageType: byte,
      action: 'report',
      reason: 'unknown',
    } as const;
    return { ok: false, error };
  },
};

interface World {
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  readonly endpoint: Endpoint;
  readonly table: AssociationTable<number>;
  readonly fed: NetworkInput<number>[];
  readonly foreign: [number, InboundMessage][];
  readonly failures: unknown[];
}

const world = async (options: Partial<AssociationTableOptions<number>> = {}): Promise<World> => {
  const clock = createVirtualClock();
  const network = createMemoryNetwork({ clock, delayMs: 10 });
  const endpoint = await network.transport('192.0.2.1').bind({ port: 1 });
  const fed: NetworkInput<number>[] = [];
  const foreign: [number, InboundMessage][] = [];
  const failures: unknown[] = [];
  let next = 100;
  const table = new AssociationTable<number>({
    endpoint,
    protocol,
    allocateAssociation: () => next++,
    feed: (input) => fed.push(input),
    onForeignMessage: (number, message) => foreign.push([number, message]),
    onSendFailure: (number, message, error) =>
      failures.push([number, message, (error as RserpoolError).code]),
    ...options,
  });
  return { clock, network, endpoint, table, fed, foreign, failures };
};

const listen = async ({ network }: World, host = '192.0.2.2', port = 3863): Promise<Association[]> => {
  const server = await network.transport(host).bind({ port });
  const accepted: Association[] = [];
  server.onAssociation = (association) => accepted.push(association);
  return accepted;
};

const kinds = (fed: readonly NetworkInput<number>[]): string[] =>
  fed.map((input) => ('association' in input ? `${input.type} ${input.association}` : input.type));

const only = (associations: readonly Association[]): Association => {
  const [association] = associations;
  if (association === undefined) throw new Error('nothing was accepted');
  return association;
};

describe('association table', () => {
  it('opens, sends, receives and tells a loss', async () => {
    const state = await world();
    const { clock, table, fed } = state;
    const accepted = await listen(state);
    table.perform({ type: 'open', association: 1, remote: serverRemote });
    await clock.advance(20);
    expect(fed).toEqual([{ type: 'associationUp', association: 1, remote: serverRemote, inbound: false }]);
    const peer = new Collector(only(accepted));
    table.perform({ type: 'send', association: 1, message: 42 });
    peer.association.send({ data: Uint8Array.of(43), payloadProtocolIdentifier: 11 });
    await clock.advance(10);
    expect(peer.content()).toEqual(Uint8Array.of(42));
    expect(fed.at(-1)).toEqual({ type: 'message', association: 1, message: 43, reports: [] });
    peer.association.abort();
    await clock.advance(10);
    expect(fed.at(-1)).toEqual({ type: 'associationLost', association: 1, reason: 'aborted' });
    expect(table.size).toBe(0);
    expect(table.counters).toMatchObject({ opened: 1, sent: 1, received: 1, lost: 1, failedAttempts: 0 });
  });

  it('numbers what is accepted, and tells malformed and foreign messages apart', async () => {
    const { clock, network, table, fed, foreign } = await world();
    const other = await network.transport('192.0.2.2').bind({ port: 5 });
    const connecting = other.connect({ addresses: [parseIpAddress('192.0.2.1')], port: 1 });
    await clock.advance(20);
    const association = await connecting;
    association.send({ data: Uint8Array.of(1), payloadProtocolIdentifier: 12 });
    association.send({ data: Uint8Array.of(201), payloadProtocolIdentifier: 11 });
    association.send({ data: Uint8Array.of(2), payloadProtocolIdentifier: 11 });
    await clock.advance(10);
    expect(kinds(fed)).toEqual(['associationUp 100', 'malformed 100', 'message 100']);
    expect(foreign.map(([number, { data }]) => [number, data[0]])).toEqual([[100, 1]]);
    expect(table.counters).toMatchObject({ accepted: 1, malformed: 1, foreign: 1, received: 1 });
    expect(table.association(100)?.remote.port).toBe(5);
  });

  it('tells once when an association is congested, and once when it is not any more', async () => {
    const told: [number, boolean][] = [];
    const state = await world({
      onCongestion: (association, isCongested) => told.push([association, isCongested]),
    });
    const { clock, table } = state;
    const accepted = await listen(state);
    table.perform({ type: 'open', association: 1, remote: serverRemote });
    await clock.advance(20);
    const peer = new Collector(only(accepted));
    peer.association.pause();
    let sent = 0;
    // What waits at the peer, and what waits here, are 256 KiB each.
    while (told.length === 0 && sent < 1_000_000) {
      table.perform({ type: 'send', association: 1, message: 1 });
      sent += 1;
      if (sent % 10_000 === 0) await clock.advance(20);
    }
    table.perform({ type: 'send', association: 1, message: 2 });
    expect(told).toEqual([[1, true]]);
    peer.association.resume();
    await clock.advance(1_000);
    expect(told).toEqual([
      [1, true],
      [1, false],
    ]);
    expect(peer.content()).toHaveLength(sent + 1);
  });

  it('answers an attempt that fails with one loss and its reason', async () => {
    const state = await world({ connectTimeoutMs: 300 });
    const { clock, network, table, fed } = state;
    network.host('192.0.2.2');
    table.perform({ type: 'open', association: 1, remote: serverRemote });
    table.perform({
      type: 'open',
      association: 2,
      remote: { addresses: [parseIpAddress('192.0.2.9')], port: 1 },
    });
    table.perform({ type: 'open', association: 3, remote: { addresses: [], port: 1 } });
    await clock.advance(1000);
    expect(fed).toEqual([
      { type: 'associationLost', association: 3, reason: 'ERR_RSERPOOL_INVALID_ARGUMENT' },
      { type: 'associationLost', association: 1, reason: 'ERR_RSERPOOL_CONNECTION_REFUSED' },
      { type: 'associationLost', association: 2, reason: 'ERR_RSERPOOL_CONNECT_TIMEOUT' },
    ]);
  });

  it('tells nothing of an attempt that the machine closed, and aborts what came up nevertheless', async () => {
    const state = await world();
    const { clock, table, fed } = state;
    const accepted = await listen(state);
    table.perform({ type: 'open', association: 1, remote: serverRemote });
    await clock.advance(15);
    const peer = new Collector(only(accepted));
    table.perform({ type: 'close', association: 1, abort: false });
    await clock.advance(1000);
    expect(fed).toEqual([]);
    expect(peer.lost).toBe('aborted');
  });

  it('closes gracefully or at once, and tells nothing of it', async () => {
    for (const abort of [false, true]) {
      const state = await world();
      const { clock, table, fed } = state;
      const accepted = await listen(state);
      table.perform({ type: 'open', association: 1, remote: serverRemote });
      await clock.advance(20);
      const peer = new Collector(only(accepted));
      table.perform({ type: 'close', association: 1, abort });
      table.perform({ type: 'send', association: 1, message: 1 });
      table.perform({ type: 'close', association: 1, abort });
      await clock.advance(1000);
      expect(kinds(fed)).toEqual(['associationUp 1']);
      expect(peer.lost).toBe(abort ? 'aborted' : 'closed-by-peer');
      expect(table.counters.sendFailures).toBe(1);
    }
  });

  it('gives a reused association one more number, and closes it with the last', async () => {
    const state = await world();
    const { clock, table, fed } = state;
    const accepted = await listen(state);
    table.perform({ type: 'open', association: 1, remote: serverRemote });
    table.perform({ type: 'open', association: 2, remote: serverRemote });
    await clock.advance(20);
    const peer = new Collector(only(accepted));
    expect([accepted.length, table.size]).toEqual([1, 1]);
    peer.association.send({ data: Uint8Array.of(1), payloadProtocolIdentifier: 11 });
    await clock.advance(10);
    table.perform({ type: 'close', association: 2, abort: true });
    peer.association.send({ data: Uint8Array.of(2), payloadProtocolIdentifier: 11 });
    await clock.advance(10);
    table.perform({ type: 'open', association: 3, remote: serverRemote });
    await clock.advance(10);
    expect(peer.lost).toBe(undefined);
    peer.association.abort();
    await clock.advance(10);
    expect(kinds(fed)).toEqual([
      'associationUp 1',
      'associationUp 2',
      'message 2',
      'message 1',
      'associationUp 3',
      'associationLost 1',
      'associationLost 3',
    ]);
  });

  it('answers an open with an association of its own making where the peer has opened one before', async () => {
    const { clock, network, endpoint, table, fed } = await world();
    const other = await network.transport('192.0.2.2').bind({ port: 3863 });
    const connecting = other.connect({ addresses: endpoint.localAddresses, port: endpoint.port });
    await clock.advance(20);
    await connecting;
    table.perform({ type: 'open', association: 1, remote: serverRemote });
    await clock.advance(20);
    expect(fed).toMatchObject([
      { type: 'associationUp', association: 100, inbound: true },
      { type: 'associationUp', association: 1, inbound: false },
    ]);
  });

  it('reports a message that cannot be encoded or sent, and does not throw', async () => {
    const state = await world();
    const { clock, table, fed, failures } = state;
    await listen(state);
    table.perform({ type: 'open', association: 1, remote: serverRemote });
    await clock.advance(20);
    table.perform({ type: 'send', association: 1, message: -1 });
    table.perform({ type: 'send', association: 77, message: 1 });
    expect(failures).toEqual([[1, -1, 'ERR_RSERPOOL_INVALID_MESSAGE']]);
    expect(kinds(fed)).toEqual(['associationUp 1']);
    expect(table.counters.sendFailures).toBe(2);
  });

  it('gives up an association whose peer does not read, rather than drop messages in its middle', async () => {
    const clock = createVirtualClock();
    const network = createMemoryNetwork({ clock, delayMs: 10 });
    const fed: NetworkInput<number>[] = [];
    const endpoint = await network
      .transport('192.0.2.1')
      .bind({ sendHighWaterMarkBytes: 1, maximumSendBufferBytes: 5 });
    const table = new AssociationTable<number>({
      endpoint,
      protocol,
      allocateAssociation: () => 100,
      feed: (input) => fed.push(input),
    });
    await network.transport('192.0.2.2').bind({ port: 3863 });
    table.perform({ type: 'open', association: 1, remote: serverRemote });
    await clock.advance(20);
    for (let message = 0; message < 10; message += 1)
      table.perform({ type: 'send', association: 1, message });
    expect(fed.slice(1)).toEqual([
      { type: 'associationLost', association: 1, reason: 'ERR_RSERPOOL_SEND_BUFFER_FULL' },
    ]);
    expect(table.counters.sent).toBe(5);
  });

  it('has only so many attempts under way, in order', async () => {
    const state = await world({ maximumConcurrentAttempts: 2 });
    const { clock, table, fed } = state;
    for (let host = 10; host < 15; host += 1) {
      await listen(state, `192.0.2.${host}`);
      table.perform({
        type: 'open',
        association: host,
        remote: { addresses: [parseIpAddress(`192.0.2.${host}`)], port: 3863 },
      });
    }
    const upAfter: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await clock.advance(20);
      upAfter.push(fed.length);
    }
    expect(upAfter).toEqual([2, 4, 5]);
    expect(kinds(fed)).toEqual([10, 11, 12, 13, 14].map((number) => `associationUp ${number}`));
  });

  it('sends to its group and feeds what comes from it', async () => {
    const clock = createVirtualClock();
    const network = createMemoryNetwork({ clock });
    const options = { group: parseIpAddress('224.0.1.185'), port: 3863, localPort: 5 };
    const join = async (host: string) => {
      const group = await network.transport(host).groups?.join(options);
      if (group === undefined) throw new Error('the memory network has groups');
      return group;
    };
    const group = await join('192.0.2.1');
    const other = await join('192.0.2.2');
    const got: number[] = [];
    other.onDatagram = (data) => got.push(data[0] ?? -1);
    const fed: NetworkInput<number>[] = [];
    const failures: unknown[] = [];
    const table = new AssociationTable<number>({
      endpoint: await network.transport('192.0.2.1').bind(),
      group,
      protocol,
      allocateAssociation: () => 1,
      feed: (input) => fed.push(input),
      onSendFailure: (number) => failures.push(number),
    });
    table.perform({ type: 'sendGroup', message: 9 });
    table.perform({ type: 'sendGroup', message: -9 });
    other.send(Uint8Array.of(250));
    await clock.advance(10);
    expect(got).toEqual([9, 250]);
    expect(fed).toEqual([
      { type: 'groupMessage', message: 9, source: { addresses: [parseIpAddress('192.0.2.1')], port: 5 } },
    ]);
    expect([failures, table.counters.malformed]).toEqual([['group'], 1]);
  });

  it('feeds nothing any more once stopped', async () => {
    const state = await world();
    const { clock, network, table, fed } = state;
    const accepted = await listen(state);
    table.perform({ type: 'open', association: 1, remote: serverRemote });
    await clock.advance(20);
    table.perform({
      type: 'open',
      association: 2,
      remote: { addresses: [parseIpAddress('192.0.2.9')], port: 1 },
    });
    table.stop();
    table.perform({ type: 'open', association: 3, remote: serverRemote });
    only(accepted).abort();
    const other = await network.transport('192.0.2.5').bind();
    await Promise.all([
      other.connect({ addresses: [parseIpAddress('192.0.2.1')], port: 1 }),
      clock.advance(10_000),
    ]);
    expect(kinds(fed)).toEqual(['associationUp 1']);
  });
});

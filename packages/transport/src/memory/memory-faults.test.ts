import { parseIpAddress, seededRandom } from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.ts';
import { Collector } from '../compliance/collector.ts';
import type { Association } from '../contract/association.ts';
import type { BindOptions, Endpoint } from '../contract/endpoint.ts';
import { createMemoryNetwork, type MemoryNetwork, type MemoryNetworkOptions } from './memory-network.ts';

const client = '192.0.2.1';
const server = '192.0.2.2';
const serverRemote = { addresses: [parseIpAddress(server)], port: 3863 };
const heartbeat = { intervalMs: 100, maximumMissed: 3 };

interface World {
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  readonly endpoints: { readonly client: Endpoint; readonly server: Endpoint };
  readonly opened: Collector;
  readonly accepted: Collector;
}

const world = async (options: MemoryNetworkOptions = {}, bind: BindOptions = {}): Promise<World> => {
  const clock = createVirtualClock();
  const network = createMemoryNetwork({ delayMs: 10, ...options, clock });
  const serverEndpoint = await network.transport(server).bind({ port: 3863, heartbeat, ...bind });
  const clientEndpoint = await network.transport(client).bind({ heartbeat, ...bind });
  let accepted: Association | undefined;
  serverEndpoint.onAssociation = (association) => {
    accepted = association;
  };
  const connecting = clientEndpoint.connect(serverRemote, { timeoutMs: 100_000 });
  let isUp = false;
  void connecting.then(() => {
    isUp = true;
  });
  await clock.runUntil(() => isUp, 100_000);
  const opened = await connecting;
  if (accepted === undefined) throw new Error('nothing was accepted');
  return {
    clock,
    network,
    endpoints: { client: clientEndpoint, server: serverEndpoint },
    opened: new Collector(opened),
    accepted: new Collector(accepted),
  };
};

const send = (from: Collector, ...bytes: number[]): void => {
  for (const byte of bytes)
    from.association.send({ data: Uint8Array.of(byte), payloadProtocolIdentifier: 1 });
};

const received = (by: Collector): number[] => by.messages.map(({ data }) => data[0] ?? -1);

describe('partition', () => {
  it('is noticed by heartbeat at both ends, after interval times missed', async () => {
    const { clock, network, opened, accepted } = await world();
    network.partition([[client], [server]]);
    await clock.advance(299);
    expect([opened.lost, accepted.lost]).toEqual([undefined, undefined]);
    await clock.advance(1);
    expect([opened.lost, accepted.lost]).toEqual(['heartbeat', 'heartbeat']);
  });

  it('that ends in time only delays what was sent', async () => {
    const { clock, network, opened, accepted } = await world();
    network.partition([[client], [server]]);
    send(opened, 1, 2, 3);
    await clock.advance(250);
    expect(received(accepted)).toEqual([]);
    network.heal();
    await clock.advance(10_000);
    expect(received(accepted)).toEqual([1, 2, 3]);
    expect([opened.lost, accepted.lost]).toEqual([undefined, undefined]);
  });

  it('leaves an end that waits longer with a reset, once the other end is gone', async () => {
    const { clock, network, opened } = await world();
    const patient = await network
      .transport(server)
      .bind({ heartbeat: { intervalMs: 10_000, maximumMissed: 3 } });
    const next = new Promise<Association>((resolve) => {
      patient.onAssociation = resolve;
    });
    const connecting = network.transport(client).bind({ heartbeat });
    const impatient = (await connecting).connect({ ...serverRemote, port: patient.port });
    await clock.advance(20);
    const ends = [new Collector(await impatient), new Collector(await next)];
    network.partition([[client], [server]]);
    await clock.advance(1000);
    expect(ends.map((end) => end.lost)).toEqual(['heartbeat', undefined]);
    network.heal();
    await clock.advance(10);
    expect(ends.map((end) => end.lost)).toEqual(['heartbeat', 'reset']);
    expect(opened.lost).toBe('heartbeat');
  });

  it('reports what was not delivered before the loss', async () => {
    const { clock, network, opened } = await world();
    network.partition([[client], [server]]);
    send(opened, 1, 2);
    await clock.advance(300);
    expect(opened.failed.map(({ data }) => data[0])).toEqual([1, 2]);
    expect(opened.lost).toBe('heartbeat');
  });

  it('lets attempts to connect run into their timeout, or succeed when it ends before', async () => {
    const { clock, network, endpoints } = await world();
    network.partition([[client], [server]]);
    await clock.advance(300);
    const codes: unknown[] = [];
    const attempt = (timeoutMs: number): void => {
      endpoints.client.connect(serverRemote, { timeoutMs }).then(
        () => codes.push('up'),
        (error: { code: string }) => codes.push(error.code),
      );
    };
    attempt(200);
    await clock.advance(200);
    expect(codes).toEqual(['ERR_RSERPOOL_CONNECT_TIMEOUT']);
    attempt(500);
    await clock.advance(100);
    network.heal();
    await clock.advance(20);
    expect(codes).toEqual(['ERR_RSERPOOL_CONNECT_TIMEOUT', 'up']);
  });

  it('separates hosts that are in no group from those that are', async () => {
    const { clock, network, opened } = await world();
    network.partition([[server]]);
    await clock.advance(300);
    expect(opened.lost).toBe('heartbeat');
    network.partition([[client, server]]);
    expect(() => network.partition([['192.0.2.77']])).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
  });
});

describe('hang', () => {
  it('holds up the process: timers, messages and losses wait until it goes on, in order', async () => {
    const { clock, network, opened, accepted } = await world();
    const host = network.host(server);
    const ran: string[] = [];
    host.clock.setTimer(clock.now() + 50, () => ran.push('first'));
    host.clock.setTimer(clock.now() + 60, () => ran.push('second'));
    const stopped = host.clock.setTimer(clock.now() + 55, () => ran.push('stopped'));
    network.hang(server);
    send(opened, 1, 2);
    await clock.advance(200);
    host.clock.clearTimer(stopped);
    expect([ran, received(accepted), host.state]).toEqual([[], [], 'hung']);
    network.resume(server);
    await clock.advance(20);
    expect([ran, received(accepted), host.state]).toEqual([['first', 'second'], [1, 2], 'running']);
    expect([opened.lost, accepted.lost]).toEqual([undefined, undefined]);
  });

  it('that lasts is noticed by the peer, and the process learns of it when it goes on', async () => {
    const { clock, network, opened, accepted } = await world();
    send(opened, 1);
    network.hang(server);
    await clock.advance(300);
    expect([opened.lost, accepted.lost]).toEqual(['heartbeat', undefined]);
    await clock.advance(5000);
    network.resume(server);
    await clock.advance(20);
    expect(received(accepted)).toEqual([1]);
    expect(accepted.lost).toBe('reset');
  });

  it('does not make the process blame its peers when it goes on', async () => {
    const { clock, network, opened, accepted } = await world(
      {},
      { heartbeat: { intervalMs: 1000, maximumMissed: 3 } },
    );
    network.hang(server);
    network.hang(client);
    await clock.advance(2000);
    network.resume(client);
    await clock.advance(500);
    network.resume(server);
    await clock.advance(10_000);
    expect([opened.lost, accepted.lost]).toEqual([undefined, undefined]);
  });

  it('keeps what the process sends until it goes on', async () => {
    const { clock, network, opened, accepted } = await world();
    network.hang(client);
    send(opened, 1);
    await clock.advance(100);
    expect(received(accepted)).toEqual([]);
    network.resume(client);
    send(opened, 2);
    await clock.advance(10);
    expect(received(accepted)).toEqual([1, 2]);
  });

  it('answers no attempt to connect until it goes on', async () => {
    const { clock, network } = await world();
    network.hang(server);
    const other = await network.transport('192.0.2.3').bind();
    let isUp = false;
    void other.connect(serverRemote).then(() => {
      isUp = true;
    });
    await clock.advance(1000);
    expect(isUp).toBe(false);
    network.resume(server);
    await clock.advance(100);
    expect(isUp).toBe(true);
  });
});

describe('kill', () => {
  it('resets the associations at once, refuses, and stops the timers of the process', async () => {
    const { clock, network, endpoints, opened, accepted } = await world();
    const ran: string[] = [];
    const { clock: hostClock } = network.host(server);
    hostClock.setTimer(clock.now() + 5, () => ran.push('timer'));
    send(accepted, 1);
    network.kill(server);
    await clock.advance(10);
    expect([opened.lost, accepted.lost]).toEqual(['reset', undefined]);
    expect(() => send(accepted, 2)).toThrow('ERR_RSERPOOL_ASSOCIATION_CLOSED');
    const refused = endpoints.client.connect(serverRemote);
    const dead = endpoints.server.connect(serverRemote);
    await Promise.all([
      clock.advance(1000),
      expect(refused).rejects.toMatchObject({ code: 'ERR_RSERPOOL_CONNECTION_REFUSED' }),
      expect(dead).rejects.toMatchObject({ code: 'ERR_RSERPOOL_ENDPOINT_CLOSED' }),
    ]);
    await expect(network.transport(server).bind()).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_BIND_FAILED',
    });
    expect(ran).toEqual([]);
  });

  it('is followed by a restart with a free port, and a new clock', async () => {
    const { clock, network, endpoints, opened } = await world();
    const before = network.host(server).clock;
    network.restart(server);
    const again = await network.transport(server).bind({ port: 3863 });
    const next = new Promise<Association>((resolve) => {
      again.onAssociation = resolve;
    });
    await clock.advance(10);
    expect(opened.lost).toBe('reset');
    const connecting = endpoints.client.connect(serverRemote);
    await clock.advance(20);
    const ends = [new Collector(await connecting), new Collector(await next)] as const;
    send(ends[0], 7);
    await clock.advance(10);
    expect(received(ends[1])).toEqual([7]);
    expect(network.host(server).clock === before).toBe(false);
  });

  it('gives up the attempts of the process', async () => {
    const { clock, network, endpoints } = await world();
    network.partition([[client], [server]]);
    await clock.advance(300);
    const attempt = endpoints.client.connect(serverRemote);
    network.kill(client);
    await expect(attempt).rejects.toMatchObject({ code: 'ERR_RSERPOOL_ENDPOINT_CLOSED' });
  });
});

describe('delays', () => {
  it('keep the order on an association, whatever jitter and losses do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 90 }), async (seed, loss) => {
        const { clock, opened, accepted } = await world({
          jitterMs: 100,
          lossProbability: loss / 100,
          random: seededRandom(seed),
        });
        const sent = Array.from({ length: 50 }, (_, index) => index);
        for (const byte of sent) {
          send(opened, byte);
          await clock.advance(1);
        }
        await clock.advance(100_000);
        expect(received(accepted)).toEqual(sent);
      }),
      { numRuns: 20 },
    );
  });

  it('may depend on the two hosts', async () => {
    const clock = createVirtualClock();
    const network = createMemoryNetwork({
      clock,
      delayMs: (from, to) => (from.addresses[0]?.[3] ?? 0) * 10 + (to.addresses[0]?.[3] ?? 0),
    });
    const endpoint = await network.transport(server).bind({ port: 3863 });
    let acceptedAt = -1;
    endpoint.onAssociation = () => {
      acceptedAt = clock.now();
    };
    const connecting = (await network.transport(client).bind()).connect(serverRemote);
    let upAt = -1;
    void connecting.then(() => {
      upAt = clock.now();
    });
    await clock.advance(100);
    expect([acceptedAt, upAt]).toEqual([12, 33]);
  });

  it('repeat themselves with the same seed', async () => {
    const run = async (seed: number): Promise<string[]> => {
      const log: string[] = [];
      const { clock, network, opened, accepted } = await world({
        jitterMs: 50,
        lossProbability: 0.2,
        random: seededRandom(seed),
      });
      for (const end of [opened, accepted]) {
        end.association.handlers = {
          message: ({ data }) => log.push(`${clock.now()} ${data[0]}`),
          lost: (reason) => log.push(`${clock.now()} ${reason}`),
        };
      }
      for (let byte = 0; byte < 20; byte += 1) {
        send(opened, byte);
        send(accepted, byte);
        await clock.advance(7);
      }
      network.kill(client);
      await clock.advance(10_000);
      return log;
    };
    const first = await run(5);
    expect(first.length).toBeGreaterThan(10);
    expect(await run(5)).toEqual(first);
    expect(await run(6)).not.toEqual(first);
  });
});

describe('groups in memory', () => {
  it('lose datagrams, and are cut by partitions', async () => {
    const clock = createVirtualClock();
    const network = createMemoryNetwork({ clock, lossProbability: 0.5, random: seededRandom(3) });
    const options = { group: parseIpAddress('224.0.1.185'), port: 3863 };
    const from = await network.transport(client).groups?.join(options);
    const to = await network.transport(server).groups?.join(options);
    let count = 0;
    if (to !== undefined) to.onDatagram = () => (count += 1);
    for (let index = 0; index < 1000; index += 1) from?.send(Uint8Array.of(1));
    await clock.advance(10);
    expect(count).toBeGreaterThan(400);
    expect(count).toBeLessThan(600);
    const before = count;
    network.partition([[client], [server]]);
    for (let index = 0; index < 100; index += 1) from?.send(Uint8Array.of(1));
    await clock.advance(10);
    expect(count).toBe(before);
  });

  it('keep datagrams for a host that hangs, and none for one that died', async () => {
    const clock = createVirtualClock();
    const network = createMemoryNetwork({ clock });
    const options = { group: parseIpAddress('224.0.1.185'), port: 3863 };
    const from = await network.transport(client).groups?.join(options);
    const to = await network.transport(server).groups?.join(options);
    const got: number[] = [];
    if (to !== undefined) to.onDatagram = (data) => got.push(data[0] ?? -1);
    network.hang(server);
    from?.send(Uint8Array.of(1));
    await clock.advance(10);
    expect(got).toEqual([]);
    network.resume(server);
    await clock.advance(10);
    expect(got).toEqual([1]);
    network.kill(server);
    from?.send(Uint8Array.of(2));
    await clock.advance(10);
    expect(got).toEqual([1]);
  });
});

describe('hosts', () => {
  it('with several addresses are one host, found by each', async () => {
    const clock = createVirtualClock();
    const network = createMemoryNetwork({ clock });
    const host = network.host(['192.0.2.5', '2001:db8::5']);
    expect(network.host('2001:db8::5') === host).toBe(true);
    expect(() => network.host(['192.0.2.5', '192.0.2.6'])).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
    const first = await host.transport.bind({ port: 1, addresses: [parseIpAddress('192.0.2.5')] });
    const second = await host.transport.bind({ port: 1, addresses: [parseIpAddress('2001:db8::5')] });
    expect([first.localAddresses.length, second.localAddresses.length]).toEqual([1, 1]);
    await expect(host.transport.bind({ port: 1 })).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_ADDRESS_IN_USE',
    });
    await expect(host.transport.bind({ addresses: [parseIpAddress('192.0.2.99')] })).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_BIND_FAILED',
    });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calmNetwork, Pair, send } from '../testing/network.fixture.ts';

const connected = (pair = new Pair(), withinMs = 100): Pair => {
  pair.dial();
  pair.pass(withinMs);
  return pair;
};

describe('an association of the simulated network', () => {
  it('comes up after a round trip, and carries messages both ways', () => {
    const pair = new Pair();
    pair.dial();
    pair.pass(19);
    expect(pair.opened).toHaveLength(0);
    pair.pass(1);
    send(pair.opened[0], 1, 2);
    send(pair.accepted[0], 3);
    pair.pass(10);
    expect(pair.accepted[0]?.got).toEqual([1, 2]);
    expect(pair.opened[0]?.got).toEqual([3]);
    expect(pair.network.delivered).toBe(3);
  });

  it('is refused where nobody listens, and times out where no answer comes', () => {
    const pair = new Pair();
    pair.server.kill(false);
    pair.dial();
    pair.pass(100);
    expect(pair.failed).toEqual(['ERR_RSERPOOL_CONNECTION_REFUSED']);
    pair.server.restart();
    pair.server.kill(true);
    pair.dial(300);
    pair.pass(299);
    expect(pair.failed).toHaveLength(1);
    pair.pass(1);
    expect(pair.failed[1]).toBe('ERR_RSERPOOL_CONNECT_TIMEOUT');
    expect(pair.client.links.size).toBe(0);
  });

  it('is shared by all who want it, also while it is being opened', () => {
    const pair = new Pair();
    pair.dial();
    pair.dial();
    pair.pass(100);
    pair.dial();
    expect(pair.opened).toHaveLength(3);
    expect(new Set(pair.opened.map(({ association }) => association)).size).toBe(1);
    expect(pair.accepted).toHaveLength(1);
  });

  it('tells the acceptor when the attempt is given up', () => {
    const pair = new Pair();
    const giveUp = pair.dial();
    pair.pass(15);
    giveUp();
    pair.pass(100);
    expect(pair.failed).toEqual(['ERR_RSERPOOL_ABORTED']);
    expect(pair.accepted[0]?.told).toEqual(['aborted']);
    expect(pair.client.links.size).toBe(0);
  });

  it('is as congested as the worst of several congestions, and not at all after the last one', () => {
    const network = calmNetwork({ retransmission: 0.01 });
    const ends = [0.3, 0.2, 0.3].map((retransmission) => network.congest(retransmission));
    const seen = ends.map((end) => {
      end();
      return network.conditions.retransmission;
    });
    expect(seen).toEqual([0.3, 0.3, 0.01]);
  });

  it('knows how long it takes until all has arrived', () => {
    const pair = connected();
    expect(pair.network.msUntilArrived([pair.client])).toBe(0);
    send(pair.opened[0], 1);
    expect(pair.network.msUntilArrived([pair.client])).toBe(10);
    pair.pass(10);
    expect(pair.network.msUntilArrived([pair.client])).toBe(0);
  });

  it('delivers all in order, each once, whatever the delays are and whoever is stopped or cut off meanwhile', () => {
    const steps = fc.array(
      fc.constantFrom('send', 'send', 'send', 'stop', 'continue', 'cut', 'heal', 'stall', 'pass'),
      {
        maxLength: 60,
        size: 'max',
      },
    );
    fc.assert(
      fc.property(steps, fc.nat(1000), (actions, seed) => {
        const delay = { type: 'exponential', least: 0, mean: 20 } as const;
        const pair = connected(new Pair(calmNetwork({ delay, retransmission: 0.1 }, seed)), 2000);
        let heal = (): void => undefined;
        let sent = 0;
        for (const action of actions) {
          if (action === 'send') send(pair.opened[0], sent++);
          else if (action === 'stop') pair.server.stop(sent % 2 === 0);
          else if (action === 'continue') pair.server.continue();
          else if (action === 'stall') {
            const [link] = pair.client.links;
            link?.stall(link.forward, pair.network.time.now() + 200);
          } else if (action === 'cut') {
            heal();
            heal = pair.network.cut([pair.client], [pair.server]);
          } else if (action === 'heal') heal();
          // Short enough for nobody to take the silence for death.
          pair.pass(5);
        }
        heal();
        pair.server.continue();
        pair.pass(5000);
        expect(pair.accepted[0]?.got).toEqual(Array.from({ length: sent }, (_, index) => index));
        expect(pair.accepted[0]?.told).toEqual([]);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('is lost at both ends when it breaks, with what is under way', () => {
    const pair = connected();
    send(pair.opened[0], 1);
    for (const link of pair.client.links) link.break();
    pair.pass(100);
    expect([pair.opened[0]?.told, pair.accepted[0]?.told]).toEqual([['reset'], ['reset']]);
    expect(pair.accepted[0]?.got).toEqual([]);
    expect(pair.client.links.size).toBe(0);
  });

  it('tells who has sent it what was not delivered, before it tells the loss', () => {
    const pair = connected();
    const [end] = pair.opened;
    if (end === undefined) throw new TypeError('the association did not come up');
    const { handlers } = end.association;
    end.association.handlers = { ...handlers, sendFailed: ({ data }) => end.told.push(`failed ${data[0]}`) };
    send(end, 1);
    pair.pass(10);
    send(end, 2, 3);
    for (const link of pair.client.links) link.break();
    pair.pass(100);
    expect(pair.accepted[0]?.got).toEqual([1]);
    expect(end.told).toEqual(['failed 2', 'failed 3', 'reset']);
  });

  it('is closed gracefully after what was sent, and aborted without', () => {
    const pair = connected();
    send(pair.opened[0], 1);
    void pair.opened[0]?.association.close();
    pair.pass(100);
    expect(pair.accepted[0]).toMatchObject({ got: [1], told: ['closed-by-peer'] });
    pair.dial();
    pair.pass(100);
    send(pair.opened[1], 1);
    pair.opened[1]?.association.abort();
    pair.pass(100);
    expect(pair.accepted[1]).toMatchObject({ got: [], told: ['aborted'] });
  });

  it('is reset at once when the process dies, and lost by its heartbeats when the host does', () => {
    const pair = connected();
    pair.server.kill(false);
    pair.pass(10);
    expect(pair.opened[0]?.told).toEqual(['reset']);
    pair.server.restart();
    pair.listen();
    connected(pair);
    pair.server.kill(true);
    pair.pass(999);
    expect(pair.opened[1]?.told).toEqual([]);
    pair.pass(1);
    expect(pair.opened[1]?.told).toEqual(['heartbeat']);
  });

  it('is lost by the heartbeats of both ends when one way is cut, and survives a short cut', () => {
    const pair = connected();
    pair.network.cut([pair.server], [pair.client])();
    pair.pass(2000);
    expect(pair.opened[0]?.told).toEqual([]);
    pair.network.cut([pair.server], [pair.client]);
    pair.pass(1100);
    expect([pair.opened[0]?.told, pair.accepted[0]?.told]).toEqual([['heartbeat'], ['heartbeat']]);
  });

  it('is restarted by a process that begins anew at the same port before anybody has noticed its death', () => {
    const pair = connected();
    pair.client.kill(true);
    pair.client.restart();
    pair.dial();
    pair.pass(1000);
    expect(pair.accepted).toHaveLength(1);
    expect(pair.accepted[0]?.told).toEqual(['restarted']);
    send(pair.accepted[0], 5);
    pair.pass(10);
    expect(pair.opened[1]?.got).toEqual([5]);
  });

  it('may be answered by a process that begins anew while somebody tries to reach the old one', () => {
    const pair = new Pair();
    pair.server.kill(true);
    pair.dial();
    pair.pass(1000);
    pair.server.restart();
    pair.listen();
    pair.pass(2000);
    expect([pair.opened[0]?.told, pair.accepted[0]?.told]).toEqual([[], []]);
    send(pair.accepted[0], 5);
    pair.pass(10);
    expect(pair.opened[0]?.got).toEqual([5]);
  });

  it('loses, doubles, reorders and changes messages where the network is wild', () => {
    const mischief = { loss: 0.2, duplication: 0.2, reordering: 0.2, corruption: 0.2 };
    const pair = connected(new Pair(calmNetwork({ associations: mischief })));
    send(pair.opened[0], ...Array.from({ length: 100 }, (_, index) => index));
    pair.pass(1000);
    const got = pair.accepted[0]?.got ?? [];
    expect(got).not.toEqual(got.toSorted((a, b) => a - b));
    expect(new Set(got).size).toBeLessThan(got.length);
    expect(new Set(got).size).toBeLessThan(100);
  });
});

describe('a group of the simulated network', () => {
  it('brings a datagram to all members that it reaches, or does with it what the conditions say', () => {
    const network = calmNetwork();
    const hosts = [1, 2, 3].map((number) => network.addHost(`h${number}`, `192.0.2.${number}`));
    const got = hosts.map(() => 0);
    const groups = hosts.map((host, index) => {
      const group = host.join('announces', 3863);
      group.onDatagram = (_, source) => {
        expect(source.port).toBe(3863);
        got[index] = (got[index] ?? 0) + 1;
      };
      return group;
    });
    const [first, , third] = hosts;
    const sendMany = (): void => {
      got.fill(0);
      for (let count = 0; count < 100; count += 1) groups[0]?.send(Uint8Array.of(1));
      network.time.runUntil(network.time.now() + 1000);
    };
    sendMany();
    expect(got).toEqual([100, 100, 100]);
    const heal = network.cut(first === undefined ? [] : [first], third === undefined ? [] : [third]);
    sendMany();
    expect(got).toEqual([100, 100, 0]);
    heal();
    Object.assign(network.conditions.datagrams, { loss: 0.5 });
    sendMany();
    expect(got[1]).toBeLessThan(80);
    Object.assign(network.conditions.datagrams, { loss: 0, duplication: 0.5 });
    sendMany();
    expect(got[1]).toBeGreaterThan(120);
  });
});

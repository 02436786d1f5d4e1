import { seededRandom } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { connectedPair, deliveredOn, numberedMessage, upFrom } from './testing/sctp-pair.fixture.ts';

const allAddresses = ['10.0.0.1', '10.0.1.1', '10.0.0.2', '10.0.1.2'];

describe('a whole exchange', () => {
  it.each(upFrom(1, 16))('delivers everything once and in the order of its stream, seed %d', (seed) => {
    const random = seededRandom(seed * 7919);
    const below = (limit: number): number => random() % limit;
    const hasTwoPaths = seed % 2 === 0;
    const { network, client, server, association, serverAssociation } = connectedPair({
      seed,
      addresses: hasTwoPaths ? 2 : 1,
      parameters: {
        heartbeatIntervalMs: [0, 500, 5000, 30_000][below(4)] as number,
        receiveWindowBytes: [3000, 20_000, 262_144][below(3)] as number,
        associationMaxRetrans: 1000,
      },
      faults: { delayMs: below(100) },
    });
    Object.assign(network.faults, {
      loss: below(20) / 100,
      duplication: below(10) / 100,
      reordering: below(50) / 100,
      reorderingMs: below(200),
      corruption: below(5) / 100,
    });
    const sent: number[][] = [[], [], []];
    const sentBack: number[] = [];
    let number = 0;
    for (let turn = 0; turn < 40; turn++) {
      for (let count = below(12); count > 0; count--) {
        const stream = below(3);
        sent[stream]?.push(number);
        client.send(association, numberedMessage(number++, 4 + below(below(5) === 0 ? 6000 : 300)), stream);
      }
      for (let count = below(6); count > 0; count--) {
        sentBack.push(number);
        server.send(serverAssociation, numberedMessage(number++, 4 + below(1500)));
      }
      for (const address of allAddresses) network.mend(address);
      if (hasTwoPaths && below(2) === 0) network.cut(allAddresses[below(4)] as string);
      network.run(below(1500));
    }
    for (const address of allAddresses) network.mend(address);
    network.runUntil(() => server.messages.length + client.messages.length >= number, 3_600_000);
    expect([0, 1, 2].map((stream) => deliveredOn(server, stream))).toEqual(sent);
    expect(deliveredOn(client)).toEqual(sentBack);

    client.handle({ type: 'shutdown', association });
    const isQuiet = (): boolean => client.nextTimeout() === undefined && server.nextTimeout() === undefined;
    expect(network.runUntil(isQuiet, 3_600_000)).toBe(true);
    expect(client.events.at(-1)).toMatchObject({ type: 'associationLost', reason: 'closed' });
    expect(server.events.at(-1)).toMatchObject({ type: 'associationLost', reason: 'closed-by-peer' });
  });
});

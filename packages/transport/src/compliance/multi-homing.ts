import { bytesEqual } from '@rserpool/wire';
import { Collector } from './collector.ts';
import type { AddTest, Harness, Pair } from './harness.ts';
import type { TransportComplianceOptions } from './suite.ts';

/** How many messages are sent in each round. */
const messages = 100;

interface PathPair extends Pair {
  /** The server's first address, by which the client reaches it at first. */
  readonly first: Uint8Array;
  /** Opens and closes the path to the server's first or second address. */
  setPath(index: 0 | 1, isOpen: boolean): void;
}

/** An association over several paths, and how to cut them. */
const multiHomedPair = async (harness: Harness): Promise<PathPair | undefined> => {
  const { multiHomed } = harness.fixture;
  if (multiHomed === undefined) return undefined;
  const { client, server, remote, setPath } = await multiHomed();
  const next = harness.nextAccepted(server);
  const opened = new Collector(await harness.pass(client.connect(remote)));
  const accepted = new Collector(await harness.pass(next));
  const [first, second] = remote.addresses;
  if (first === undefined || second === undefined) throw new Error('the fixture has only one path');
  return {
    client,
    server,
    opened,
    accepted,
    first,
    setPath: (index, isOpen) => setPath(index === 0 ? first : second, isOpen),
  };
};

const sendRound = (harness: Harness, from: Collector, round: number): void => {
  for (let index = 0; index < messages; index += 1) {
    const data = harness.message(round * messages + index);
    from.association.send({ data, payloadProtocolIdentifier: harness.ppid });
  }
};

const expected = (harness: Harness, rounds: number): Uint8Array[] =>
  Array.from({ length: rounds * messages }, (_, index) => harness.message(index));

/**
 * Associations outlive a path, and the peer's memory.
 *
 * @param test - Adds a test.
 * @param options - The framework.
 */
export function multiHomingTests(test: AddTest, { expect }: TransportComplianceOptions): void {
  test('knows all addresses of a multi-homed peer', async (harness) => {
    const pair = await multiHomedPair(harness);
    if (pair === undefined) return;
    const known = (collector: Collector, addresses: readonly Uint8Array[]): boolean =>
      addresses.every((address) =>
        collector.association.remote.addresses.some((other) => bytesEqual(other, address)),
      );
    expect(known(pair.opened, pair.server.localAddresses)).toBe(true);
    expect(known(pair.accepted, pair.client.localAddresses)).toBe(true);
    expect(pair.opened.association.supports.multiHoming).toBe(true);
  });

  test('goes on by another path when the one in use is cut, without a loss', async (harness) => {
    const pair = await multiHomedPair(harness);
    if (pair === undefined) return;
    const { opened, accepted, first } = pair;
    sendRound(harness, opened, 0);
    await harness.pass(accepted.receivedMessages(messages));
    pair.setPath(0, false);
    sendRound(harness, opened, 1);
    sendRound(harness, accepted, 0);
    await harness.pass(accepted.receivedMessages(2 * messages));
    await harness.pass(opened.receivedMessages(messages));
    expect(accepted.messages.map(({ data }) => data)).toEqual(expected(harness, 2));
    expect(opened.messages.map(({ data }) => data)).toEqual(expected(harness, 1));
    await harness.pass(opened.gotPathState(first, 'inactive'));
    expect([opened.lost, accepted.lost]).toEqual([undefined, undefined]);
  });

  test('uses a path again that was cut and is healed', async (harness) => {
    const pair = await multiHomedPair(harness);
    if (pair === undefined) return;
    const { opened, accepted, first } = pair;
    pair.setPath(0, false);
    sendRound(harness, opened, 0);
    await harness.pass(opened.gotPathState(first, 'inactive'));
    pair.setPath(0, true);
    await harness.pass(opened.gotPathState(first, 'active'));
    pair.setPath(1, false);
    sendRound(harness, opened, 1);
    await harness.pass(accepted.receivedMessages(2 * messages));
    expect(accepted.messages.map(({ data }) => data)).toEqual(expected(harness, 2));
  });

  test('goes on with a peer that lost its state and came back', async (harness) => {
    const { restartingPeer } = harness.fixture;
    if (restartingPeer === undefined) return;
    const client = await harness.bindClient();
    const peer = await restartingPeer(client);
    const collector = await harness.pass(harness.connectTo(client, peer.remote));
    peer.fail();
    await harness.pass(collector.gotRestarted());
    expect(collector.lost).toBe(undefined);
    const data = harness.message(1);
    collector.association.send({ data, payloadProtocolIdentifier: harness.ppid });
    await harness.pass(collector.receivedMessages(1));
    expect(collector.messages.map((message) => message.data)).toEqual([data]);
  });
}

import { type AddTest, errorCode } from './harness.ts';
import type { TransportComplianceOptions } from './suite.ts';

/**
 * Associations end in the ways that the contract names.
 *
 * @param test - Adds a test.
 * @param options - The framework.
 */
export function closingTests(test: AddTest, { expect }: TransportComplianceOptions): void {
  const closedCode = 'ERR_RSERPOOL_ASSOCIATION_CLOSED';

  test('delivers what was sent before a graceful close', async (harness) => {
    const { opened, accepted } = await harness.pair();
    const sent = Array.from({ length: 100 }, (_, index) => harness.message(index, 1000));
    const total = sent.reduce((sum, data) => sum + data.length, 0);
    for (const data of sent) opened.association.send({ data, payloadProtocolIdentifier: harness.ppid });
    const closed = opened.association.close();
    expect(await harness.pass(accepted.gotLost())).toBe('closed-by-peer');
    expect(accepted.bytes).toBe(total);
    await harness.pass(closed);
    expect(opened.lost).toBe(undefined);
    for (const { association } of [opened, accepted]) {
      const data = harness.message(1);
      const code = await errorCode(() => association.send({ data, payloadProtocolIdentifier: harness.ppid }));
      expect(code).toBe(closedCode);
    }
  });

  test('lets both ends close at the same moment', async (harness) => {
    const { opened, accepted } = await harness.pair();
    await harness.pass(Promise.all([opened.association.close(), accepted.association.close()]));
    await harness.pass(opened.association.close());
    expect([opened.lost, accepted.lost]).toEqual([undefined, undefined]);
  });

  test('tells the peer of an abort', async (harness) => {
    const { opened, accepted } = await harness.pair();
    opened.association.abort();
    const { controlChannel } = opened.association.supports;
    expect(await harness.pass(accepted.gotLost())).toBe(controlChannel ? 'aborted' : 'reset');
    expect(opened.lost).toBe(undefined);
    const data = harness.message(1);
    const code = await errorCode(() =>
      opened.association.send({ data, payloadProtocolIdentifier: harness.ppid }),
    );
    expect(code).toBe(closedCode);
  });

  test('closes all associations of an endpoint that is closed, and frees its port', async (harness) => {
    const { server, client, opened } = await harness.pair();
    const { port } = server;
    const remote = harness.remoteOf(server);
    await harness.pass(server.close());
    expect(await harness.pass(opened.gotLost())).toBe('closed-by-peer');
    const after = await harness.pass(errorCode(() => server.connect(harness.remoteOf(client))));
    expect(after).toBe('ERR_RSERPOOL_ENDPOINT_CLOSED');
    const again = await harness.bindServer({ port });
    const next = harness.nextAccepted(again);
    await harness.pass(client.connect(remote));
    await harness.pass(next);
    expect(again.port).toBe(port);
  });

  test('gives up attempts when the endpoint is closed', async (harness) => {
    const { silentRemote } = harness.fixture;
    if (silentRemote === undefined) return;
    const client = await harness.bindClient();
    const attempt = errorCode(() => client.connect(silentRemote));
    await harness.pass(client.close());
    expect(await harness.pass(attempt)).toBe('ERR_RSERPOOL_ENDPOINT_CLOSED');
  });

  test('tells that the peer died', async (harness) => {
    const { dyingPeer } = harness.fixture;
    if (dyingPeer === undefined) return;
    const peer = await dyingPeer();
    const client = await harness.bindClient();
    const collector = await harness.pass(harness.connectTo(client, peer.remote));
    peer.fail();
    const reason = await harness.pass(collector.gotLost());
    expect(peer.reasons).toContain(reason);
  });

  test('notices a peer that fell silent', async (harness) => {
    const { hangingPeer } = harness.fixture;
    if (hangingPeer === undefined) return;
    const peer = await hangingPeer();
    const client = await harness.bindClient({ heartbeat: { intervalMs: 40, maximumMissed: 2 } });
    const collector = await harness.pass(harness.connectTo(client, peer.remote));
    peer.fail();
    expect(await harness.pass(collector.gotLost())).toBe('heartbeat');
    const data = harness.message(1);
    const code = await errorCode(() =>
      collector.association.send({ data, payloadProtocolIdentifier: harness.ppid }),
    );
    expect(code).toBe(closedCode);
  });
}

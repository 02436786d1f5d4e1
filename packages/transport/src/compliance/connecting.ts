import { type AddTest, errorCode } from './harness.ts';
import type { TransportComplianceOptions } from './suite.ts';

/**
 * Associations come up, or it is clear why not.
 *
 * @param test - Adds a test.
 * @param options - The framework.
 */
export function connectingTests(test: AddTest, { expect }: TransportComplianceOptions): void {
  test('returns an association that is up already, or opens another, as it declares', async (harness) => {
    const server = await harness.bindServer();
    const client = await harness.bindClient();
    const remote = harness.remoteOf(server);
    const [first, second] = await harness.pass(Promise.all([client.connect(remote), client.connect(remote)]));
    const third = await harness.pass(client.connect(remote));
    expect(first === second).toBe(first.supports.reuse);
    expect(first === third).toBe(first.supports.reuse);
  });

  test('knows the peer by its own endpoint, so that both ends reuse one association', async (harness) => {
    const { server, client, accepted } = await harness.pair();
    if (!accepted.association.supports.controlChannel) return;
    expect(accepted.association.remote.port).toBe(client.port);
    const again = await harness.pass(server.connect(harness.remoteOf(client)));
    expect(again === accepted.association).toBe(true);
  });

  test('opens a new association after the last one is closed', async (harness) => {
    const { client, server, opened } = await harness.pair();
    await harness.pass(opened.association.close());
    const next = harness.nextAccepted(server);
    const again = await harness.pass(client.connect(harness.remoteOf(server)));
    await harness.pass(next);
    expect(again === opened.association).toBe(false);
  });

  test('tells that nobody listens', async (harness) => {
    const server = await harness.bindServer();
    const client = await harness.bindClient();
    const remote = harness.fixture.closedRemote ?? harness.remoteOf(server);
    await harness.pass(server.close());
    const attempt = errorCode(() => client.connect(remote));
    expect(await harness.pass(attempt)).toBe('ERR_RSERPOOL_CONNECTION_REFUSED');
  });

  test('tells that a port is taken', async (harness) => {
    const server = await harness.bindServer();
    const code = await harness.pass(errorCode(() => harness.bindServer({ port: server.port })));
    expect(code).toBe('ERR_RSERPOOL_ADDRESS_IN_USE');
  });

  test('gives up an attempt after its timeout', async (harness) => {
    const { silentRemote } = harness.fixture;
    if (silentRemote === undefined) return;
    const client = await harness.bindClient();
    const attempt = errorCode(() => client.connect(silentRemote, { timeoutMs: 50 }));
    expect(await harness.pass(attempt)).toBe('ERR_RSERPOOL_CONNECT_TIMEOUT');
  });

  test("gives up an attempt when its signal is aborted, and only that caller's", async (harness) => {
    const { silentRemote } = harness.fixture;
    if (silentRemote === undefined) return;
    const client = await harness.bindClient();
    const controller = new AbortController();
    const aborted = errorCode(() => client.connect(silentRemote, { signal: controller.signal }));
    const other = errorCode(() => client.connect(silentRemote, { timeoutMs: 100 }));
    controller.abort();
    expect(await harness.pass(aborted)).toBe('ERR_RSERPOOL_ABORTED');
    expect(await harness.pass(other)).toBe('ERR_RSERPOOL_CONNECT_TIMEOUT');
    const late = errorCode(() => client.connect(silentRemote, { signal: AbortSignal.abort() }));
    expect(await harness.pass(late)).toBe('ERR_RSERPOOL_ABORTED');
  });

  test('refuses nonsense', async (harness) => {
    const client = await harness.bindClient();
    const invalid = 'ERR_RSERPOOL_INVALID_ARGUMENT';
    expect(await errorCode(() => client.connect({ addresses: [], port: 1 }))).toBe(invalid);
    const addresses = client.localAddresses;
    expect(await errorCode(() => client.connect({ addresses, port: 0 }))).toBe(invalid);
    expect(await errorCode(() => client.connect({ addresses: [new Uint8Array(5)], port: 1 }))).toBe(invalid);
    expect(await errorCode(() => client.connect({ addresses, port: 1 }, { timeoutMs: 0 }))).toBe(invalid);
    expect(await errorCode(() => harness.bindClient({ port: 65_536 }))).toBe(invalid);
    expect(
      await errorCode(() => harness.bindClient({ heartbeat: { intervalMs: 0, maximumMissed: 1 } })),
    ).toBe(invalid);
  });

  test('takes no more associations than allowed', async (harness) => {
    const server = await harness.bindServer({ maximumAssociations: 1 });
    const first = await harness.bindClient();
    const second = await harness.bindClient();
    const next = harness.nextAccepted(server);
    await harness.pass(first.connect(harness.remoteOf(server)));
    await harness.pass(next);
    // Without a set-up of its own, a mapping to TCP cannot refuse: it is up for a moment, and reset.
    const refused = harness.connect(second, server).then(
      (collector) => collector.gotLost(),
      (error: unknown) => (error as { code: unknown }).code,
    );
    const outcome = await harness.pass(refused);
    expect(['ERR_RSERPOOL_CONNECTION_REFUSED', 'reset']).toContain(outcome);
    const code = await harness.pass(errorCode(() => server.connect(harness.remoteOf(second))));
    expect(code).toBe('ERR_RSERPOOL_LIMIT_EXCEEDED');
  });
}

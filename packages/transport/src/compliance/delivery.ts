import { type AddTest, errorCode } from './harness.ts';
import type { TransportComplianceOptions } from './suite.ts';

/**
 * What arrives is what was sent.
 *
 * @param test - Adds a test.
 * @param options - The framework.
 */
export function deliveryTests(test: AddTest, { expect }: TransportComplianceOptions): void {
  test('delivers messages in both directions', async (harness) => {
    const { opened, accepted } = await harness.pair();
    const there = harness.message(1);
    const back = harness.message(2);
    opened.association.send({ data: there, payloadProtocolIdentifier: harness.ppid });
    accepted.association.send({ data: back, payloadProtocolIdentifier: harness.ppid });
    await harness.pass(accepted.receivedBytes(there.length));
    await harness.pass(opened.receivedBytes(back.length));
    expect(accepted.content()).toEqual(there);
    expect(opened.content()).toEqual(back);
    expect(opened.association.inbound).toBe(false);
    expect(accepted.association.inbound).toBe(true);
  });

  test('keeps the order of many messages, and their boundaries where it has them', async (harness) => {
    const { opened, accepted } = await harness.pair();
    const sent = Array.from({ length: 300 }, (_, index) => harness.message(index, 1 + (index % 97)));
    for (const data of sent) opened.association.send({ data, payloadProtocolIdentifier: harness.ppid });
    const total = sent.reduce((sum, data) => sum + data.length, 0);
    await harness.pass(accepted.receivedBytes(total));
    if (opened.association.supports.messageBoundaries) {
      expect(accepted.messages.map(({ data }) => data)).toEqual(sent);
    }
    const whole = new Uint8Array(total);
    let at = 0;
    for (const data of sent) {
      whole.set(data, at);
      at += data.length;
    }
    expect(accepted.content()).toEqual(whole);
  });

  test('carries payload protocol identifier, stream and order as it declares', async (harness) => {
    const { opened, accepted } = await harness.pair();
    const { controlChannel, streams, unordered } = opened.association.supports;
    if (!controlChannel) return;
    const data = harness.message(7);
    opened.association.send({ data, payloadProtocolIdentifier: 0xfffffffe, stream: 9, unordered: true });
    opened.association.send({ data, payloadProtocolIdentifier: 0 });
    await harness.pass(accepted.receivedMessages(2));
    const meta = (at: number): unknown => {
      const message = accepted.messages[at];
      return [message?.payloadProtocolIdentifier, message?.stream, message?.unordered];
    };
    // The one that was sent first is unordered, so that the other may overtake it.
    const first = accepted.messages[0]?.payloadProtocolIdentifier === 0 ? 1 : 0;
    expect(meta(first)).toEqual([0xfffffffe, streams ? 9 : 0, unordered]);
    expect(meta(1 - first)).toEqual([0, 0, false]);
  });

  test('carries big messages, and empty ones as it declares', async (harness) => {
    const { opened, accepted } = await harness.pair();
    const { maximumMessageBytes, controlChannel, emptyMessages } = opened.association.supports;
    const data = harness.message(3, Math.min(65_536, maximumMessageBytes) - 8);
    opened.association.send({ data, payloadProtocolIdentifier: harness.ppid });
    const empty = { data: new Uint8Array(0), payloadProtocolIdentifier: harness.ppid };
    const code = controlChannel ? await errorCode(() => opened.association.send(empty)) : 'none';
    await harness.pass(accepted.receivedBytes(data.length));
    expect(accepted.content()).toEqual(data);
    if (!controlChannel) return;
    expect(code).toBe(emptyMessages ? 'none' : 'ERR_RSERPOOL_INVALID_ARGUMENT');
    if (!emptyMessages) return;
    await harness.pass(accepted.receivedMessages(2));
    expect(accepted.messages[1]?.data.length).toBe(0);
  });

  test('refuses what it cannot carry', async (harness) => {
    const { opened } = await harness.pair();
    const { association } = opened;
    const data = harness.message(1);
    expect(await errorCode(() => association.send({ data, payloadProtocolIdentifier: -1 }))).toBe(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
    );
    const { maximumMessageBytes } = association.supports;
    if (maximumMessageBytes > 16_777_216) return;
    const tooLong = new Uint8Array(maximumMessageBytes + 1);
    expect(
      await errorCode(() => association.send({ data: tooLong, payloadProtocolIdentifier: harness.ppid })),
    ).toBe('ERR_RSERPOOL_MESSAGE_TOO_LONG');
  });

  test('lets messages and a loss wait for handlers that come late', async (harness) => {
    const server = await harness.bindServer();
    const client = await harness.bindClient();
    const opened = await harness.pass(client.connect(harness.remoteOf(server)));
    const data = harness.message(5);
    opened.send({ data, payloadProtocolIdentifier: harness.ppid });
    const closed = opened.close();
    // Not even the owner of the endpoint was there when the association was accepted.
    const { promise, collect } = harness.collectNext(server);
    await harness.pass(promise);
    await harness.pass(collect().receivedBytes(data.length));
    expect(await harness.pass(collect().gotLost())).toBe('closed-by-peer');
    expect(collect().content()).toEqual(data);
    await harness.pass(closed);
  });

  test('serves many associations at once', async (harness) => {
    const server = await harness.bindServer();
    const echoes = harness.echo(server);
    const clients = await Promise.all(Array.from({ length: 25 }, () => harness.bindClient()));
    const answers = clients.map(async (client, index) => {
      const collector = await harness.connect(client, server);
      const data = harness.message(index);
      collector.association.send({ data, payloadProtocolIdentifier: harness.ppid });
      await collector.receivedBytes(data.length);
      return collector.content();
    });
    const got = await harness.pass(Promise.all(answers));
    expect(got).toEqual(clients.map((_, index) => harness.message(index)));
    expect(echoes.size).toBe(25);
  });
}

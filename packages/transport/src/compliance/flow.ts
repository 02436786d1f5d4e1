import { type AddTest, errorCode, type Harness, type Pair } from './harness.ts';
import type { TransportComplianceOptions } from './suite.ts';

/** Sends until the transport wants it to stop; returns how many bytes it took. */
const sendUntilFull = (harness: Harness, { opened }: Pair, limitBytes: number): number => {
  let bytes = 0;
  for (let index = 0; bytes < limitBytes; index += 1) {
    const data = harness.message(index, 32_768);
    bytes += data.length;
    if (!opened.association.send({ data, payloadProtocolIdentifier: harness.ppid })) return bytes;
  }
  throw new Error(`send() never returned false within ${limitBytes} bytes`);
};

/**
 * Who is slow holds up the other, and memory stays bounded.
 *
 * @param test - Adds a test.
 * @param options - The framework.
 */
export function flowTests(test: AddTest, { expect }: TransportComplianceOptions): void {
  test('holds a sender up while the receiver is paused, and tells when there is room', async (harness) => {
    const pair = await harness.pair({ client: { sendHighWaterMarkBytes: 65_536 } });
    pair.accepted.association.pause();
    const full = sendUntilFull(harness, pair, 67_108_864);
    const one = { data: harness.message(1), payloadProtocolIdentifier: harness.ppid };
    const bytes = full + one.data.length;
    // Taken nevertheless, and false again: nobody who waits for 'writable' may be forgotten.
    expect(pair.opened.association.send(one)).toBe(false);
    expect(pair.opened.writable).toBe(0);
    expect(pair.accepted.bytes).toBe(0);
    pair.accepted.association.resume();
    await harness.pass(pair.opened.gotWritable());
    await harness.pass(pair.accepted.receivedBytes(bytes));
    expect(pair.accepted.bytes).toBe(bytes);
    expect(pair.opened.writable).toBe(1);
    expect(pair.opened.association.send(one)).toBe(true);
  });

  test('takes no more than the hard limit, and goes on after it', async (harness) => {
    const pair = await harness.pair({
      client: { sendHighWaterMarkBytes: 1024, maximumSendBufferBytes: 1_048_576 },
      server: { receiveHighWaterMarkBytes: 1024 },
    });
    pair.accepted.association.pause();
    let bytes = 0;
    const code = await errorCode(() => {
      for (let index = 0; index < 2000; index += 1) {
        const data = harness.message(index, 32_768);
        pair.opened.association.send({ data, payloadProtocolIdentifier: harness.ppid });
        bytes += data.length;
      }
    });
    expect(code).toBe('ERR_RSERPOOL_SEND_BUFFER_FULL');
    pair.accepted.association.resume();
    await harness.pass(pair.accepted.receivedBytes(bytes));
    expect(pair.accepted.lost).toBe(undefined);
  });

  test('delivers nothing while paused, not even what comes within one turn', async (harness) => {
    const { opened, accepted } = await harness.pair();
    const total = harness.message(1).length * 3;
    const original = accepted.association.handlers;
    accepted.association.handlers = {
      ...original,
      message: (message) => {
        original.message?.(message);
        if (accepted.messages.length === 1) accepted.association.pause();
      },
    };
    for (let index = 0; index < 3; index += 1) {
      opened.association.send({ data: harness.message(index), payloadProtocolIdentifier: harness.ppid });
    }
    await harness.pass(accepted.receivedMessages(1));
    expect(accepted.messages.length).toBe(1);
    accepted.association.resume();
    await harness.pass(accepted.receivedBytes(total));
    expect(accepted.bytes).toBe(total);
  });

  test('tells a paused owner of a loss when nothing waits before it', async (harness) => {
    const { opened, accepted } = await harness.pair();
    accepted.association.pause();
    opened.association.abort();
    const reason = await harness.pass(accepted.gotLost());
    expect(['aborted', 'reset']).toContain(reason);
  });
}

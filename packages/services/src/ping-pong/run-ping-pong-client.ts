import type { Session } from '@rserpool/session';
import { createRealClock, type Clock } from '@rserpool/transport';
import { MachineDriver } from '@rserpool/transport/internal';
import { RserpoolError } from '@rserpool/wire';
import { PingPongClientMachine } from '../machine/ping-pong/ping-pong-client-machine.ts';
import type {
  PingPongClientInput,
  PingPongClientOptions,
  PingPongClientOutput,
  PingPongEvent,
  PingPongSummary,
} from '../machine/ping-pong/ping-pong-client-types.ts';
import {
  decodePingPongPacket,
  encodePingPongPacket,
  type PingPongPacket,
} from '../machine/ping-pong/ping-pong-packet.ts';
import { ServicePayloadProtocolIdentifier } from '../machine/service-protocol.ts';

/** Options of {@link runPingPongClient}. */
export interface RunPingPongOptions extends PingPongClientOptions {
  /** Is told what happens to the pings. */
  readonly onEvent?: (event: PingPongEvent) => void;
  /** Ends the client before its count is reached. */
  readonly signal?: AbortSignal;
  /** Time and timers; the real clock by default. */
  readonly clock?: Clock;
}

/**
 * Runs a ping-pong client: sends pings, and accounts for each.
 *
 * @param session - A session with a pool of ping-pong elements. With `resend: 'sinceCookie'` pings that were under way
 *   when an element was lost are sent to the next one; without it they are lost.
 * @param options - Interval, count, limits.
 * @returns What came of the pings, also where the signal ended it.
 * @throws RserpoolError `ERR_RSERPOOL_SESSION_FAILED` where no element could be reached any more.
 * @example
 * ```ts
 * import type { PoolUser } from '@rserpool/session';
 * import { runPingPongClient } from '@rserpool/services';
 *
 * declare const user: PoolUser;
 * await using session = await user.connect('PingPongPool', { resend: 'sinceCookie' });
 * const { sent, lost } = await runPingPongClient(session, { count: 20, intervalMs: 100 });
 * console.log(lost, 'of', sent, 'were lost');
 * ```
 */
export async function runPingPongClient(
  session: Session,
  options: RunPingPongOptions = {},
): Promise<PingPongSummary> {
  const { signal } = options;
  const machine = new PingPongClientMachine(options);
  let isFinished = false;
  const finish = (): void => {
    isFinished = true;
    // Ends the loop over the messages, which would wait for one that never comes.
    void session[Symbol.asyncDispose]();
  };
  const perform = (output: PingPongClientOutput): void => {
    if (isFinished) return;
    if (output.type === 'event') options.onEvent?.(output.event);
    else if (output.type === 'finished') finish();
    else send(session, output.packet);
  };
  const driver = new MachineDriver<PingPongClientInput, PingPongClientOutput>({
    machine,
    clock: options.clock ?? createRealClock({ keepProcessAlive: true }),
    onOutput: perform,
  });
  signal?.addEventListener('abort', finish, { once: true });
  try {
    if (signal?.aborted !== true) driver.input({ type: 'start' });
    for await (const { data } of session) {
      const packet = decodePingPongPacket(data);
      if (packet !== undefined) driver.input({ type: 'packet', packet });
      if (isFinished) break;
    }
  } finally {
    driver.stop();
    signal?.removeEventListener('abort', finish);
  }
  return machine.summary;
}

/** A ping for which the session has no room is one that is lost, which the machine finds out by itself. */
function send(session: Session, packet: PingPongPacket): void {
  try {
    session.send(encodePingPongPacket(packet), {
      payloadProtocolIdentifier: ServicePayloadProtocolIdentifier.pingPong,
    });
  } catch (error) {
    if (!RserpoolError.is(error)) throw error;
  }
}

import { connect, type Socket } from 'node:net';
import { formatIpAddress, type IpAddress } from '@rserpool/wire';
import type { Clock } from '../contract/clock.ts';
import { isLoopback, isUnspecified } from '../core/system-addresses.ts';

/**
 * The local address that a connection should come from, so that it is one of those that the endpoint announces.
 *
 * @param bound - The addresses that the endpoint was explicitly bound to.
 * @param target - Where the connection goes.
 * @returns `undefined` where the system may choose.
 */
export function localAddressFor(bound: readonly IpAddress[], target: IpAddress): IpAddress | undefined {
  const candidates = bound.filter((address) => address.length === target.length && !isUnspecified(address));
  return candidates.find((address) => isLoopback(address) === isLoopback(target)) ?? candidates[0];
}

/** Options of {@link dialSocket}. */
export interface DialSocketOptions {
  /** Where to. */
  readonly address: IpAddress;
  /** Which port. */
  readonly port: number;
  /** Where from. */
  readonly localAddress: IpAddress | undefined;
  /** Gives up. */
  readonly signal: AbortSignal;
  /** For the timeout. */
  readonly clock: Clock;
  /** How long this address may take, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Connects to one address.
 *
 * @param options - Where to and how long.
 * @returns The connected socket.
 */
export function dialSocket(options: DialSocketOptions): Promise<Socket> {
  const { address, port, localAddress, signal, clock, timeoutMs } = options;
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: formatIpAddress(address),
      port,
      allowHalfOpen: true,
      noDelay: true,
      autoSelectFamily: false,
      ...(localAddress === undefined ? {} : { localAddress: formatIpAddress(localAddress) }),
    });
    // A socket that is given up, or between two owners, may report an error; it closes then, which is seen.
    socket.on('error', () => undefined);
    const finish = (): void => {
      clock.clearTimer(timer);
      signal.removeEventListener('abort', onAbort);
      socket.removeListener('connect', onConnect);
      socket.removeListener('error', onError);
    };
    const fail = (error: Error): void => {
      finish();
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(new Error('given up'));
    const onError = (error: Error): void => fail(error);
    const onConnect = (): void => {
      finish();
      resolve(socket);
    };
    const timer = clock.setTimer(clock.now() + timeoutMs, () => {
      fail(Object.assign(new Error(`no answer within ${timeoutMs} ms`), { code: 'ETIMEDOUT' }));
    });
    socket.once('connect', onConnect);
    socket.once('error', onError);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

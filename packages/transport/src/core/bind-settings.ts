import { RserpoolError } from '@rserpool/wire';
import type { BindOptions, HeartbeatOptions } from '../contract/endpoint.ts';

/** The supervision where none is asked for: a silent peer is noticed after 15 s. */
export const defaultHeartbeat: HeartbeatOptions = { intervalMs: 5000, maximumMissed: 3 };

/** How long an attempt to connect may take where nothing is asked for, in milliseconds. */
export const defaultConnectTimeoutMs = 5000;

/** {@link BindOptions} with all defaults filled in and checked. */
export interface BindSettings {
  /** See {@link BindOptions.port}. */
  readonly port: number;
  /** See {@link BindOptions.listen}. */
  readonly listen: boolean;
  /** See {@link BindOptions.heartbeat}. */
  readonly heartbeat: HeartbeatOptions;
  /** See {@link BindOptions.sendHighWaterMarkBytes}. */
  readonly sendHighWaterMarkBytes: number;
  /** See {@link BindOptions.maximumSendBufferBytes}. */
  readonly maximumSendBufferBytes: number;
  /** See {@link BindOptions.receiveHighWaterMarkBytes}. */
  readonly receiveHighWaterMarkBytes: number;
  /** See {@link BindOptions.maximumAssociations}. */
  readonly maximumAssociations: number;
  /** See {@link BindOptions.maximumAssociationsPerAddress}. */
  readonly maximumAssociationsPerAddress: number;
}

/**
 * Checks a number that a caller gave.
 *
 * @param name - What it is, for the message.
 * @param value - The number.
 * @param minimum - The least that is allowed.
 * @param maximum - The most that is allowed.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`.
 */
export function checkInteger(name: string, value: number, minimum: number, maximum: number): number {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw new RserpoolError(
    'ERR_RSERPOOL_INVALID_ARGUMENT',
    `${name} is ${value}; give an integer from ${minimum} to ${maximum}`,
  );
}

/**
 * Checks a supervision.
 *
 * @param heartbeat - What the caller gave.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`.
 */
export function checkHeartbeat(heartbeat: HeartbeatOptions): HeartbeatOptions {
  checkInteger('heartbeat.intervalMs', heartbeat.intervalMs, 1, 0x7fffffff);
  checkInteger('heartbeat.maximumMissed', heartbeat.maximumMissed, 1, 1_000_000);
  return heartbeat;
}

/**
 * Checks the addresses and port of a remote endpoint.
 *
 * @param remote - Where somebody wants to connect to.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`.
 */
export function checkRemote(remote: {
  readonly addresses: readonly Uint8Array[];
  readonly port: number;
}): void {
  checkInteger('remote.port', remote.port, 1, 65_535);
  if (remote.addresses.length === 0) {
    throw new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', 'remote.addresses is empty; give at least one');
  }
  for (const address of remote.addresses) checkAddress('remote.addresses', address);
}

/**
 * Checks the length of an address.
 *
 * @param name - What it is, for the message.
 * @param address - The address.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`.
 */
export function checkAddress(name: string, address: Uint8Array): void {
  if (address.length === 4 || address.length === 16) return;
  throw new RserpoolError(
    'ERR_RSERPOOL_INVALID_ARGUMENT',
    `${name} has an address of ${address.length} bytes; IPv4 has 4, IPv6 16`,
  );
}

/**
 * Fills in the defaults.
 *
 * @param options - What the caller gave.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`.
 */
export function bindSettings(options: BindOptions): BindSettings {
  for (const address of options.addresses ?? []) checkAddress('addresses', address);
  const most = Number.MAX_SAFE_INTEGER;
  const sendHighWaterMarkBytes = options.sendHighWaterMarkBytes ?? 262_144;
  return {
    port: checkInteger('port', options.port ?? 0, 0, 65_535),
    listen: options.listen ?? true,
    heartbeat: checkHeartbeat(options.heartbeat ?? defaultHeartbeat),
    sendHighWaterMarkBytes: checkInteger('sendHighWaterMarkBytes', sendHighWaterMarkBytes, 1, most),
    maximumSendBufferBytes: checkInteger(
      'maximumSendBufferBytes',
      options.maximumSendBufferBytes ?? Math.max(16_777_216, sendHighWaterMarkBytes),
      sendHighWaterMarkBytes,
      most,
    ),
    receiveHighWaterMarkBytes: checkInteger(
      'receiveHighWaterMarkBytes',
      options.receiveHighWaterMarkBytes ?? 262_144,
      1,
      most,
    ),
    maximumAssociations: checkInteger('maximumAssociations', options.maximumAssociations ?? 10_000, 1, most),
    maximumAssociationsPerAddress: checkInteger(
      'maximumAssociationsPerAddress',
      options.maximumAssociationsPerAddress ?? 1000,
      1,
      most,
    ),
  };
}

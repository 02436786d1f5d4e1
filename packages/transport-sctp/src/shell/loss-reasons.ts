import { type RemoteEndpoint, RserpoolError } from '@rserpool/wire';
import type { LossReason } from '@rserpool/transport';
import {
  associationLimitError,
  connectionRefusedError,
  connectTimeoutError,
  describeRemote,
} from '@rserpool/transport/internal';
import type { SctpLossReason } from '../core/sctp-output.ts';

/**
 * The loss of an association that was up, in the words of the contract.
 *
 * @param reason - What the machine said.
 */
export function lossReasonOf(reason: SctpLossReason): LossReason {
  switch (reason) {
    case 'aborted':
    case 'reset':
    case 'heartbeat':
    case 'protocol-violation':
    case 'closed-by-peer':
      return reason;
    // Where this side shut down, nobody is told; both sides at once are one shutdown.
    case 'closed':
      return 'closed-by-peer';
    case 'unreachable':
    case 'setup-timeout':
    case 'refused':
    case 'stale-cookie':
    case 'resources':
      return 'unreachable';
  }
}

/**
 * Why an association did not come up.
 *
 * @param remote - Where to.
 * @param timeoutMs - How long the caller would have waited.
 * @param reason - What the machine said.
 * @param detail - What the peer said about it.
 */
export function setUpError(
  remote: RemoteEndpoint,
  timeoutMs: number,
  reason: SctpLossReason,
  detail: string | undefined,
): RserpoolError {
  switch (reason) {
    case 'refused':
    case 'aborted':
    case 'reset':
      return connectionRefusedError(remote, detail);
    case 'resources':
      return associationLimitError('maximumAssociations (or maximumAssociationsPerAddress)');
    case 'protocol-violation':
      return new RserpoolError(
        'ERR_RSERPOOL_PROTOCOL_VIOLATION',
        `who answers at ${describeRemote(remote)} does not keep to SCTP (${detail ?? 'no reason was given'})`,
      );
    case 'stale-cookie':
      return new RserpoolError(
        'ERR_RSERPOOL_CONNECT_FAILED',
        `${describeRemote(remote)} found its own cookie too old, again and again; the network is slower than its cookies live`,
      );
    case 'setup-timeout':
    case 'unreachable':
    case 'heartbeat':
    case 'closed':
    case 'closed-by-peer':
      return connectTimeoutError(remote, timeoutMs);
  }
}

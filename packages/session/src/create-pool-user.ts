import { asapTimingProfiles } from '@rserpool/asap';
import { createRealClock, type Group, secureRandom } from '@rserpool/transport';
import { checkProfile } from './check-profile.ts';
import { sessionConventions } from './session-conventions.ts';
import { joinAnnounces } from './join-announces.ts';
import type { SessionProtocol } from './machine/element-choice.ts';
import { defaultSessionLimits } from './machine/session-limits.ts';
import { sessionTimingProfiles } from './machine/session-timing.ts';
import type { PoolUser, PoolUserOptions } from './pool-user.ts';
import { RunningPoolUser } from './running-pool-user.ts';
import { toAddress, toRegistrar } from './text-forms.ts';

/**
 * Creates a pool user.
 *
 * @param options - Transports, registrars, times.
 * @returns The pool user; it looks for a registrar when it needs one.
 * @throws RserpoolError what binding the transport throws; `ERR_RSERPOOL_INVALID_ARGUMENT` for `announces` with a
 *   transport without groups, for registrars that are no addresses, and for other values that cannot work.
 * @example
 * ```ts
 * import { createPoolUser } from '@rserpool/session';
 * import { createSctpTransport } from '@rserpool/transport-sctp';
 *
 * const transport = createSctpTransport({ encapsulationPort: 'sctp-port' });
 * await using poolUser = await createPoolUser({
 *   transport,
 *   sessionTransports: { sctp: transport },
 *   registrars: ['127.0.0.1:3863'],
 * });
 * await using session = await poolUser.connect('EchoPool');
 * session.send('hello');
 * for await (const message of session) {
 *   console.log(new TextDecoder().decode(message.data), 'from', session.element?.addresses);
 *   break;
 * }
 * ```
 */
export async function createPoolUser(options: PoolUserOptions): Promise<PoolUser> {
  const profile = options.profile ?? 'rfc';
  checkProfile(profile);
  const timing = { ...sessionTimingProfiles[profile], ...options.timing };
  const sessionTransports = options.sessionTransports ?? {};
  const protocols: SessionProtocol[] = [];
  if (sessionTransports.sctp !== undefined) protocols.push('sctp');
  if (sessionTransports.tcp !== undefined) protocols.push('tcp');
  const { poolElement } = options;
  const registrars = options.registrars.map(toRegistrar);
  const endpoint = await options.transport.bind({
    listen: false,
    heartbeat: { intervalMs: timing.heartbeatIntervalMs, maximumMissed: timing.heartbeatMaximumMissed },
    ...(options.addresses === undefined ? {} : { addresses: options.addresses.map(toAddress) }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  let group: Group | undefined;
  let lastAssociation = 0;
  try {
    group = await joinAnnounces(options.transport, options.announces, profile);
    return new RunningPoolUser({
      endpoint,
      group,
      sessionTransports,
      timing,
      limits: { ...defaultSessionLimits, ...options.limits },
      receiveHighWaterMarkBytes: options.receiveHighWaterMarkBytes ?? 256 * 1024,
      clock: options.clock ?? createRealClock({ keepProcessAlive: true }),
      logger: options.logger,
      poolElement,
      maximumPoolHandleBytes: sessionConventions[profile].maximumPoolHandleBytes,
      node: {
        registrars,
        protocols,
        sessionTiming: timing,
        ...(options.deliveryLimits === undefined ? {} : { deliveryLimits: options.deliveryLimits }),
        random: options.random ?? secureRandom(),
        allocateAssociation: () => ++lastAssociation,
        timing: { ...asapTimingProfiles[profile], ...options.asapTiming },
        staleCacheValueMs: options.staleCacheValueMs ?? 0,
        listenToAnnounces: group !== undefined,
        ...(poolElement === undefined ? {} : { ownCard: () => poolElement.businessCard }),
      },
    });
  } catch (error) {
    await endpoint.close();
    await group?.close();
    throw error;
  }
}

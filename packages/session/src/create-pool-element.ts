import { asapTimingProfiles, type RegistrationLifeUnit } from '@rserpool/asap';
import { type Group, realClock, secureRandom } from '@rserpool/transport';
import {
  type IpAddress,
  randomIdentifier,
  RserpoolError,
  TransportUse,
  type UserTransport,
} from '@rserpool/wire';
import { checkProfile } from './check-profile.ts';
import { sessionConventions } from './session-conventions.ts';
import { toCookieSeal } from './cookie-keys.ts';
import { joinAnnounces } from './join-announces.ts';
import type { LocalPoolElement, OwnTcpService, PoolElementOptions } from './local-pool-element.ts';
import { sessionTimingProfiles } from './machine/session-timing.ts';
import { RunningPoolElement } from './running-pool-element.ts';
import { toAddress, toPoolHandle, toRegistrar } from './text-forms.ts';

/**
 * Creates a pool element: listens, and begins to register. Await {@link LocalPoolElement.registered} to know that it
 * is in the pool.
 *
 * @param options - Transport, pool, policy, registrars, times.
 * @throws RserpoolError what binding the transport throws; `ERR_RSERPOOL_INVALID_ARGUMENT` for values that cannot be
 *   registered.
 * @example
 * ```ts
 * import { createPoolElement } from '@rserpool/session';
 * import { createSctpTransport } from '@rserpool/transport-sctp';
 *
 * await using element = await createPoolElement({
 *   transport: createSctpTransport({ encapsulationPort: 'sctp-port' }),
 *   poolHandle: 'EchoPool',
 *   registrars: ['127.0.0.1:3863'],
 * });
 * await element.registered();
 * await element.serve(async (session) => {
 *   let count = Number(new TextDecoder().decode(session.restoredState ?? new Uint8Array()) || 0);
 *   for await (const message of session) {
 *     count += 1;
 *     session.setCookie(String(count));
 *     session.send(message.data);
 *   }
 * });
 * ```
 */
export async function createPoolElement(options: PoolElementOptions): Promise<LocalPoolElement> {
  const profile = options.profile ?? 'rfc';
  checkProfile(profile);
  const timing = { ...sessionTimingProfiles[profile], ...options.timing };
  const asapTiming = { ...asapTimingProfiles[profile], ...options.asapTiming };
  const random = options.random ?? secureRandom();
  const poolHandle = toPoolHandle(options.poolHandle, sessionConventions[profile].maximumPoolHandleBytes);
  const registrars = options.registrars.map(toRegistrar);
  const cookieSeal = toCookieSeal(options.cookieKeys, options.cookieMaximumAgeMs);
  const registrationLife = toRegistrationLife(
    options.registrationLifeMs ?? 120_000,
    asapTiming.registrationLifeUnit,
  );
  const endpoint = await options.transport.bind({
    listen: true,
    port: options.listen?.port ?? 0,
    heartbeat: { intervalMs: timing.heartbeatIntervalMs, maximumMissed: timing.heartbeatMaximumMissed },
    ...(options.listen?.addresses === undefined
      ? {}
      : { addresses: options.listen.addresses.map(toAddress) }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  let group: Group | undefined;
  let lastAssociation = 0;
  try {
    group = await joinAnnounces(options.transport, options.announces, profile);
    return new RunningPoolElement({
      endpoint,
      group,
      poolHandle,
      registration: {
        identifier: options.identifier ?? randomIdentifier(random),
        registrationLife,
        userTransport: toUserTransport(options, endpoint.localAddresses, endpoint.port),
        policy: options.policy ?? { type: 'roundRobin' },
      },
      receiveHighWaterMarkBytes: options.receiveHighWaterMarkBytes ?? 256 * 1024,
      closeTimeoutMs: timing.closeTimeoutMs,
      maximumPoolHandleBytes: sessionConventions[profile].maximumPoolHandleBytes,
      clock: options.clock ?? realClock,
      logger: options.logger,
      node: {
        registrars,
        random,
        allocateAssociation: () => ++lastAssociation,
        timing: asapTiming,
        listenToAnnounces: group !== undefined,
        businessCard: options.businessCard ?? sessionConventions[profile].businessCard,
        announceCoverage: options.announceCoverage ?? false,
        ...(cookieSeal === undefined ? {} : { cookieSeal }),
        // Whoever serves elsewhere serves no sessions here.
        maximumSessions: options.userTransport === undefined ? (options.maximumSessions ?? 10_000) : 0,
      },
    });
  } catch (error) {
    // A socket that nobody can close would keep the process alive.
    await endpoint.close();
    await group?.close();
    throw error;
  }
}

function toUserTransport(
  options: PoolElementOptions,
  addresses: readonly IpAddress[],
  port: number,
): UserTransport {
  const own = options.userTransport;
  if (own === undefined) {
    const transportUse =
      (options.controlChannel ?? true) ? TransportUse.dataPlusControl : TransportUse.dataOnly;
    return { protocol: 'sctp', port, transportUse, addresses };
  }
  if (own.protocol !== 'tcp') return own;
  if (own.port === 0) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      'userTransport.port is 0: give the port that the server listens on, 1 to 65535.',
    );
  }
  return { protocol: 'tcp', port: own.port, address: tcpAddress(own, addresses) };
}

function tcpAddress(own: OwnTcpService, addresses: readonly IpAddress[]): IpAddress {
  const address = own.address === undefined ? addresses[0] : toAddress(own.address);
  if (address !== undefined) return address;
  throw new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', 'The user transport needs an address: name it.');
}

/** The Registration Life field (RFC 5354 section 3.10). */
function toRegistrationLife(lifeMs: number, unit: RegistrationLifeUnit): number {
  if (lifeMs === Infinity) return -1;
  if (!(lifeMs > 0)) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `registrationLifeMs is ${lifeMs}: it has to be positive.`,
    );
  }
  return Math.min(0x7fffffff, Math.ceil(unit === 'seconds' ? lifeMs / 1000 : lifeMs));
}

import { realClock, secureRandom } from '@rserpool/transport';
import { randomIdentifier } from '@rserpool/wire';
import { ComponentGroup } from '../component-identifier.ts';
import { AssociationAges, type SeenAssociation } from './association-ages.ts';
import {
  type KnownRegistrar,
  registrarAssociations,
  sctpProtocol,
  type ServiceStatusOptions,
  serviceText,
  tcpProtocol,
} from './service-status.ts';
import { startStatusReporter, type StatusReporter } from './status-reporter.ts';

/** What is read of a session: a `Session` of `@rserpool/session` has it. */
export interface ReportableSession {
  /** The element that serves it, or `undefined` while it has none. */
  readonly element: { readonly identifier: number; readonly protocol: string } | undefined;
}

/** What is read of a pool user: a `PoolUser` of `@rserpool/session` has it. */
export interface ReportablePoolUser {
  /** The registrar that it asks, while there is an association to it. */
  readonly homeRegistrar: KnownRegistrar | undefined;
  /** Its sessions that have not ended. */
  readonly sessions: readonly ReportableSession[];
}

/** Options of {@link reportPoolUserStatus}. */
export interface PoolUserStatusOptions extends ServiceStatusOptions {
  /** The number of the pool user, 1 .. 2^56 - 1, as no other one has it; random by default. */
  readonly identifier?: bigint;
  /** The payload protocol identifier of its sessions; 0 by default, which is none. */
  readonly payloadProtocolIdentifier?: number;
}

/**
 * Reports how a pool user is: what the application says or how many sessions there are, and its associations with its
 * registrar and with the elements that serve its sessions.
 *
 * @param user - The pool user.
 * @param options - Where to, how often, what the application says.
 * @throws RserpoolError what {@link startStatusReporter} throws.
 * @example
 * ```ts
 * import { reportPoolUserStatus } from '@rserpool/component-status';
 * import type { PoolUser } from '@rserpool/session';
 *
 * declare const user: PoolUser;
 * await using reporter = reportPoolUserStatus(user, { server: '192.0.2.1', status: () => 'Drawing' });
 * ```
 */
export function reportPoolUserStatus(
  user: ReportablePoolUser,
  options: PoolUserStatusOptions,
): StatusReporter {
  const ages = new AssociationAges(options.clock ?? realClock);
  const { payloadProtocolIdentifier = 0 } = options;
  const sessionAssociations = (): SeenAssociation[] =>
    user.sessions.flatMap((session) => sessionAssociation(session, payloadProtocolIdentifier));
  return startStatusReporter(
    { group: ComponentGroup.poolUser, object: options.identifier ?? randomObject() },
    () => ({
      status: serviceText(user.homeRegistrar, user.sessions.length, options.status),
      workload: options.workload?.(),
      associations: ages.aged([...registrarAssociations(user.homeRegistrar), ...sessionAssociations()]),
    }),
    options,
  );
}

function sessionAssociation(
  { element }: ReportableSession,
  payloadProtocolIdentifier: number,
): SeenAssociation[] {
  if (element === undefined) return [];
  const receiver = { group: ComponentGroup.poolElement, object: BigInt(element.identifier) };
  const protocol = element.protocol === 'tcp' ? tcpProtocol : sctpProtocol;
  return [{ receiver, protocol, payloadProtocolIdentifier }];
}

function randomObject(): bigint {
  const random = secureRandom();
  return (BigInt(randomIdentifier(random) & 0xff_ffff) << 32n) | BigInt(randomIdentifier(random));
}

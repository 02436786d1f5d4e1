import { type Endpoint, type Group, type JoinGroupOptions, secureRandom } from '@rserpool/transport';
import { groupSettings } from '@rserpool/transport/internal';
import {
  asapPort,
  enrpPort,
  type IpAddress,
  parseIpAddress,
  parseRemoteEndpoint,
  randomIdentifier,
  RserpoolError,
} from '@rserpool/wire';
import type { Registrar } from './registrar.ts';
import type { AddressForm, ListenOptions, RegistrarOptions } from './registrar-options.ts';
import { type RegistrarProfileSettings, registrarProfiles } from './registrar-profile.ts';
import { type BoundNetwork, RunningRegistrar } from './running-registrar.ts';

/**
 * Starts a registrar: binds its endpoints, begins the initialization of RFC 5353 section 3.2 and serves.
 *
 * @param options - Transports, peers, timers, limits.
 * @returns The registrar; it serves already, and `ready()` tells when its handlespace is complete.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for options that contradict each other, and what the
 *   transports throw where they cannot bind.
 *
 * @example
 * ```ts
 * import { createRegistrar } from '@rserpool/registrar';
 * import { createSctpTransport } from '@rserpool/transport-sctp';
 *
 * const transport = createSctpTransport({ encapsulationPort: 'sctp-port' });
 * await using registrar = await createRegistrar({
 *   asap: { transport, port: 3863 },
 *   enrp: { transport, port: 9901 },
 *   profile: 'lan',
 * });
 * registrar.on('elementRegistered', (event) => console.log('registered', event.poolElementIdentifier));
 * await registrar.ready();
 * ```
 */
export async function createRegistrar(options: RegistrarOptions): Promise<Registrar> {
  check(options);
  const groups = groupsOf(options, registrarProfiles[options.profile ?? 'rfc']);
  const random = options.random ?? secureRandom();
  const peers = (options.peers ?? []).map((peer) =>
    typeof peer === 'string' ? parseRemoteEndpoint(peer, enrpPort) : peer,
  );
  const network = await bindAll(options, groups);
  const identifier = options.identifier ?? randomIdentifier(random);
  try {
    return new RunningRegistrar({ ...options, peers }, network, identifier, random);
  } catch (error) {
    // Sockets that nobody can close would keep the process alive.
    await Promise.all(
      Object.values(network).map(async (part: Endpoint | Group | undefined) => part?.close()),
    );
    throw error;
  }
}

function check(options: RegistrarOptions): void {
  const { identifier, asap, enrp } = options;
  if (
    identifier !== undefined &&
    !(Number.isInteger(identifier) && identifier > 0 && identifier <= 0xffffffff)
  ) {
    throw invalid(
      `identifier is ${identifier}; give an integer from 1 to 4294967295, or none for a random one`,
    );
  }
  const { profile = 'rfc' } = options;
  if (!Object.hasOwn(registrarProfiles, profile)) {
    throw invalid(`profile is '${profile}'; allowed are ${Object.keys(registrarProfiles).join(', ')}`);
  }
  for (const [name, { transport }] of Object.entries({ asap, enrp })) {
    if (!transport.supports.controlChannel) {
      throw invalid(
        `the transport '${transport.name}' of ${name} carries no payload protocol identifiers; take another`,
      );
    }
  }
  const groups = [
    ['announce', options.announce, asap],
    ['enrpGroup', options.enrpGroup, enrp],
  ] as const;
  for (const [name, group, { transport }] of groups) {
    if (group !== undefined && transport.groups === undefined) {
      throw invalid(
        `${name} is given, but the transport '${transport.name}' has no groups; leave it out and list peers`,
      );
    }
  }
}

function invalid(message: string): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', message);
}

/** The groups to join. */
interface Groups {
  readonly announce: JoinGroupOptions | undefined;
  readonly enrpGroup: JoinGroupOptions | undefined;
}

function groupsOf({ announce, enrpGroup }: RegistrarOptions, profile: RegistrarProfileSettings): Groups {
  return {
    announce: announce && groupSettings('announce', announce, profile.announceGroup, asapPort),
    enrpGroup: enrpGroup && groupSettings('enrpGroup', enrpGroup, profile.enrpGroup, enrpPort),
  };
}

/** Binds everything, or nothing where one part fails. */
async function bindAll(options: RegistrarOptions, groups: Groups): Promise<BoundNetwork> {
  const bound: { close(): Promise<void> }[] = [];
  const keep = async <Closable extends { close(): Promise<void> }>(
    attempt: Promise<Closable>,
  ): Promise<Closable> => {
    const closable = await attempt;
    bound.push(closable);
    return closable;
  };
  try {
    const { signal } = options;
    const asap = await keep(bind(options.asap, asapPort, signal));
    const poolUsers =
      options.poolUsers === undefined ? undefined : await keep(bind(options.poolUsers, asapPort, signal));
    const enrp = await keep(bind(options.enrp, enrpPort, signal));
    const announce = await joinGroup(options.asap, groups.announce, asap.port, keep);
    const enrpGroup = await joinGroup(options.enrp, groups.enrpGroup, enrp.port, keep);
    return { asap, poolUsers, enrp, announce, enrpGroup };
  } catch (error) {
    await Promise.all(bound.map(async (closable) => closable.close()));
    throw error;
  }
}

async function bind(listen: ListenOptions, port: number, signal: AbortSignal | undefined): Promise<Endpoint> {
  return listen.transport.bind({
    port: listen.port ?? port,
    ...(listen.addresses !== undefined && { addresses: listen.addresses.map(toAddress) }),
    ...(signal !== undefined && { signal }),
  });
}

async function joinGroup(
  { transport }: ListenOptions,
  group: JoinGroupOptions | undefined,
  localPort: number,
  keep: (attempt: Promise<Group>) => Promise<Group>,
): Promise<Group | undefined> {
  if (group === undefined || transport.groups === undefined) return undefined;
  // The reference takes the source port of an announce for the registrar's port, so both have to be the same.
  return keep(transport.groups.join({ ...group, localPort }));
}

function toAddress(form: AddressForm): IpAddress {
  return typeof form === 'string' ? parseIpAddress(form) : form;
}

import { announceGroups } from '@rserpool/asap';
import type { Group, Transport } from '@rserpool/transport';
import { groupSettings } from '@rserpool/transport/internal';
import { asapPort, RserpoolError } from '@rserpool/wire';
import type { SessionTimingProfile } from './machine/session-timing.ts';
import type { AddressForm } from './text-forms.ts';

/** The group in which registrars announce themselves; `{}` is the profile's. */
export interface AnnounceOptions {
  /** Its address; by default 224.0.1.185 (RFC 5352 section 8.4), and 239.0.0.50 in the profile `rsplib`. */
  readonly group?: AddressForm;
  /** Its port, 1 .. 65535; 3863 by default. */
  readonly port?: number;
  /** The address of the local interface to hear it at; by default the system's choice for multicast. */
  readonly interfaceAddress?: AddressForm;
}

/**
 * Joins the group in which registrars announce themselves (RFC 5352 section 3.6).
 *
 * @param transport - Has groups, or not.
 * @param announces - Which group; none where it is absent, the profile's where it is `true`.
 * @param profile - The profile.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where the transport has no groups.
 */
export async function joinAnnounces(
  transport: Transport,
  announces: AnnounceOptions | true | undefined,
  profile: SessionTimingProfile,
): Promise<Group | undefined> {
  if (announces === undefined) return undefined;
  if (transport.groups === undefined) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `The transport ${transport.name} has no groups to hear announces in: list the registrars instead.`,
    );
  }
  return await transport.groups.join(
    groupSettings('announces', announces, announceGroups[profile], asapPort),
  );
}

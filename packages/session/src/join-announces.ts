import type { Group, JoinGroupOptions, Transport } from '@rserpool/transport';
import { RserpoolError } from '@rserpool/wire';

/**
 * Joins the group in which registrars announce themselves (RFC 5352 section 3.6).
 *
 * @param transport - Has groups, or not.
 * @param announces - Which group; none where it is absent.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where the transport has no groups.
 */
export async function joinAnnounces(
  transport: Transport,
  announces: JoinGroupOptions | undefined,
): Promise<Group | undefined> {
  if (announces === undefined) return undefined;
  if (transport.groups === undefined) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `The transport ${transport.name} has no groups to hear announces in: list the registrars instead.`,
    );
  }
  return await transport.groups.join(announces);
}

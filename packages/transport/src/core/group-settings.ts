import { type IpAddress, type MulticastGroup, parseIpAddress, RserpoolError } from '@rserpool/wire';
import type { JoinGroupOptions } from '../contract/group.ts';

/** A group as an application names it: what it leaves out comes from the profile. */
export interface GroupForm {
  /** The group's address: 4 or 16 bytes, or text. */
  readonly group?: string | IpAddress;
  /** The group's port. */
  readonly port?: number;
  /** The address of the local interface: 4 or 16 bytes, or text. */
  readonly interfaceAddress?: string | IpAddress;
  /** How many routers a datagram may cross, 0 .. 255. */
  readonly timeToLive?: number;
}

const toAddress = (form: string | IpAddress): IpAddress =>
  typeof form === 'string' ? parseIpAddress(form) : form;

/**
 * Completes what an application says about a group.
 *
 * @param name - What the option is called, for errors.
 * @param form - What the application says; `true` leaves everything to the profile.
 * @param profile - The profile's group, where it has one.
 * @param port - The registered port, for a group that is named without one.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where neither names a group, or the interface is of another
 *   address family than the group.
 */
export function groupSettings(
  name: string,
  form: GroupForm | true,
  profile: MulticastGroup | undefined,
  port: number,
): JoinGroupOptions {
  const given: GroupForm = form === true ? {} : form;
  const group = given.group === undefined ? profile?.group : toAddress(given.group);
  if (group === undefined) {
    throw invalid(`${name} names no group, and the profile has none: give it { group: '239.0.0.51' }, say`);
  }
  const interfaceAddress =
    given.interfaceAddress === undefined ? undefined : toAddress(given.interfaceAddress);
  if (interfaceAddress !== undefined && interfaceAddress.length !== group.length) {
    throw invalid(`the group and the interfaceAddress of ${name} are not both IPv4 or both IPv6: name both`);
  }
  return {
    group,
    port: given.port ?? profile?.port ?? port,
    timeToLive: given.timeToLive ?? profile?.timeToLive ?? 1,
    ...(interfaceAddress !== undefined && { interfaceAddress }),
  };
}

function invalid(message: string): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_INVALID_ARGUMENT', message);
}

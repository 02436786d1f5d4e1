import type { IpAddress } from '@rserpool/wire';
import { addressScope } from './address-scope.ts';

/**
 * The local address to send from to each address of a peer: of the same family, where possible in the same network or
 * at least of the same scope; and where several fit, the remote addresses are dealt out to them in turn, so that
 * cutting one local address cuts as few paths as possible.
 *
 * @param remotes - The peer's addresses in their order.
 * @param locals - The endpoint's addresses in their order.
 * @returns For each remote address its local one; `undefined` where the family is missing.
 */
export function sourceAddresses(
  remotes: readonly IpAddress[],
  locals: readonly IpAddress[],
): (IpAddress | undefined)[] {
  return remotes.map((remote, index) => {
    const fitting = fittingLocals(remote, locals);
    let turn = 0;
    for (let before = 0; before < index; before++) {
      const other = remotes[before];
      if (other !== undefined && fittingLocals(other, locals)[0] === fitting[0]) turn += 1;
    }
    return fitting[turn % fitting.length];
  });
}

/** The local addresses from which a remote one is reached best. */
function fittingLocals(remote: IpAddress, locals: readonly IpAddress[]): readonly IpAddress[] {
  const family = locals.filter((local) => local.length === remote.length);
  const network = family.filter((local) => isSameNetwork(local, remote));
  if (network.length > 0) return network;
  const scope = addressScope(remote);
  const sameScope = family.filter((local) => addressScope(local) === scope);
  return sameScope.length > 0 ? sameScope : family;
}

/** Whether two addresses of one family are in one network, taking the common lengths of prefixes: 24 and 64 bits. */
function isSameNetwork(left: IpAddress, right: IpAddress): boolean {
  const length = left.length === 4 ? 3 : 8;
  for (let at = 0; at < length; at++) if (left[at] !== right[at]) return false;
  return true;
}

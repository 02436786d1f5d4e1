import { bytesEqual, type IpAddress } from '@rserpool/wire';
import { sourceAddresses } from '../endpoint/source-address.ts';
import { Path } from '../path/path.ts';
import type { Association } from './association.ts';

/**
 * Makes paths to addresses of the peer; for those that have one already, the path stays.
 *
 * @param association - Whose paths they are.
 * @param addresses - In the peer's order; those of a family that there is no local address of are left out.
 * @param before - The paths so far.
 * @param isConfirmed - Whether new ones count as confirmed (RFC 9260 section 5.4).
 * @param encapsulationPort - The UDP port of a new one.
 */
export function makePaths(
  association: Association,
  addresses: readonly IpAddress[],
  before: readonly Path[],
  isConfirmed: (address: IpAddress) => boolean,
  encapsulationPort: (address: IpAddress) => number,
): Path[] {
  const sources = sourceAddresses(addresses, association.localAddresses);
  const paths: Path[] = [];
  for (const [index, address] of addresses.entries()) {
    const existing = before.find((path) => bytesEqual(path.destination, address));
    if (existing !== undefined) {
      paths.push(existing);
      continue;
    }
    const source = sources[index];
    if (source === undefined) continue;
    const number = association.nextPathNumber++;
    const port = encapsulationPort(address);
    // A copy: what was decoded is a view of a whole packet.
    const destination = address.slice();
    paths.push(
      new Path(association, number, destination, source, port, isConfirmed(address), association.parameters),
    );
  }
  return paths;
}

/**
 * The UDP port of an address of a peer that was heard at another address: the same as there, where that one was not the
 * one to be expected (somebody translates ports, or the peer has a rule of its own).
 *
 * @param association - Whose peer it is.
 * @param heardAt - Where the peer was heard.
 * @param heardPort - Its UDP port there; 0 without encapsulation.
 * @param address - The other address.
 */
export function encapsulationPortOf(
  association: Association,
  heardAt: IpAddress,
  heardPort: number,
  address: IpAddress,
): number {
  if (heardPort === 0) return 0;
  const { encapsulationPort } = association.core.options;
  const { peerPort } = association;
  if (bytesEqual(heardAt, address)) return heardPort;
  return encapsulationPort(heardAt, peerPort) === heardPort
    ? encapsulationPort(address, peerPort)
    : heardPort;
}

import { Association } from '../association/association.ts';
import { isStale, reportStaleCookie, takeCookie } from '../association/cookie-content.ts';
import { handleDuplicateCookie } from '../association/duplicate-cookie.ts';
import { establish } from '../association/establish.ts';
import { encapsulationPortOf, makePaths } from '../association/make-paths.ts';
import { startReceiving, startSending } from '../association/transmission.ts';
import type { StateCookie } from '../cookie/state-cookie.ts';
import type { Path } from '../path/path.ts';
import { PathSet } from '../path/path-set.ts';
import type { PacketInput } from '../sctp-input.ts';
import { readCookieEcho } from '../wire/chunks/plain.ts';
import type { ChunkWalk } from '../wire/chunk-walk.ts';
import { sourcePortOf, verificationTagOf } from '../wire/packet.ts';
import { bytesEqual } from '@rserpool/wire';
import { includesAddress } from './address-lists.ts';
import { refuseForResources } from './answer-init.ts';
import { queueCookieAck } from './cookie-ack.ts';
import type { EndpointCore } from './endpoint-core.ts';

/**
 * A COOKIE ECHO came, the first chunk of its packet (RFC 9260 sections 5.1.5 and 5.2.4).
 *
 * @returns The association that the rest of the packet is for; `undefined` where the packet is discarded.
 */
export function receiveCookie(
  core: EndpointCore,
  packet: PacketInput,
  walk: ChunkWalk,
  now: number,
): Association | undefined {
  const { statistics, table } = core;
  const peerPort = sourcePortOf(packet.bytes);
  const cookie = core.cookies.verify(readCookieEcho(packet.bytes, walk.offset, walk.length), now);
  if (cookie === undefined || !isOfPacket(core, cookie, packet)) {
    statistics.invalidCookies += 1;
    return undefined;
  }
  const existing =
    table.byAddress(packet.source, peerPort) ?? table.byAnyAddress(cookie.peerAddresses, peerPort);
  if (existing !== undefined) return handleDuplicateCookie(existing, packet, cookie, now);
  if (core.usedCookies.has(cookie.localTag) || table.byTag(cookie.localTag) !== undefined) {
    statistics.invalidCookies += 1;
    return undefined;
  }
  if (isStale(cookie, now)) {
    reportStaleCookie(core, packet, cookie, now);
    return undefined;
  }
  if (!core.options.listen) return undefined;
  if (!core.hasRoomFor(cookie.peerAddress)) {
    refuseForResources(core, packet, cookie.peerTag);
    return undefined;
  }
  return accept(core, packet, cookie, now);
}

/** Section 5.1.5, 3: the ports and the tag; and it has to come from one of the addresses that it was made for. */
function isOfPacket(core: EndpointCore, cookie: StateCookie, packet: PacketInput): boolean {
  return (
    cookie.localPort === core.port &&
    cookie.peerPort === sourcePortOf(packet.bytes) &&
    cookie.localTag === verificationTagOf(packet.bytes) &&
    includesAddress(cookie.peerAddresses, packet.source)
  );
}

/** Section 5.1.5, 5 and 6: makes the association out of the cookie. */
function accept(core: EndpointCore, packet: PacketInput, cookie: StateCookie, now: number): Association {
  const association = new Association(
    core,
    {
      id: core.options.allocate(),
      inbound: true,
      parameters: core.parameters,
      peerPort: cookie.peerPort,
      localTag: cookie.localTag,
      localInitialTsn: cookie.localInitialTsn,
      countedAddress: cookie.peerAddress,
    },
    (owner) => pathsOfCookie(owner, cookie),
  );
  takeCookie(association, cookie);
  startSending(association, cookie.peerWindowBytes);
  startReceiving(association);
  core.table.add(association);
  queueCookieAck(association, packet, now);
  establish(association, now);
  return association;
}

/** Section 5.4 rule 2: only the address that the INIT ACK went to is confirmed; it becomes the primary one. */
function pathsOfCookie(association: Association, cookie: StateCookie): PathSet {
  const { peerAddress, peerAddresses } = cookie;
  const paths = makePaths(
    association,
    peerAddresses,
    [],
    (address) => bytesEqual(address, peerAddress),
    (address) => encapsulationPortOf(association, peerAddress, cookie.encapsulationPort, address),
  );
  // The INIT came from it to a local address, hence there is one of its family.
  const primary = paths.find((path) => path.isConfirmed) as Path;
  // The pair of addresses by which the INIT came is known to work.
  primary.source = cookie.localAddress;
  return new PathSet(paths, primary);
}

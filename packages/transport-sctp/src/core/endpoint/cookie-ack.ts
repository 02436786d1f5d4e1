import type { Association } from '../association/association.ts';
import { heartbeatBytes, putHeartbeatOf } from '../path/heartbeat.ts';
import type { PacketInput } from '../sctp-input.ts';
import { putCookieAck } from '../wire/chunks/plain.ts';

/**
 * Lets a COOKIE ACK go back to where the COOKIE ECHO came from, before everything else (RFC 9260 section 5.1 D). To an
 * address that is not confirmed it goes with a HEARTBEAT (section 5.4).
 */
export function queueCookieAck(association: Association, packet: PacketInput, now: number): void {
  const path = association.paths.find(packet.source) ?? association.paths.primary;
  const needsHeartbeat = !path.isConfirmed;
  association.control.unshift({
    path,
    bytes: needsHeartbeat ? 4 + heartbeatBytes : 4,
    put: (writer) => {
      putCookieAck(writer);
      if (needsHeartbeat) putHeartbeatOf(association, path, writer, now);
    },
  });
  association.core.touch(association);
}

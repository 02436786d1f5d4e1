import { catchUpWithAddresses } from '../address-reconfiguration/change-addresses.ts';
import { startHeartbeats } from '../path/heartbeat.ts';
import type { Association } from './association.ts';
import { AssociationState } from './association-state.ts';
import { nextPacket } from './next-packet.ts';
import { beginShutdown } from './shutdown.ts';

/** Enters ESTABLISHED and tells the application (COMMUNICATION UP). */
export function establish(association: Association, now: number): void {
  association.state = AssociationState.established;
  association.setup = undefined;
  association.ownAuthentication = undefined;
  association.errorCount = 0;
  association.heardAt = now;
  announceUp(association);
  tellAddresses(association, now);
  startHeartbeats(association, now);
  association.core.touch(association);
  if (association.endsByApplication) beginShutdown(association, now);
}

function announceUp(association: Association): void {
  const { primary, all } = association.paths;
  const others = all.filter((path) => path !== primary);
  association.core.emit({
    type: 'associationUp',
    association: association.id,
    inbound: association.inbound,
    remote: {
      addresses: [primary, ...others].map((path) => path.destination),
      port: association.peerPort,
    },
    outboundStreams: association.outboundStreams,
    inboundStreams: association.inboundStreams,
  });
}

/** Tells the peer of addresses that changed during the setup, behind the COOKIE ACK: before it nothing else is read. */
export function tellAddresses(association: Association, now: number): void {
  const { core } = association;
  if (!core.hasMoved) return;
  const packet = nextPacket(association, now);
  if (packet !== undefined) core.emit(packet);
  catchUpWithAddresses(association, now);
}

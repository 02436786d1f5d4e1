import type { Association } from './association.ts';
import { AssociationState } from './association-state.ts';
import { sendInit } from './connect.ts';
import { endAssociation } from './end.ts';
import { retransmitOutstanding } from './transmission.ts';

/** How often a stale cookie is taken for bad luck (RFC 9260 section 5.2.6). */
const maximumStaleCookies = 3;

/** T1-init or T1-cookie expired (RFC 9260 sections 4 and 5.1.4): the next address is tried. */
export function handleT1(association: Association, now: number): void {
  const { setup, parameters } = association;
  if (setup === undefined) return;
  if (setup.retransmissions >= parameters.maxInitRetransmits) {
    const chunk = association.state === AssociationState.cookieWait ? 'INIT' : 'COOKIE ECHO';
    endAssociation(
      association,
      'setup-timeout',
      `no answer to ${chunk}, sent ${setup.retransmissions + 1} times`,
    );
    return;
  }
  setup.retransmissions += 1;
  setup.sentAt = -1;
  const timedOut = setup.path;
  setup.path = association.paths.after(timedOut);
  if (association.state === AssociationState.cookieWait) {
    timedOut.rto.backOff();
    sendInit(association, now);
    return;
  }
  // What went with the COOKIE ECHO is as lost as it, and goes with the next one.
  retransmitOutstanding(association, now);
  timedOut.rto.backOff();
  setup.echoDue = true;
  setup.deadline = now + setup.path.rtoMs;
  association.core.touch(association);
}

/**
 * The peer says that its cookie was stale (section 5.2.6): another INIT asks for one with a longer life, by no more than
 * a second beyond the round trip.
 */
export function handleStaleCookie(association: Association, now: number): void {
  const { setup } = association;
  if (association.state !== AssociationState.cookieEchoed || setup === undefined) return;
  setup.staleCookies += 1;
  if (setup.staleCookies >= maximumStaleCookies) {
    endAssociation(association, 'stale-cookie', `the peer's cookie was stale ${setup.staleCookies} times`);
    return;
  }
  const roundTripMs = setup.sentAt >= 0 ? now - setup.sentAt : setup.path.rtoMs;
  setup.preservativeMs = Math.ceil(roundTripMs + 1000);
  setup.retransmissions = 0;
  setup.sentAt = now;
  setup.cookie = undefined;
  setup.echoDue = false;
  association.state = AssociationState.cookieWait;
  association.peerTag = 0;
  retransmitOutstanding(association, now);
  sendInit(association, now);
}

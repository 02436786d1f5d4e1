import { decodeAuthentication } from '../authentication/authentication.ts';
import type { StateCookie } from '../cookie/state-cookie.ts';
import type { EndpointCore } from '../endpoint/endpoint-core.ts';
import { putStaleCookieCause } from '../wire/causes/error-cause.ts';
import type { Association } from './association.ts';
import { putError, type ReturnWay, sendBack } from './send-alone.ts';

/** Whether the lifespan of a cookie is over (section 5.1.5, 4). */
export function isStale(cookie: StateCookie, now: number): boolean {
  return now > cookie.createdAt + cookie.lifeMs;
}

/** Tells the peer that its cookie came too late. */
export function reportStaleCookie(
  core: EndpointCore,
  way: ReturnWay,
  cookie: StateCookie,
  now: number,
): void {
  core.statistics.staleCookies += 1;
  const stalenessMs = now - cookie.createdAt - cookie.lifeMs;
  sendBack(core, way, cookie.peerPort, cookie.peerTag, (writer) =>
    putError(writer, (error) => putStaleCookieCause(error, stalenessMs * 1000)),
  );
}

/** What a cookie says about the peer, except its addresses. */
export function takeCookie(association: Association, cookie: StateCookie): void {
  association.peerTag = cookie.peerTag;
  association.peerInitialTsn = cookie.peerInitialTsn;
  association.outboundStreams = cookie.outboundStreams;
  association.inboundStreams = cookie.inboundStreams;
  association.authentication = decodeAuthentication(cookie.extensions);
  association.localAddresses = association.core.addressesAt(cookie.createdAt);
  association.cookieExpiresAt = cookie.createdAt + cookie.lifeMs;
}

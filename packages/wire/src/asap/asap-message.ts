import type { AsapBusinessCard } from './business-card.ts';
import type { AsapCookie } from './cookie.ts';
import type { AsapCookieEcho } from './cookie-echo.ts';
import type { AsapDeregistration } from './deregistration.ts';
import type { AsapDeregistrationResponse } from './deregistration-response.ts';
import type { AsapEndpointKeepAlive } from './endpoint-keep-alive.ts';
import type { AsapEndpointKeepAliveAck } from './endpoint-keep-alive-ack.ts';
import type { AsapEndpointUnreachable } from './endpoint-unreachable.ts';
import type { AsapError } from './error.ts';
import type { AsapHandleResolution } from './handle-resolution.ts';
import type { AsapHandleResolutionResponse } from './handle-resolution-response.ts';
import type { AsapRegistration } from './registration.ts';
import type { AsapRegistrationResponse } from './registration-response.ts';
import type { AsapServerAnnounce } from './server-announce.ts';

/** Any message of the Aggregate Server Access Protocol (RFC 5352 section 2.2). */
export type AsapMessage =
  | AsapRegistration
  | AsapDeregistration
  | AsapRegistrationResponse
  | AsapDeregistrationResponse
  | AsapHandleResolution
  | AsapHandleResolutionResponse
  | AsapEndpointKeepAlive
  | AsapEndpointKeepAliveAck
  | AsapEndpointUnreachable
  | AsapServerAnnounce
  | AsapCookie
  | AsapCookieEcho
  | AsapBusinessCard
  | AsapError;

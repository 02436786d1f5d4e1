import type { MessageCodecs } from '../codec/message-codec.ts';
import type { AsapMessage } from './asap-message.ts';
import { asapBusinessCardCodec } from './business-card.ts';
import { asapCookieCodec } from './cookie.ts';
import { asapCookieEchoCodec } from './cookie-echo.ts';
import { asapDeregistrationCodec } from './deregistration.ts';
import { asapDeregistrationResponseCodec } from './deregistration-response.ts';
import { asapEndpointKeepAliveCodec } from './endpoint-keep-alive.ts';
import { asapEndpointKeepAliveAckCodec } from './endpoint-keep-alive-ack.ts';
import { asapEndpointUnreachableCodec } from './endpoint-unreachable.ts';
import { asapErrorCodec } from './error.ts';
import { asapHandleResolutionCodec } from './handle-resolution.ts';
import { asapHandleResolutionResponseCodec } from './handle-resolution-response.ts';
import { asapRegistrationCodec } from './registration.ts';
import { asapRegistrationResponseCodec } from './registration-response.ts';
import { asapServerAnnounceCodec } from './server-announce.ts';

/** The table of ASAP messages (RFC 5352 section 2.2). */
export const asapCodecs: MessageCodecs<AsapMessage> = {
  ASAP_REGISTRATION: asapRegistrationCodec,
  ASAP_DEREGISTRATION: asapDeregistrationCodec,
  ASAP_REGISTRATION_RESPONSE: asapRegistrationResponseCodec,
  ASAP_DEREGISTRATION_RESPONSE: asapDeregistrationResponseCodec,
  ASAP_HANDLE_RESOLUTION: asapHandleResolutionCodec,
  ASAP_HANDLE_RESOLUTION_RESPONSE: asapHandleResolutionResponseCodec,
  ASAP_ENDPOINT_KEEP_ALIVE: asapEndpointKeepAliveCodec,
  ASAP_ENDPOINT_KEEP_ALIVE_ACK: asapEndpointKeepAliveAckCodec,
  ASAP_ENDPOINT_UNREACHABLE: asapEndpointUnreachableCodec,
  ASAP_SERVER_ANNOUNCE: asapServerAnnounceCodec,
  ASAP_COOKIE: asapCookieCodec,
  ASAP_COOKIE_ECHO: asapCookieEchoCodec,
  ASAP_BUSINESS_CARD: asapBusinessCardCodec,
  ASAP_ERROR: asapErrorCodec,
};

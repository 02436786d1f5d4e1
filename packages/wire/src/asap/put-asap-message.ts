import type { AsapMessage } from './asap-message.ts';
import { putAsapDeregistration } from './deregistration.ts';
import { putAsapDeregistrationResponse } from './deregistration-response.ts';
import { putAsapEndpointKeepAlive } from './endpoint-keep-alive.ts';
import { putAsapEndpointKeepAliveAck } from './endpoint-keep-alive-ack.ts';
import { putAsapHandleResolution } from './handle-resolution.ts';
import { putAsapHandleResolutionResponse } from './handle-resolution-response.ts';
import { putAsapRegistration } from './registration.ts';
import { putAsapRegistrationResponse } from './registration-response.ts';

/**
 * Writes an ASAP message the straight way: word by word at offsets that are known, where the general way keeps account
 * of containers and lengths. Only what is sent all the time is written so, in the form that it nearly always has.
 *
 * @param start - Where the message begins; there are `straightRoom` bytes of room at least.
 * @param room - Where the room ends.
 * @returns Where it ends with its padding; -1 where only the general way will do, right or wrong. What is in the room
 *   then is undefined.
 */
export function putAsapMessage(view: DataView, start: number, room: number, message: AsapMessage): number {
  switch (message.type) {
    case 'ASAP_HANDLE_RESOLUTION':
      return putAsapHandleResolution(view, start, message);
    case 'ASAP_HANDLE_RESOLUTION_RESPONSE':
      return putAsapHandleResolutionResponse(view, start, room, message);
    case 'ASAP_ENDPOINT_KEEP_ALIVE':
      return putAsapEndpointKeepAlive(view, start, message);
    case 'ASAP_ENDPOINT_KEEP_ALIVE_ACK':
      return putAsapEndpointKeepAliveAck(view, start, message);
    case 'ASAP_REGISTRATION':
      return putAsapRegistration(view, start, message);
    case 'ASAP_REGISTRATION_RESPONSE':
      return putAsapRegistrationResponse(view, start, message);
    case 'ASAP_DEREGISTRATION':
      return putAsapDeregistration(view, start, message);
    case 'ASAP_DEREGISTRATION_RESPONSE':
      return putAsapDeregistrationResponse(view, start, message);
    default:
      return -1;
  }
}

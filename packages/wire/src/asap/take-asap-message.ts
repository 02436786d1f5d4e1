import { frameEnd } from '../codec/frame-end.ts';
import type { AsapMessage } from './asap-message.ts';
import { takeAsapDeregistration } from './deregistration.ts';
import { takeAsapDeregistrationResponse } from './deregistration-response.ts';
import { takeAsapEndpointKeepAlive } from './endpoint-keep-alive.ts';
import { takeAsapEndpointKeepAliveAck } from './endpoint-keep-alive-ack.ts';
import { takeAsapHandleResolution } from './handle-resolution.ts';
import { takeAsapRegistrationResponse } from './registration-response.ts';

/**
 * Reads a short ASAP message the straight way, within {@link defaultDecodeLimits}: exactly the parameters that it
 * nearly always has, and nothing else. Making a reader ready would cost more than reading it.
 *
 * @returns `undefined` where only the general way will do, right or wrong.
 */
export function takeAsapMessage(bytes: Uint8Array): AsapMessage | undefined {
  const end = frameEnd(bytes);
  if (end < 0) return undefined;
  switch (bytes[0]) {
    case 0x02:
      return takeAsapDeregistration(bytes, end);
    case 0x03:
      return takeAsapRegistrationResponse(bytes, end);
    case 0x04:
      return takeAsapDeregistrationResponse(bytes, end);
    case 0x05:
      return takeAsapHandleResolution(bytes, end);
    case 0x07:
      return takeAsapEndpointKeepAlive(bytes, end);
    case 0x08:
      return takeAsapEndpointKeepAliveAck(bytes, end);
    default:
      return undefined;
  }
}

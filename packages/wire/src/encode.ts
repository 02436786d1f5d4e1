import type { AsapMessage } from './asap/asap-message.ts';
import type { EnrpMessage } from './enrp/enrp-message.ts';
import type { PoolElement } from './parameters/pool-element.ts';
import type { PolicyParameter } from './parameters/selection-policy.ts';
import type { UserTransport } from './parameters/user-transport.ts';

export function encodeAsapMessage(_message: AsapMessage): Uint8Array {
  throw new Error('follows in minutes');
}
export function encodeEnrpMessage(_message: EnrpMessage): Uint8Array {
  throw new Error('follows in minutes');
}
export function encodedPoolElementLength(_element: PoolElement): number {
  throw new Error('follows in minutes');
}
export function encodedPoolHandleLength(_handle: Uint8Array): number {
  throw new Error('follows in minutes');
}
export function encodePoolElementParameter(_element: PoolElement): Uint8Array {
  throw new Error('follows in minutes');
}
export function encodePolicyParameter(_policy: PolicyParameter): Uint8Array {
  throw new Error('follows in minutes');
}
export function encodeTransportParameter(_transport: UserTransport): Uint8Array {
  throw new Error('follows in minutes');
}

import { createHmac } from 'node:crypto';
import type { HmacSha256 } from '../core/sctp-endpoint-options.ts';

/** HMAC-SHA-256 of the host. */
export const hmacSha256: HmacSha256 = (key, data) =>
  new Uint8Array(createHmac('sha256', key).update(data).digest());

import { createHmac } from 'node:crypto';
import type { HmacFunction, HmacSha256 } from '../core/sctp-endpoint-options.ts';

/** HMAC-SHA-256 of the host. */
export const hmacSha256: HmacSha256 = (key, data) =>
  new Uint8Array(createHmac('sha256', key).update(data).digest());

/** HMAC-SHA-1 of the host, which RFC 4895 section 3.3 wants of whoever authenticates chunks. */
export const hmacSha1: HmacFunction = (key, data) =>
  new Uint8Array(createHmac('sha1', key).update(data).digest());
